import type { DivisionKind } from '../../../model/division.ts'
import { DIVISIONS } from '../../../model/division.ts'
import { divisionWords } from '../../../model/label-words.ts'
import type { Numeral } from './numerals.ts'
import { DIGITS, numeralsOf, SUFFIX, suffixOf } from './numerals.ts'

/** The head of a division as one line prints it: `Article 2 bis (general)`, `Статья I`, `第二条之二`, `Option A:`. */
export interface DivisionHead {
  readonly kind: DivisionKind
  readonly numerals: readonly Numeral[]
  readonly suffix: number
  /** The brackets opened before it and closed behind its number: `[Article 3 bis] (forests)`. */
  readonly opened: string
  readonly closed: string
  /** The words of its number, with the signs behind them. */
  readonly printed: string
  /** Its title, or the words that begin on the same line. */
  readonly rest: string
  /** Whether a sign divides number and rest. */
  readonly parted: boolean
}

/** The words that stand before a number, in lower case, longer ones first: the last letter of "annexe" is no number. */
const wordsBefore = (kind: DivisionKind): readonly string[] =>
  divisionWords(kind)
    .filter((word) => !word.startsWith('第'))
    .map((word) => word.replace('…', '').toLowerCase())
    .sort((one, other) => other.length - one.length)

/** The words that stand behind a number: 条 in 第二条. */
const BEHIND_NUMBER: ReadonlyMap<string, DivisionKind> = new Map(
  DIVISIONS.flatMap((kind) =>
    divisionWords(kind)
      .filter((word) => word.startsWith('第'))
      .map((word) => [word.slice('第…'.length), kind] as const),
  ),
)
const HAN_NUMERAL = '[一二三四五六七八九十]{1,3}'
/** Numbers that are written out: `Chapter One`. */
const WRITTEN: readonly string[] = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const WRITTEN_CASES = WRITTEN.flatMap((word) => [
  word,
  word.toUpperCase(),
  word.charAt(0).toUpperCase() + word.slice(1),
])
const NUMERAL = `${WRITTEN_CASES.join('|')}|${DIGITS}{1,3}|${HAN_NUMERAL}|[IVXLC]{1,7}|\\(?[A-Za-z]\\)?|premier|primero|1er`
const SUFFIXED = `(?:[ .‑-]?(?<suffix>${SUFFIX})(?![\\p{Ll}\\p{M}]))?`
const OPENED = '(?<opened>(?:[\\[［][ ]?)*)'
const END =
  '(?<closed>[\\]］]*)(?<sign>[ ]?[.:：–—-]{1,2})?(?:[ ]+|$|(?=\\[)|(?<=[:.])(?=\\p{L}))(?<rest>.*)$'

/** One for each kind, with the word in whatever case; the number and what follows are matched as they are. */
const PATTERNS = DIVISIONS.map((kind) => ({ kind, pattern: patternOf(kind) }))
const CAPTION = patternOf('table')

function patternOf(kind: DivisionKind): RegExp {
  const words = wordsBefore(kind)
    .flatMap((word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)])
    .map((word) => word.replace('.', '\\.'))
  const pattern = `^${OPENED}(?:${words.join('|')})[ ]?(?<n>${NUMERAL})(?:(?=${SUFFIX})|(?!\\p{Ll}))${SUFFIXED}${END}`
  return new RegExp(pattern, 'u')
}
const HAN = new RegExp(
  `^${OPENED}第(?<n>${HAN_NUMERAL}|${DIGITS}{1,3}|[IVXLC]{1,7}|[A-Z])(?<word>${[...BEHIND_NUMBER.keys()].join('|')})(?:[ ]?(?<suffix>之${HAN_NUMERAL}))?(?<closed>[\\]］]*)(?<sign>[.:：、]?)[ ]*(?<rest>.*)$`,
  'u',
)
const BEGINS = new RegExp(`^(?:[\\[［][ ]?)*(?:第|${DIVISIONS.flatMap(wordsBefore).join('|')})`, 'iu')

const FIRST = /^(?:premier|primero|1er)$/

/** Reads a line as the head of a division; null when it is none. */
export function readDivision(text: string): DivisionHead | null {
  if (!BEGINS.test(text)) return null
  for (const { kind, pattern } of PATTERNS) {
    const match = pattern.exec(text)
    if (match) return headOf(kind, match, text)
  }
  const match = HAN.exec(text)
  const kind = BEHIND_NUMBER.get(match?.groups?.['word'] ?? '')
  return match && kind ? headOf(kind, match, text) : null
}

/** Reads a line as the caption of a table: `Table 1. Reeds`, `Tableau II : …`, `表1`; null when it is none. */
export function readCaption(text: string): DivisionHead | null {
  const match = CAPTION.exec(text)
  return match && headOf('table', match, text)
}

function headOf(kind: DivisionKind, match: RegExpExecArray, text: string): DivisionHead | null {
  const { n = '', suffix, opened = '', closed = '', sign = '', rest = '' } = match.groups ?? {}
  const written = WRITTEN.indexOf(n.toLowerCase()) + 1
  const counted = FIRST.test(n) ? 1 : written
  const numerals = counted > 0 ? [{ number: counted }] : numeralsOf(n.replace(/[()]/g, ''))
  const lower = numerals.some(({ style }) => style === 'letter' || style === 'roman')
  if (numerals.length === 0 || (lower && kind !== 'option')) return null
  const printed = text.slice(opened.length, text.length - rest.length).trim()
  return {
    kind,
    numerals,
    suffix: suffix === undefined ? 0 : suffixOf(suffix),
    opened: opened.replaceAll(' ', ''),
    closed,
    printed,
    rest,
    parted: sign !== '' || match.groups?.['word'] !== undefined,
  }
}

const TITLE_LIMIT = 160

/**
 * Whether the rest of the line can stand behind the number of a division's heading. `Article 4, paragraph 2` and
 * `Article 9 of the Agreement` at the start of a line are words of a sentence.
 */
export function headsDivision({ kind, rest, parted, closed }: DivisionHead): boolean {
  if (rest === '') return true
  if (kind === 'option' && closed !== '') return false
  if (kind === 'option') return parted || /^[([［（]/.test(rest)
  if (rest.length > TITLE_LIMIT && kind !== 'action' && !parted) return false
  if (parted) return !/^[,;]/.test(rest)
  return (
    /^[([［（"“«]/u.test(rest) ||
    (/^\p{Lu}|^\p{Lo}/u.test(rest) && !/[,;.]$/u.test(rest) && rest.length <= 90)
  )
}
