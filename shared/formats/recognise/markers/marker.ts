import { isOperative } from '../lines/resolution.ts'
import type { Numeral } from './numerals.ts'
import { decimalOf, DIGITS, numeralsOf, SUFFIX, suffixOf } from './numerals.ts'

/**
 * How a mark is printed: `PP3`, `OP7`, `1.`, `1)`, `(1)`, `1 -`, `1:`, `1.2`, `2 bis` without a sign, `1 ` before a word, `1`
 * alone on its line, `(a)`, `a)`, `a.`, `一、`, a dash or a bullet.
 */
export type MarkerStyle =
  | 'PP'
  | 'OP'
  | 'dot'
  | 'paren'
  | 'parens'
  | 'dash'
  | 'dotted'
  | 'colon'
  | 'space'
  | 'alone'
  | 'letter-parens'
  | 'letter-paren'
  | 'letter-dot'
  | 'han'
  | 'bullet'

/** The mark at the start of a line that may begin a paragraph. */
export interface Marker {
  readonly style: MarkerStyle
  /** What its numeral can mean; of a dotted mark its last number. Empty for bullets. */
  readonly numerals: readonly Numeral[]
  /** The numbers of a dotted mark: `1.2.1` is 1, 2, 1. */
  readonly path?: readonly number[]
  /** 0: none, 1: bis … */
  readonly suffix: number
  /** 0: none, 1: alt, 2: alt 2 … */
  readonly alt: number
  /** The mark as printed, with its signs, without `lead`. */
  readonly printed: string
  /** Whether it stands behind the paragraph of its number, as the next of its suffixes: `New para after 5:`. */
  readonly added?: true
  /** The brackets opened before the mark, as in `[2. We plant them.]`: they belong to the words. */
  readonly lead: string
  readonly rest: string
}

const N = `(?<n>${DIGITS}{1,4})`
/** `alternative` is a word of sentences too, so a sign must follow it. */
const ALT = '(?:alt|Alt|ALT)(?!\\p{Ll})|[Aa]lternative(?=[ ]?[0-9]{0,2}[):.])'
/** What says that a paragraph was added. */
const NEW = '[(\\[](?:new|New|NEW|nouveau|nuevo|новый|новая|新)[)\\]]'
const BEHIND =
  `(?:[ .‑–-]{0,2}\\(?(?<suffix>${SUFFIX})(?![\\p{Ll}\\p{M}])\\)?)?` +
  `(?:[ .]{0,2}\\(?(?<alt>${ALT})(?:[ .]{0,2}(?<nth>[0-9]{1,2})(?![0-9]))?\\)?)?(?<added>[ ]?${NEW})?`
/**
 * What may follow a mark: a space, the end of the line, or, where the space was forgotten, a letter, a quote or a
 * bracket.
 */
const AFTER = '(?=$|[ ]|\\p{L}|["“«\\[(［\\]］])[ ]*'
const SPACE = '(?=$|[ ])[ ]*'
const LETTERS = '(?<n>[a-zа-я]{1,4}|[A-Z]{1,4}|[أ-ي]ـ?|[一二三四五六七八九十]{1,3})'
const BULLET = '[-–—•·●▪◦‣○■*]'

const expression = (pattern: string): RegExp => new RegExp(`^${pattern}`, 'u')

type Patterns = readonly (readonly [MarkerStyle, RegExp])[]

