import { headsDivision, readDivision } from './division.ts'
import type { Letter } from '../lines/letter.ts'
import { findLetters, isClosing, isSalutation, proseBetween } from '../lines/letter.ts'
import { isBracketedSentence } from '../lines/headings.ts'
import type { Line } from '../lines/line.ts'
import { ENDS, startsBlock } from '../lines/line.ts'
import type { Marker, MarkerStyle } from './marker.ts'
import { beginsPreamble } from '../lines/preamble.ts'
import { isDeclaring, isOpening, isOperative } from '../lines/resolution.ts'

/** Where the draft begins behind letters and mastheads. */
export interface Start {
  /** The index of its first line, headings not counted. */
  readonly index: number
  /** The style of numbers without punctuation that begin paragraphs, in a draft that has no others. */
  readonly bare: MarkerStyle | null
  /** Whether a clause stands there: who speaks in a resolution, a clause of one, or the head of a division. */
  readonly clause: boolean
  /** Whether it has neither numbers nor the clauses of a resolution. */
  readonly plain: boolean
}

/** Marks of which one that is the first of a series begins a draft. */
const NUMBERED: ReadonlySet<MarkerStyle> = new Set(['dot', 'paren', 'parens', 'dash', 'dotted'])
/** From here on a number is taken for a year, unless the one before it stood at a paragraph. */
export const YEARS = 1000

/** Finds where the draft begins; null when the lines hold none. */
export function findStart(lines: readonly Line[], markers: readonly (Marker | null)[]): Start | null {
  const bare = bareStyle(markers)
  const runs = runsOf(markers, bare)
  const counted = countedHeads(lines)
  const clauses = lines.flatMap((_, i) => (counted.has(i) || beginsClause(lines, markers, i) ? [i] : []))
  const last = Math.max(clauses.at(-1) ?? -1, runs.at(-1)?.from ?? -1)
  const inLetter = lettersOf(lines, markers, last)
  const clause = clauses.find((i) => !inLetter(i, i + 1))
  const run = runs.find(({ from, count }, at) => {
    const first = markers[from]?.path?.[0] ?? markers[from]?.numerals[0]?.number ?? 0
    return (first === 1 || count > 1) && !inLetter(from, runs[at + 1]?.from ?? lines.length)
  })
  if (run && (clause === undefined || run.from < clause))
    return { index: declarationBefore(lines, run.from), bare, clause: false, plain: false }
  if (clause !== undefined) return { index: clause, bare, clause: true, plain: false }
  const item = firstOfLetters(markers)
  if (item >= 0 && !inLetter(item, lines.length)) return { index: item, bare, clause: false, plain: false }
  const index = plainStart(lines)
  return index < 0 ? null : { index, bare, clause: false, plain: true }
}

function beginsClause(lines: readonly Line[], markers: readonly (Marker | null)[], i: number): boolean {
  const line = lines[i]
  if (!line) return false
  const style = markers[i]?.style
  if (style === 'PP' || style === 'OP') return true
  const head = readDivision(line.text)
  if (head && head.kind !== 'option' && startsBlock(line) && headsDivision(head)) return true
  return (
    isOpening(line.text, lines[i + 1]?.text ?? '') || beginsPreamble(lines, i, (at) => markers[at] != null)
  )
}

/** A word and a number alone on a line: `Rule 1`, `Goal 3`. */
const COUNTED_HEAD = /^(?<word>\p{Lu}\p{L}{2,20}) (?<n>\d{1,3}|[IVX]{1,6})[.:]?$/u

/** Returns the lines that are heads of divisions by whatever name: a word that is counted from 1 on, above paragraphs. */
function countedHeads(lines: readonly Line[]): ReadonlySet<number> {
  const found = lines.flatMap((line, i) => {
    const { word, n } = (startsBlock(line) && COUNTED_HEAD.exec(line.text)?.groups) || {}
    return word === undefined || n === undefined ? [] : [{ i, word: word.toLowerCase(), n }]
  })
  const counted = [...Map.groupBy(found, ({ word }) => word)].flatMap(([word, heads]) =>
    heads.some(({ n }) => n === '1' || n === 'I') && heads.length > 1 && !/^(?:page|version|rev)$/u.test(word)
      ? heads.map(({ i }) => i)
      : [],
  )
  return new Set(counted)
}

