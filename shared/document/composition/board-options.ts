import { optionsIn } from '../issue/options.ts'
import type { OutcomeDocument } from '../schema.ts'
import type { BoardOption } from './board.ts'
import type { Block } from './projection.ts'

type Options = readonly (readonly BoardOption[])[]

/** Reads the options for the board. The result is the same object as long as the list of blocks is. */
export class OptionReader {
  readonly #od: OutcomeDocument
  #blocks: readonly Block[] | null = null
  #options: Options = []

  constructor(od: OutcomeDocument) {
    this.#od = od
  }

  read(blocks: readonly Block[]): Options {
    if (blocks === this.#blocks) return this.#options
    this.#blocks = blocks
    this.#options = optionsIn(this.#od).map((set) =>
      set.map((option) => ({ head: option.head.id, blocks: option.blocks.map(({ id }) => id) })),
    )
    return this.#options
  }
}
