import type { ImportedBlock } from '../../model/import.ts'
import type { Label } from '../../model/label.ts'
import { formatLabel, formatStep } from '../../model/label.ts'
import { labelKey } from '../../model/label-path.ts'
import type { FindBlock } from './requests.ts'

/** Finds blocks by how they are referred to: by their full reference, their last step, or the first words of a heading. */
export class BlockFinder {
  readonly #blocks: readonly ImportedBlock[]
  readonly #byReference = new Map<string, number>()
  readonly #byStep = new Map<string, number[]>()

  constructor(blocks: readonly ImportedBlock[]) {
    this.#blocks = blocks
    for (const [index, { label }] of blocks.entries()) {
      if (!label) continue
      this.#byReference.set(plain(formatLabel(label)), index)
      const step = plain(formatStep(label))
      this.#byStep.set(step, [...(this.#byStep.get(step) ?? []), index])
    }
  }

  /** Returns a search for what is said in the block at `index`: a step is one of its own series, if that has it. */
  from(index: number): FindBlock {
    return (reference) => {
      const sought = plain(reference)
      const beside = this.#byStep.get(sought) ?? []
      const series = withinOf(this.#blocks[index]?.label)
      const own = beside.find((other) => withinOf(this.#blocks[other]?.label) === series)
      return (
        own ?? this.#byReference.get(sought) ?? (beside.length === 1 ? beside[0]! : this.#quoted(reference))
      )
    }
  }

  #quoted(reference: string): number | null {
    if (reference.trim() === '* * *') return this.#indexOf(({ kind }) => kind === 'separator')
    const words = /^“(.+?)…?”$/u.exec(reference.trim())?.[1]
    return words === undefined ? null : this.#indexOf(({ text }) => text.startsWith(words))
  }

  #indexOf(is: (block: ImportedBlock) => boolean): number | null {
    const index = this.#blocks.findIndex(is)
    return index < 0 ? null : index
  }
}

const withinOf = (label: Label | null | undefined): string => (label?.within ? labelKey(label.within) : '')

const plain = (reference: string): string =>
  reference
    .trim()
    .toLowerCase()
    .replace(/^para(?:graph|\.)?\s+/u, '')
    .replace(/\.$/u, '')