/** The marks of one list. */
interface Run {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Divides the numbered lines where they begin again at 1 in one style. */
function runsOf(markers: readonly (Marker | null)[], bare: MarkerStyle | null): Run[] {
  const runs: { from: number; to: number; count: number; style: MarkerStyle }[] = []
  for (const [i, marker] of markers.entries()) {
    const number = marker?.path?.[0] ?? marker?.numerals[0]?.number ?? 0
    if (!marker || number >= YEARS || !(bare ? marker.style === bare : NUMBERED.has(marker.style))) continue
    const run = runs.at(-1)
    if (run && run.style === marker.style && number !== 1) {
      run.to = i
      run.count++
    } else if (!run || run.style === marker.style || number === 1)
      runs.push({ from: i, to: i, count: 1, style: marker.style })
  }
  return runs
}

/** Returns where a series of letters or Roman numbers begins in a draft that has no others; -1 for none. */
function firstOfLetters(markers: readonly (Marker | null)[]): number {
  const items = markers.flatMap((marker, i) => (marker?.style.startsWith('letter') ? [{ marker, i }] : []))
  const first = items.find(({ marker }, at) => {
    const next = items[at + 1]?.marker
    const follows = (number: number) =>
      next?.style === marker.style && next.numerals.some((one) => one.number === number)
    return marker.numerals.some(({ number }) => number === 1) && follows(2)
  })
  return first?.i ?? -1
}

/**
 * Returns in which style numbers without punctuation count up, or null. They also occur at page feet and before dates,
 * so only a long series with few gaps counts, in a file that has no other numbers.
 */
function bareStyle(markers: readonly (Marker | null)[]): MarkerStyle | null {
  // Those with a suffix tell nothing: it shows that they are numbers, whatever sign follows them.
  const plain = markers.filter((marker) => marker !== null && marker.suffix + marker.alt === 0)
  const numbersOf = (style: MarkerStyle): number[] =>
    plain.flatMap((marker) => (marker?.style === style ? [marker.numerals[0]?.number ?? 0] : []))
  const bare = plain.filter((marker) => marker?.style === 'space')
  const least = bare.every((marker) => isOperative(marker?.rest ?? '')) ? 2 : 3
  const others = (['PP', 'OP', ...NUMBERED] as const).map(numbersOf)
  const count = others.reduce((sum, numbers) => sum + numbers.length, 0)
  const counts = others.some((numbers) => numbers.includes(1) || stepsOf(numbers) > 0)
  for (const style of ['space', 'alone', 'colon'] as const) {
    const numbers = numbersOf(style)
    const series =
      numbers[0] === 1 &&
      numbers.length >= (style === 'space' ? least : 3) &&
      stepsOf(numbers) >= (numbers.length - 1) * 0.8
    // Page numbers stand alone too, so these must be the only ones.
    if (series && (!counts || (style === 'space' && numbers.length > count * 2))) return style
  }
  return null
}

const stepsOf = (numbers: readonly number[]): number =>
  numbers.filter((number, i) => i > 0 && number === (numbers[i - 1] ?? 0) + 1).length

/**
 * Returns whether what is at `i` belongs to a letter. `end`: where the next list begins. A letter without a salutation
 * is one when something of a draft (the last at `last`) follows its closing phrase.
 */
function lettersOf(
  lines: readonly Line[],
  markers: readonly (Marker | null)[],
  last: number,
): (i: number, end: number) => boolean {
  const letterBefore = findLetters(lines)
  const closings = closingsAfter(lines, markers)
  return (i, end) => {
    const { salutation, closing }: Letter = letterBefore(i)
    const closed = closings[i] ?? -1
    if (closing >= 0) return false
    if (salutation >= 0) return closed >= 0 || proseBetween(lines, i, end)
    return closed >= 0 && closed < last
  }
}

/** Returns for each line where the closing phrase of a letter follows, with no salutation between; -1 for none. */
function closingsAfter(lines: readonly Line[], markers: readonly (Marker | null)[]): Int32Array {
  const found = new Int32Array(lines.length).fill(-1)
  let closing = -1
  let inBlock = -1
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]
    if (!line) continue
    found[i] = closing
    // Set phrases are short, so they span two lines at most.
    const next = lines[i + 1]
    const words = next && !startsBlock(next) ? `${line.text} ${next.text}` : line.text
    if (words.length < LONGEST_CLOSING && (isClosing(words) || isClosing(line.text))) inBlock = i
    if (!startsBlock(line) && i > 0) continue
    if (isSalutation(line.text)) closing = -1
    else if (inBlock >= 0 && !markers[i]) closing = inBlock
    inBlock = -1
  }
  return found
}

/** In UTF-16 units. */
const LONGEST_CLOSING = 400

const MOST_LINES = 40

/** Returns where the paragraph that opens a declaration begins, when it stands before the first number. */
function declarationBefore(lines: readonly Line[], index: number): number {
  for (let i = index - 1; i >= Math.max(0, index - MOST_LINES); i--) {
    const line = lines[i]
    if (!line || isSalutation(line.text) || isClosing(line.text)) break
    if (isDeclaring(line.text) && (startsBlock(line) || ENDS.test(lines[i - 1]?.text ?? '.'))) return i
  }
  return index
}

/** Returns where the prose of a draft without numbers begins; -1 when the lines are a letter or too few. */
function plainStart(lines: readonly Line[]): number {
  if (lines.some(({ text }) => isSalutation(text) || isClosing(text))) return -1
  const prose = lines.flatMap((line, i) =>
    isSentence(lines, line, i) || isBracketedSentence(lines, i) ? [i] : [],
  )
  return prose.length >= 2 ? (prose[0] ?? -1) : -1
}

const FEWEST_WORDS = 3

const isSentence = (lines: readonly Line[], line: Line, i: number): boolean =>
  startsBlock(line) &&
  line.text.split(' ', FEWEST_WORDS).length >= FEWEST_WORDS &&
  !/^["“]?\p{Ll}/u.test(line.text) &&
  endsSentence(lines, i)

function endsSentence(lines: readonly Line[], from: number): boolean {
  for (let i = from; i < from + MOST_LINES && i < lines.length; i++) {
    const next = lines[i + 1]
    if (!next || startsBlock(next)) return ENDS.test(lines[i]?.text ?? '')
  }
  return false
}
