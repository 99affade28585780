import type { FormatSpan, SourceLine } from '../../model/import.ts'
import { withoutBorders } from './borders.ts'

/** Raw lines without the marks of mail, Markdown and HTML, and without line numbers. */
export interface Unmarked {
  /** As many as there were, so that their numbers stay. */
  readonly lines: readonly string[]
  /** How deep a heading a line is, by its index, where Markdown says it. */
  readonly headings: ReadonlyMap<number, number>
  /** What Markdown emphasises in a line, by its index, in no particular order. */
  readonly emphasised: ReadonlyMap<number, readonly Emphasised[]>
  /** The indexes of the rows of tables that have borders, with a tab between two cells, and of their rules, which are empty. */
  readonly rows: ReadonlySet<number>
  readonly rules: ReadonlyMap<number, 'single' | 'double'>
  /** The line numbers that were printed beside the text, and comments of HTML with words in them. */
  readonly dropped: readonly SourceLine[]
}

/** Emphasised words, with the words before them. */
export interface Emphasised {
  readonly words: string
  readonly before: string
  readonly format: FormatSpan['format']
}

/** Takes the marks off lines that are not words: `> `, `## `, `**`, `<span …>`, line numbers. */
export function unmark(raw: readonly string[]): Unmarked {
  const dropped: SourceLine[] = []
  const quoted = withoutQuotes(raw)
  const numbered = withoutLineNumbers(quoted, dropped)
  const bordered = withoutBorders(numbered)
  const plain = bordered.lines.map((line, i) =>
    withoutContinuation(withoutHtml(withChangesBracketed(line), i, dropped), i, dropped),
  )
  const headings = new Map<number, number>()
  const ruled = withoutUnderlines(plain, headings)
  const emphasised = new Map<number, readonly Emphasised[]>()
  const { rows, rules } = bordered
  if (!isMarkdown(ruled)) return { lines: ruled, headings, emphasised, dropped, rows, rules }
  const lines = ruled.map((line, i) => {
    const found: Emphasised[] = []
    const words = withoutMarkdown(line, i, headings, found)
    if (found.length > 0) emphasised.set(i, found)
    return words
  })
  return { lines, headings, emphasised, dropped, rows, rules }
}

const QUOTE = /^\s*>[> ]*/

/** Mail quotes a text with `>` before each line. */
function withoutQuotes(raw: readonly string[]): readonly string[] {
  const quotes = raw.filter((line) => QUOTE.test(line)).length
  return quotes < 2 ? raw : raw.map((line) => line.replace(QUOTE, ''))
}

const STRUCK = /~~(?=\S)(.{1,400}?)(?<=\S)~~|<(?:del|s|strike)>(.{1,400}?)<\/(?:del|s|strike)>/giu
const ADDED = /<(?:ins|u)>(.{1,400}?)<\/(?:ins|u)>/giu

/** Words that are struck out are brackets that ask to delete them, and underlined ones are added, as in a printed draft. */
function withChangesBracketed(line: string): string {
  if (!/[~<]/.test(line)) return line
  return line
    .replace(STRUCK, (_, tildes?: string, tags?: string) => `[${tildes ?? tags ?? ''} – delete]`)
    .replace(ADDED, '[$1]')
}

/** Marks that are further apart do not belong together; without a limit an unclosed one would take quadratic time. */
const COMMENT = /<!--(.{0,2000}?)-->/gs
const TAG = /<\/?(?:span|br|b|i|em|strong|u|sup|sub|p|div|font|small|center)(?:\s[^<>]*)?\/?>/gi

function withoutHtml(line: string, i: number, dropped: SourceLine[]): string {
  if (!line.includes('<')) return line
  const words = line.replace(COMMENT, (_, comment: string) => {
    if (/[\p{L}\p{N}]/u.test(comment)) dropped.push({ at: i + 1, text: comment.trim() })
    return ''
  })
  return words.replace(TAG, '')
}

/** The sign at the foot of a page that the text goes on. */
const CONTINUATION = /(?<=\S)\s+\/ ?(?:\.{3}|…)\s*$/u

function withoutContinuation(line: string, i: number, dropped: SourceLine[]): string {
  const sign = line.includes('/') ? CONTINUATION.exec(line) : null
  if (!sign) return line
  dropped.push({ at: i + 1, text: sign[0].trim() })
  return line.slice(0, sign.index)
}

const HEADING = /^ {0,3}(#{1,6})\s+(.*)$/

/** Takes off the signs that may close a heading: `Water ##`. */
function withoutClosing(heading: string): string {
  const words = heading.trimEnd()
  let end = words.length
  while (words[end - 1] === '#') end--
  return end > 0 && /\s/u.test(words.charAt(end - 1)) ? words.slice(0, end).trimEnd() : words
}

const STRONG =
  /\*\*(?=\S)(.{1,400}?)(?<=\S)\*\*|(?<![\p{L}\p{N}_])__(?=\S)(.{1,400}?)(?<=\S)__(?![\p{L}\p{N}_])/gu
const EMPHASIS =
  /(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*]{1,400}?)(?<=\S)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]{1,400}?)(?<=\S)_(?![\p{L}\p{N}_])/gu
