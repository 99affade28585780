import type { Label } from '../../../model/label.ts'
import { formatLabel } from '../../../model/label.ts'
import type { FoundDoubt } from '../lines/doubts.ts'
import { some } from '../lines/doubts.ts'

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
  readonly #gaps: FoundDoubt[] = []
  readonly #descents: FoundDoubt[] = []
  readonly #repeats = new Map<string, { readonly number: string; readonly copies: Numbered[] }>()
  #first: Numbered | null = null

  /** Notes a number of the series `series`, which is `label` now. `asked`: what its label would be were it the only one. */
  note(series: string, numbered: Numbered, asked: Label): void {
    const { at, label } = numbered
    this.#first ??= numbered
    const key = `${series} ${asked.number}.${asked.suffix}.${asked.alt ?? 0}`
    const lines = this.#lines.get(key) ?? []
    this.#lines.set(key, [...lines.slice(-SHOWN), at])
    if (label !== asked) {
      const repeat = this.#repeats.get(key) ?? { number: formatLabel({ ...asked }), copies: [] }
      repeat.copies.push(numbered)
      this.#repeats.set(key, repeat)
    } else if (asked.suffix === 0 && asked.alt === undefined) this.#compare(series, numbered)
  }

  #compare(series: string, numbered: Numbered): void {
    const before = this.#last.get(series)
    this.#last.set(series, numbered)
    if (!before) return
    const { number, at: line } = numbered
    const [from, to] = [before.number + 1, number - 1]
    if (number < before.number)
      this.#descents.push({
        code: 'number-descends',
        line,
        message: `Paragraph ${number} (line ${line}) comes after ${before.number} (line ${before.at}).`,
        listed: `${number} (line ${line}) comes after ${before.number} (line ${before.at})`,
      })
    else if (from <= to) {
      const missing = from === to ? String(from) : to === from + 1 ? `${from} and ${to}` : `${from} to ${to}`
      const [what, are] = from === to ? ['number', 'is'] : ['numbers', 'are']
      this.#gaps.push({
        code: 'number-missing',
        line,
        message: `Paragraph ${what} ${missing} ${are} missing before line ${line}.`,
        listed: `${missing}, between ${before.number} on line ${before.at} and ${number} on line ${line}`,
      })
    }
  }

  /** Returns the doubts: gaps, numbers that stand more than once, numbers that go down, a first one that is not 1. */
  doubts(): FoundDoubt[] {
    const repeats = [...this.#repeats].flatMap(([key, { number, copies }]) => {
      const labels = copies.map(({ label }) => formatLabel(label))
      const listed = `${number} on lines ${listOf(this.#lines.get(key) ?? [])} (now also ${some(labels)})`
      return copies.map(({ at, label }, i): FoundDoubt => ({
        code: 'number-repeated',
        line: at,
        message: `${/^\d/u.test(number) ? `Paragraph ${number}` : number} stands before line ${at} already; this one is now ${formatLabel(label)}.`,
        ...(i === 0 ? { listed } : {}),
      }))
    })
    return [...this.#gaps, ...repeats, ...this.#descents, ...firstDoubt(this.#first)]
  }
}

function firstDoubt(first: Numbered | null): FoundDoubt[] {
  if (!first || first.number === 1) return []
  const { number, at: line } = first
  const message = `The draft begins with paragraph ${number} (line ${line}), not with 1.`
  return [{ code: 'number-first', line, message }]
}

/** How many lines are listed for a number that stands more than once. */
const SHOWN = 8

function listOf(lines: readonly number[]): string {
  return lines.length < 2 ? lines.join('') : `${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`
}
