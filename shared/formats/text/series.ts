import type { Line } from './lines.ts'
import type { Letter } from './letter.ts'
import { closesLetter, findLetters, lastProse, proseBetween } from './letter.ts'
import type { Numbered, Style } from './numbers.ts'

/**
 * The numbers that make up the draft, in the order of the source. They are not judged yet, so there may be gaps
 * and repeats.
 */
export interface Series {
  readonly style: Style
  readonly items: readonly Numbered[]
  readonly warnings: readonly string[]
}

type Run = readonly Numbered[]

/** A warning and its line. Warnings about lines before the draft are dropped. */
interface Note {
  readonly at: number
  readonly text: string
}

/** Styles with punctuation come first. A bare number begins a paragraph only in a file without these. */
const TIERS: readonly (readonly Style[])[] = [
  ['PP', 'OP', 'dot', 'paren', 'parens', 'dash'],
  ['space'],
  ['alone'],
]

/** Chooses the series of numbers that are the draft's paragraphs; null when there is none. */
export function findSeries(lines: readonly Line[], numbered: readonly Numbered[]): Series | null {
  const letterBefore = findLetters(lines)
  for (const tier of TIERS) {
    const found = tier.flatMap((style) => {
      const series = seriesOf(
        lines,
        letterBefore,
        style,
        numbered.filter((n) => n.style === style),
      )
      return series ? [series] : []
    })
    found.sort((a, b) => b.items.length - a.items.length)
    const [longest] = found
    if (!longest) continue
    // The longest series need not be the draft: a list under a paragraph can have more items than the draft has
    // paragraphs.
    return found.find((series) => governs(lines, series, longest)) ?? longest
  }
  return null
}

function governs(lines: readonly Line[], series: Series, other: Series): boolean {
  const first = other.items[0]?.index ?? 0
  const above = series.items.filter((item) => item.index < first).at(-1)
  if (series === other || !above) return false
  return !closesLetter(lines, above.index, first) && !proseBetween(lines, above.index, first)
}

function seriesOf(
  lines: readonly Line[],
  letterBefore: (end: number) => Letter,
  style: Style,
  all: readonly Numbered[],
): Series | null {
  const notes: Note[] = []
  const runs = runsOf(all, notes)
  const open = runs.filter(
    (run, i) =>
      !inLetter(lines, letterBefore(run[0]?.index ?? 0), run, runs[i + 1]?.[0]?.index ?? lines.length),
  )
  const longest = open.reduce<Run>((best, run) => (run.length > best.length ? run : best), [])
  const start = longest[0]
  if (!start || !credible(style, longest)) return null
  // A list in the covering note has ended when prose follows it. Numbers that just begin again are a repeat.
  const prose = lastProse(lines, -1, start.index)
  const kept = open.filter((run) => (run.at(-1)?.index ?? 0) > prose)
  const items = kept.flat()
  const from = items[0]?.index ?? 0
  const lists = runs.filter((run) => (run.at(-1)?.index ?? 0) < from)
  const warnings = lists.map((run) => `The numbered list on ${span(run)} was kept with the front matter.`)
  for (const note of notes) if (note.at >= (items[0]?.at ?? 0)) warnings.push(note.text)
  return { style, items, warnings }
}

/**
 * Whether bare numbers are paragraph numbers. They also occur at page feet and before dates, so only a long
 * series with few gaps counts.
 */
function credible(style: Style, run: Run): boolean {
  const first = run[0]?.number ?? 0
  if (first < 1 || first >= 1000) return false
  if (style !== 'space' && style !== 'alone') return first === 1 || run.length >= 2
  const steps = run.filter((item, i) => i > 0 && item.number === (run[i - 1]?.number ?? 0) + 1).length
  return first === 1 && run.length >= 3 && steps >= (run.length - 1) * 0.8
}

function inLetter(lines: readonly Line[], letter: Letter, run: Run, end: number): boolean {
  const last = run.at(-1)
  if (!last) return false
  if (closesLetter(lines, last.index, end)) return true
  return letter.salutation >= 0 && letter.closing < 0 && proseBetween(lines, last.index, end)
}

/**
 * Splits the numbers of one style where they begin again at 1. Leaves out those that are words or items of
 * nested lists.
 */
function runsOf(all: readonly Numbered[], notes: Note[]): Run[] {
  const runs: Numbered[][] = []
  const strong = new StrongNumbers(all)
  let run: Numbered[] = []
  // The deepest indentation in the run, and whether one of its numbers is weak. Kept because they are asked at
  // every number.
  let margin = 0
  let weak = false
  for (let i = 0; i < all.length; i++) {
    const item = all[i]
    if (!item) continue
    const previous = run.at(-1)
    const nested = previous ? nestedList(all, i, previous, margin) : 0
    if (nested > 0) {
      const list = all.slice(i, i + nested)
      const text = `The numbered list on ${span(list)} was kept within paragraph ${previous?.number}.`
      notes.push({ at: item.at, text })
      i += nested - 1
    } else if (!begins(item, i, run, weak, strong)) {
      const text = `“${item.printed}” at the start of line ${item.at} was read as words, not as a paragraph number.`
      if (item.number < 1000 || !item.weak) notes.push({ at: item.at, text })
    } else {
      const again = item.number === 1 && previous !== undefined && item.suffix === ''
      if (again) {
        runs.push(run)
        run = []
      }
      run.push(item)
      margin = again ? item.indent : Math.max(margin, item.indent)
      weak = item.weak || (weak && !again)
    }
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/** Where numbers occur that can begin a paragraph, which weak ones cannot. */
class StrongNumbers {
  readonly #indexes = new Map<number, number[]>()

  constructor(all: readonly Numbered[]) {
    for (const [index, item] of all.entries()) {
      if (item.weak) continue
      const indexes = this.#indexes.get(item.number)
      if (indexes) indexes.push(index)
      else this.#indexes.set(item.number, [index])
    }
  }

  /** Returns the first index behind `after` at which this number occurs; `Infinity` when there is none. */
  next(number: number, after: number): number {
    const indexes = this.#indexes.get(number) ?? []
    let low = 0
    let high = indexes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((indexes[middle] ?? 0) > after) high = middle
      else low = middle + 1
    }
    return indexes[low] ?? Infinity
  }
}

/**
 * Whether a number begins a paragraph. A year never does. A weak number does only if it is the next one of the
 * run, and if it does not occur again in a place where a paragraph can begin, unless `weak`: another number of
 * the run is weak too.
 */
function begins(item: Numbered, index: number, run: Run, weak: boolean, strong: StrongNumbers): boolean {
  const expected = (run.at(-1)?.number ?? 0) + 1
  if (item.number !== expected) return !item.weak && item.number < 1000
  if (!item.weak) return true
  if (run.length >= 4 && !weak) return false
  const again = strong.next(expected, index)
  return again === Infinity || strong.next(expected + 1, index) < again
}

/**
 * Returns how many items of an indented list 1, 2, 3 … begin at `i` when the paragraphs continue behind it;
 * else 0.
 */
function nestedList(all: readonly Numbered[], i: number, previous: Numbered, margin: number): number {
  if (all[i]?.number !== 1) return 0
  let length = 0
  while (all[i + length]?.number === length + 1 && (all[i + length]?.indent ?? 0) >= margin + 2) length++
  const next = all[i + length]
  return length > 0 && (!next || next.number === previous.number + 1) ? length : 0
}

function span(run: Run): string {
  const from = run[0]?.at
  const to = run.at(-1)?.at
  return from === to ? `line ${from}` : `lines ${from}–${to}`
}
