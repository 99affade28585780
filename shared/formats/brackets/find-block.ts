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
      const known = this.#byStep.get(step)
      if (known) known.push(index)
      else this.#byStep.set(step, [index])
    }
  }

  /**
   * Returns a search for what is said in the block at `index`: a step is one of its own series, if that has it. `exact`:
   * references are full ones.
   */
  from(index: number, exact: boolean): FindBlock {
    return (reference) => {
      const sought = plain(reference)
      const beside = this.#byStep.get(sought) ?? []
      const series = withinOf(this.#blocks[index]?.label)
      const own = beside.find((other) => withinOf(this.#blocks[other]?.label) === series)
      const whole = this.#byReference.get(sought)
      const found = exact ? whole : (own ?? whole)
      return found ?? (beside.length === 1 ? beside[0]! : this.#quoted(reference))
    }
  }

  #quoted(reference: string): number | null {
    const place = /\(no\. (\d+) in the outline\)$/u.exec(reference.trim())?.[1]
    if (place !== undefined && this.#blocks[Number(place) - 1]) return Number(place) - 1
    if (reference.trim() === '* * *') return this.#indexOf(({ kind }) => kind === 'separator')
    const words = lettersIn(/^“(.+?)…?”$/u.exec(reference.trim())?.[1] ?? '')
    if (words === '') return null
    // Brackets may stand among the words, so of all texts that hold these letters in this order the shortest is meant.
    const found = [...this.#blocks.entries()].filter(
      ([, { label, text }]) => label === null && holds(lettersIn(text), words),
    )
    const best =
      found.find(([, { text }]) => lettersIn(text).startsWith(words)) ??
      found.sort(([, a], [, b]) => lettersIn(a.text).length - lettersIn(b.text).length)[0]
    return best?.[0] ?? null
  }

  #indexOf(is: (block: ImportedBlock) => boolean): number | null {
    const index = this.#blocks.findIndex(is)
    return index < 0 ? null : index
  }
}

const lettersIn = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '')

function holds(text: string, letters: string): boolean {
  let at = 0
  for (const letter of text) if (letter === letters[at]) at++
  return at >= letters.length
}

const withinOf = (label: Label | null | undefined): string => (label?.within ? labelKey(label.within) : '')

const plain = (reference: string): string =>
  reference
    .trim()
    .toLowerCase()
    .replace(/^para(?:graph|\.)?\s+/u, '')
    .replace(/\.$/u, '')