const ESCAPE = /\\([\\.\-*_[\](){}#>+!`|])/g
/** A line of signs: between sections, or above footnotes. */
const RULE = /^[\s_*-]+$/
const FENCE = /^\s*(?:```|~~~)\w*\s*$/

/** Whether some line is marked up in a way that plain text is not. */
const isMarkdown = (lines: readonly string[]): boolean =>
  lines.some(
    (line) =>
      HEADING.test(line) ||
      /\*\*\S.{0,400}?\S\*\*|(?<![^\s[(])\*\p{L}(?:[^*]{0,400}[\p{L}\p{M}\p{N}])?\*(?![^\s,.;:!?)\]])|^\s*\d+\\[.)]|^\s*[_*]\p{Lu}\p{L}+[^_*]{0,400}[_*](?=[ ,])/u.test(
        line,
      ),
  )

const UNDERLINE = /^(?:={3,}|-{3,})\s*$/
const LONGEST_HEADING = 120

/** A line of `=` or `-` right below a single line makes that line a heading. */
function withoutUnderlines(lines: readonly string[], headings: Map<number, number>): readonly string[] {
  return lines.map((line, i) => {
    const [above = '', before = ''] = [lines[i - 1], lines[i - 2]]
    if (!UNDERLINE.test(line) || above.trim() === '' || before.trim() !== '') return line
    if (above.length > LONGEST_HEADING || /[.;:,]\s*$/.test(above) || /^\W*$/u.test(above)) return line
    headings.set(i - 1, line.startsWith('=') ? 1 : 2)
    return ''
  })
}

function withoutMarkdown(
  line: string,
  i: number,
  headings: Map<number, number>,
  emphasised: Emphasised[],
): string {
  if (FENCE.test(line)) return ''
  if (RULE.test(line)) return line
  const heading = HEADING.exec(line)
  if (heading) headings.set(i, heading[1]?.length ?? 1)
  const text = heading ? withoutClosing(heading[2] ?? '') : line
  const noting =
    (format: FormatSpan['format']) =>
    (_: string, stars: string | undefined, lines: string | undefined, at: number, whole: string): string => {
      const words = stars ?? lines ?? ''
      const before = whole.slice(Math.max(0, at - BEFORE), at)
      emphasised.push({ words: plain(words), before: plain(before), format })
      return words
    }
  return text.replace(STRONG, noting('strong')).replace(EMPHASIS, noting('em')).replace(ESCAPE, '$1')
}

/** How many units before emphasised words are noted. */
const BEFORE = 16

const plain = (marked: string): string =>
  marked
    .replaceAll(/(?<!\\)[*_]/g, '')
    .replace(ESCAPE, '$1')
    .replaceAll(/\s+/gu, ' ')

const NUMBER_BEFORE = /^\s*(\d{1,4})(?:(?:\t| {2,}| (?=\S))(.*))?$/

/**
 * Takes off line numbers: those that count all lines up, from page to page anew, or every fifth. They are told from
 * paragraph numbers by what follows: many lines that begin in the middle of a sentence, or with a number again.
 */
function withoutLineNumbers(raw: readonly string[], dropped: SourceLine[]): readonly string[] {
  const numbers = raw.map((line) =>
    line.trim() === '' ? null : Number(NUMBER_BEFORE.exec(line)?.[1] ?? Number.NaN),
  )
  const step = stepOf(numbers, raw)
  if (step === 0) return raw
  return raw.map((line, i) => {
    const number = numbers[i]
    if (number === null || number === undefined || Number.isNaN(number) || number % step !== 0) return line
    dropped.push({ at: i + 1, text: String(number) })
    return line.replace(/\d+/, (digits) => ' '.repeat(digits.length))
  })
}

const FEWEST = 8

/** Returns 1 when all lines are numbered, 5 when every fifth is, 0 when none is. */
function stepOf(numbers: readonly (number | null)[], raw: readonly string[]): 0 | 1 | 5 {
  const written = numbers.filter((number) => number !== null)
  const counted = written.filter((number) => !Number.isNaN(number))
  if (written.length < FEWEST) return 0
  const ups = written.filter(
    (number, i) => i > 0 && (number === (written[i - 1] ?? 0) + 1 || number === 1),
  ).length
  if (ups >= written.length * 0.8) return goOn(numbers, raw) ? 1 : 0
  const fives = counted.filter((number) => number % 5 === 0)
  if (fives.length < 3 || fives.length * 6.5 < written.length) return 0
  const regular = everyFifth(numbers)
  return regular ? 5 : 0
}

/** Whether most numbers that are multiples of five stand five lines behind the one before. */
function everyFifth(numbers: readonly (number | null)[]): boolean {
  const places: number[] = []
  let line = 0
  let steps = 0
  for (const number of numbers) {
    if (number === null) continue
    line++
    if (Number.isNaN(number) || number % 5 !== 0) continue
    if (line - (places.at(-1) ?? 0) === 5) steps++
    places.push(line)
  }
  return places.length >= 3 && steps >= places.length * 0.8
}

/** Whether the words behind the numbers read on from line to line. */
function goOn(numbers: readonly (number | null)[], raw: readonly string[]): boolean {
  const words = raw.flatMap((line, i) =>
    numbers[i] === null ? [] : [NUMBER_BEFORE.exec(line)?.[2]?.trim() ?? ''],
  )
  const within = words.filter((text) => /^(?:\p{Ll}|\(?[\p{Nd}a-z]{1,3}[.)])/u.test(text)).length
  return within >= words.length * 0.25
}
