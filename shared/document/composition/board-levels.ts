import type { LevelChange } from '../../model/level-change.ts'
import { levelChange } from '../../model/level-change.ts'
import { isParagraphId } from '../../model/ids.ts'
import type { OutcomeDocument } from '../schema.ts'
import { anchorOf } from '../schema.ts'
import type { BoardBlock, ProposalRow } from './board.ts'
import type { Block } from './projection.ts'

interface Known {
  /** The changes of level that its moves come to, in order. */
  readonly changes: string
  readonly shown: BoardBlock
}

/**
 * Names the moves that leave a paragraph in its place as changes of its level. That depends on the order and the levels of the other
 * blocks, so it is worked out again when these change; otherwise for blocks alone that were read anew. A block for which
 * nothing has changed keeps its object.
 */
export class LevelChanges {
  readonly #od: OutcomeDocument
  /** By the block as it was read; null when no move is on it. */
  readonly #known = new WeakMap<BoardBlock, Known | null>()
  #shown: readonly Block[] | null = null

  constructor(od: OutcomeDocument) {
    this.#od = od
  }

  /** `shown`: the projection's list, which is another one when the order or the levels of blocks change. */
  read(blocks: readonly BoardBlock[], shown: readonly Block[]): readonly BoardBlock[] {
    const isSameOrder = shown === this.#shown
    this.#shown = shown
    let text: readonly BoardBlock[] | null = null
    return blocks.map((block) => {
      const known = this.#known.get(block)
      if (known === null) return block
      if (known && isSameOrder) return known.shown
      const moves = movesOn(block)
      if (moves.length === 0) {
        this.#known.set(block, null)
        return block
      }
      text ??= blocks.filter(({ id }) => isParagraphId(id))
      const changes = new Map(moves.map((row) => [row, this.#changeBy(text ?? [], block, row)]))
      const key = [...changes.values()].join()
      if (known?.changes === key) return known.shown
      const renamed = named(block, changes)
      this.#known.set(block, { changes: key, shown: renamed })
      return renamed
    })
  }

  #changeBy(text: readonly BoardBlock[], { id }: BoardBlock, row: ProposalRow): LevelChange | null {
    const anchor = anchorOf(this.#od, row.id)
    if (anchor?.kind !== 'whole') return null
    return levelChange(text, id, {
      other: anchor.other,
      under: anchor.under === true,
      below: anchor.below === true,
    })
  }
}

const movesOn = ({ places }: BoardBlock): readonly ProposalRow[] =>
  places.flatMap(({ rows }) => rows.filter(({ nature }) => nature === 'move'))

const named = (block: BoardBlock, changes: ReadonlyMap<ProposalRow, LevelChange | null>): BoardBlock => ({
  ...block,
  places: block.places.map((place) => ({
    ...place,
    rows: place.rows.map((row) => ({ ...row, nature: changes.get(row) ?? row.nature })),
  })),
})
