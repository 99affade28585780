import type { ImportedBlock } from '../../model/import.ts'
import type { Label } from '../../model/label.ts'
import { formatLabel, formatStep } from '../../model/label.ts'
import { labelKey } from '../../model/label-path.ts'
import type { FindBlock } from './requests.ts'

interface Unlabelled {
  readonly index: number
  readonly letters: string
}

/** Finds blocks by how they are referred to: by their full reference, their last step, or the first words of a heading. */
export class BlockFinder {
  readonly #blocks: readonly ImportedBlock[]
  readonly #byReference = new Map<string, number>()
  readonly #byStep = new Map<string, number[]>()
  #withoutLabels: readonly Unlabelled[] | null = null

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
    const found = this.#unlabelled().filter(({ letters }) => holds(letters, words))
    const best =
      found.find(({ letters }) => letters.startsWith(words)) ??
      found.sort((a, b) => a.letters.length - b.letters.length)[0]
    return best?.index ?? null
  }

  /** The blocks without labels, with the letters of their texts. */
  #unlabelled(): readonly Unlabelled[] {
    this.#withoutLabels ??= [...this.#blocks.entries()].flatMap(([index, { label, text }]) =>
      label === null ? [{ index, letters: lettersIn(text) }] : [],
    )
    return this.#withoutLabels
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