/** Tried in this order. The first one that matches gives the style. */
const DIGIT_PATTERNS: Patterns = [
  ['dotted', expression(`(?<path>${DIGITS}{1,3}(?:[.]${DIGITS}{1,3}){1,4})${BEHIND}[.)]?${SPACE}`)],
  [
    'dot',
    expression(
      `${N}(?=[ .‑–(-]{0,3}(?:(?:${SUFFIX})(?!\\p{Ll})|${ALT}))${BEHIND}(?:[.:)、]|[ ]?[-–—](?=$|[ ]))?${AFTER}`,
    ),
  ],
  ['dot', expression(`${N}${BEHIND}[.．、](?:[-–—])?${AFTER}`)],
  [
    'dot',
    expression(`${N}${BEHIND}[ ](?=[(\\[](?:former|ex|old|previously)[ -][^()\\[\\]]{1,20}[)\\]][.:)])`),
  ],
  ['colon', expression(`${N}${BEHIND}[:：]${SPACE}`)],
  ['paren', expression(`${N}${BEHIND}[)）]${AFTER}`)],
  ['dash', expression(`${N}${BEHIND}[ ]?[-–—]${SPACE}`)],
  ['alone', expression(`${N}$`)],
  ['space', expression(`${N}[ ]+(?=["“«\\[]?\\p{L})`)],
]
const SIGN_PATTERNS: Patterns = [
  ['parens', expression(`[(（]${N}${BEHIND}[)）][.]?${AFTER}`)],
  ['letter-parens', expression(`[(（]${LETTERS}[)）]${BEHIND}[.:、]?${AFTER}`)],
  ['letter-parens', expression(`[(]${LETTERS}[ .-](?<suffix>${SUFFIX})[)][.:]?${AFTER}`)],
  ['letter-parens', expression(`[(]${LETTERS}[ ](?=\\[)`)],
]
/** The word or the sign for a paragraph before its number: `Paragraph 1.`, `Para 3:`, `§ 2`. */
const WORD = '[Pp]ara(?:graph)?[.]?|[Pp]aragraphe|[Pp]árrafo|[Пп]ункт|[Пп]араграф|الفقرة'
const LETTER_PATTERNS: Patterns = [
  ['dot', expression(`(?:${WORD})[ ]${N}${BEHIND}(?:[.:、)]|$|[ ][-–—](?=[ ]))${AFTER}`)],
  ['dot', expression(`(?:${WORD})[ ]${N}(?=[ .‑–-]{0,2}(?:${SUFFIX}|alt)(?!\\p{Ll}))${BEHIND}${SPACE}`)],
  [
    'dot',
    expression(
      `(?<after>[Nn]ew )(?:${WORD}|[OP]P)[ ](?:after|following)[ ](?:(?:${WORD}|[OP]P)[ ]?)?${N}[.:)]${SPACE}`,
    ),
  ],
  ['PP', expression(`(?:PP|pp|Pp)[ .-]?${N}${BEHIND}(?:[.):]|[ ][-–—](?=[ ]))?${AFTER}`)],
  ['OP', expression(`(?:OP|op|Op)[ .-]?${N}${BEHIND}(?:[.):]|[ ][-–—](?=[ ]))?${AFTER}`)],
  ['dot', expression(`(?:(?<suffix>${SUFFIX})|(?<alt>alt|Alt|ALT))[ .]{1,2}${N}[.):]${AFTER}`)],
  ['letter-paren', expression(`${LETTERS}[)]${BEHIND}[.]?${AFTER}`)],
  ['letter-dot', expression(`(?<n>[a-z]|[ivx]{2,5})${BEHIND}[.]${SPACE}`)],
  ['han', expression(`(?<n>[一二三四五六七八九十]{1,3})${BEHIND}[、．.]`)],
]
const BULLET_PATTERNS: Patterns = [
  ['dot', expression(`[§¶][ ]?${N}${BEHIND}[.:)]?${SPACE}`)],
  ['bullet', expression(`${BULLET}[ ]+(?=\\S)`)],
]

/** Returns the patterns of marks that begin with a character. */
function patternsFor(first: string): Patterns {
  if (first === '(' || first === '（') return SIGN_PATTERNS
  if (/\p{Nd}/u.test(first)) return DIGIT_PATTERNS
  return /\p{L}/u.test(first) ? LETTER_PATTERNS : BULLET_PATTERNS
}

