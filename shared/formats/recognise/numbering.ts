import type { Label } from '../../model/label.ts'
import { formatLabel } from '../../model/label.ts'

/** A number as the source prints it, its line, and the label that was made of it. */
interface Numbered {
  readonly number: number
  readonly at: number
  readonly label: Label
}

/** Collects what is doubtful in the numbers of a draft. Each series is followed by itself. */
export class Numbering {
  readonly #last = new Map<string, Numbered>()
  readonly #lines = new Map<string, number[]>()
  readonly #gaps: string[] = []
  readonly #descents: string[] = []
  readonly #repeats = new Map<string, { readonly number: string; readonly labels: string[] }>()
  #first: Numbered | null = null

  /** Notes a number of the series `series`, which is `label` now. `asked`: what its label would be were it the only one. */
  note(series: string, numbered: Numbered, asked: Label): void {
    const { at, label } = numbered
    this.#first ??= numbered
    const key = `${series} ${asked.number}.${asked.suffix}.${asked.alt ?? 0}`
    const lines = this.#lines.get(key) ?? []
    this.#lines.set(key, [...lines.slice(-SHOWN), at])
    if (label !== asked) {
      const repeat = this.#repeats.get(key) ?? { number: formatLabel({ ...asked }), labels: [] }
      repeat.labels.push(formatLabel(label))
      this.#repeats.set(key, repeat)
    } else if (asked.suffix === 0 && asked.alt === undefined) this.#compare(series, numbered)
  }

  #compare(series: string, numbered: Numbered): void {
    const before = this.#last.get(series)
    this.#last.set(series, numbered)
    if (!before) return
    const [from, to] = [before.number + 1, numbered.number - 1]
    if (numbered.number < before.number)
      this.#descents.push(
        `${numbered.number} (line ${numbered.at}) comes after ${before.number} (line ${before.at})`,
      )
    else if (from <= to) {
      const missing = from === to ? String(from) : to === from + 1 ? `${from} and ${to}` : `${from} to ${to}`
      this.#gaps.push(
        `${missing}, between ${before.number} on line ${before.at} and ${numbered.number} on line ${numbered.at}`,
      )
    }
  }

  warnings(): string[] {
    const repeats = [...this.#repeats].map(
      ([key, { number, labels }]) =>
        `${number} on lines ${listOf(this.#lines.get(key) ?? [])} (now also ${some(labels)})`,
    )
    const first = this.#first
    return [
      ...(this.#gaps.length > 0 ? [`Paragraph numbers are missing: ${some(this.#gaps)}.`] : []),
      ...(repeats.length > 0 ? [`Paragraph numbers stand more than once: ${some(repeats)}.`] : []),
      ...(this.#descents.length > 0 ? [`The paragraph numbers go down: ${some(this.#descents)}.`] : []),
      ...(first && first.number !== 1
        ? [`The draft begins with paragraph ${first.number} (line ${first.at}), not with 1.`]
        : []),
    ]
  }
}

const SHOWN = 8

/** Lists as many as are needed to find the fault; a file of another kind would fill the screen. */
function some(list: readonly string[]): string {
  const more = list.length - SHOWN
  return more > 0 ? `${list.slice(0, SHOWN).join('; ')}; and ${more} more` : list.join('; ')
}

function listOf(lines: readonly number[]): string {
  return lines.length < 2 ? lines.join('') : `${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`
}