/** How all of these begin. Most lines do not match, and are dismissed by this alone. */
const BEGINS = new RegExp(
  `^[\\u200e\\u200f\\u061c]*(?:[\\[［][ ]?)*(?:[(（]|${DIGITS}|[PpOo][Pp]|[Aa](?:lt|LT)|${SUFFIX}|[a-zа-я]{1,5}[).]|[A-Z]{1,4}\\)|[أ-ي]ـ?\\)|[一二三四五六七八九十]{1,3}[、．.)之]|${BULLET} |[§¶]|(?:[Nn]ew )?(?:${WORD}|[OP]P) )`,
  'u',
)
const LEAD = /^[\u200e\u200f\u061c]*((?:[[［] ?)*)/u
const NEW_BEHIND = new RegExp(`^${NEW}\\s+`, 'u')
/** A word before the mark that says that the paragraph was added: `[New] 5 bis.` */
const NEW_BEFORE = /^[[(][Nn](?:ew|EW)[\])]\s+(?=[\p{Nd}[(POp])/u
const DIRECTIONS = /[\u200e\u200f\u061c]/gu
const DATE = /^\p{Nd}{1,2}[.]\p{Nd}{1,2}[.](?:\p{Nd}{2}|\p{Nd}{4})(?!\p{Nd})/u

/** Reads the mark at the start of a line; null when there is none. `tabbed`: whether a wide space follows it. */
export function readMarker(line: string, tabbed: boolean): Marker | null {
  const isNew = NEW_BEFORE.exec(line)
  if (isNew) {
    const marker = readMarker(line.slice(isNew[0].length), tabbed)
    return marker && { ...marker, printed: isNew[0] + marker.printed }
  }
  if (!BEGINS.test(line)) return null
  const opening = LEAD.exec(line)
  const lead = (opening?.[1] ?? '').replaceAll(' ', '')
  const text = line
    .slice(opening?.[0].length ?? 0)
    .replace(DIRECTIONS, (sign, at: number) => (at < 8 ? '' : sign))
  for (const [style, pattern] of patternsFor(text.charAt(0))) {
    const match = pattern.exec(text)
    if (!match) continue
    const behind = text.slice(match[0].length)
    // In `[2.] We plant them.` the brackets belong to the number.
    const enclosed = /^[\]］]/.test(behind)
    if (enclosed && lead === '') continue
    const unsigned = enclosed ? behind.slice(1).trimStart() : behind.replace(FORMER_SIGN, '$1 ')
    const added = NEW_BEHIND.exec(unsigned)?.[0] ?? ''
    const rest = unsigned.slice(added.length)
    if (!credible(style, match, rest, lead, tabbed)) continue
    const { n, path, suffix, alt, nth, after } = match.groups ?? {}
    const numbers = path?.split('.').map(decimalOf)
    const numerals = numbers ? [{ number: numbers.at(-1) ?? 0 }] : numeralsOf((n ?? '').replace('ـ', ''))
    if (style !== 'bullet' && numerals.length === 0) continue
    return {
      style,
      numerals,
      ...(numbers ? { path: numbers } : {}),
      ...(after === undefined ? {} : { added: true as const }),
      suffix: suffix === undefined ? (after === undefined ? 0 : 1) : suffixOf(suffix),
      alt: alt === undefined ? 0 : Number(nth ?? 1),
      printed: `${enclosed ? `[${match[0].trim()}]` : match[0].trim()} ${added}`.trim(),
      lead: enclosed ? lead.slice(0, -1) : lead,
      rest,
    }
  }
  return null
}

/** A former number between the number and its sign: `6 (former 4).` */
const FORMER_SIGN = /^([([](?:former|ex|old|previously)[ -][^()[\]]{1,20}[)\]])[.:)]\s*/u

/** Whether a match is a mark, and not the first word of a sentence, a date or a name. */
function credible(
  style: MarkerStyle,
  match: RegExpExecArray,
  rest: string,
  lead: string,
  tabbed: boolean,
): boolean {
  // Without punctuation, only a tab distinguishes a number from the first word of a sentence ("9 November").
  if (style === 'space') return tabbed || /^\p{Lu}|^\p{Lo}/u.test(rest) || isOperative(rest)
  if (style === 'alone') return lead === ''
  if (style === 'dotted') return !DATE.test(match[0])
  if (style === 'letter-paren') return /^(?:[a-zа-яأ-ي]|[ivx]{1,5})ـ?[)]/u.test(match[0]) && rest !== ''
  return true
}
