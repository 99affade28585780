import { LABEL_WORDS } from '../../../model/label-words.ts'
import { LANGUAGES } from '../../../model/language.ts'
import type { NumeralStyle } from '../../../model/numeral.ts'
import { writeNumeral } from '../../../model/numeral.ts'

/** A number, and how it is written; without a style in decimal digits. */
export interface Numeral {
  readonly number: number
  readonly style?: NumeralStyle
}

/** Digits of the scripts in which drafts are numbered. */
export const DIGITS = '[0-9٠-٩۰-۹０-９]'
const DECIMAL = new RegExp(`^${DIGITS}+$`, 'u')
const ZEROS = [0x30, 0x660, 0x6f0, 0xff10]

/** Returns the value of decimal digits. */
export function decimalOf(digits: string): number {
  let value = 0
  for (const digit of digits) {
    const code = digit.charCodeAt(0)
    const zero = ZEROS.find((z) => code >= z && code < z + 10) ?? 0x30
    value = value * 10 + (code - zero)
  }
  return value
}

/** The highest number that is read in each style. */
const HIGHEST: Readonly<Record<NumeralStyle, number>> = {
  letter: 78,
  'upper-letter': 26,
  roman: 99,
  'upper-roman': 199,
  cyrillic: 56,
  arabic: 28,
  han: 99,
}

function valuesOf(style: NumeralStyle): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: HIGHEST[style] }, (_, i) => [writeNumeral(i + 1, style), i + 1]))
}

const VALUES: Readonly<Record<NumeralStyle, ReadonlyMap<string, number>>> = {
  letter: valuesOf('letter'),
  'upper-letter': valuesOf('upper-letter'),
  roman: valuesOf('roman'),
  'upper-roman': valuesOf('upper-roman'),
  cyrillic: valuesOf('cyrillic'),
  arabic: valuesOf('arabic'),
  han: valuesOf('han'),
}

const ORDER: readonly NumeralStyle[] = [
  'letter',
  'roman',
  'upper-roman',
  'upper-letter',
  'cyrillic',
  'arabic',
  'han',
]

/** Returns all that a numeral can mean: "i" is the ninth letter and the first Roman number. */
export function numeralsOf(text: string): readonly Numeral[] {
  if (DECIMAL.test(text)) return [{ number: decimalOf(text) }]
  const written = text === 'هـ' ? 'ه' : text === 'ا' ? 'أ' : text
  return ORDER.flatMap((style) => {
    const number = VALUES[style].get(written)
    return number === undefined ? [] : [{ number, style }]
  })
}

/** How bis, ter … are spelt, by what they count: 1 for bis. */
const SUFFIX_VALUES: ReadonlyMap<string, number> = new Map([
  ...LANGUAGES.flatMap((language) => LABEL_WORDS[language].suffixes.map((word, i) => [word, i + 1] as const)),
  // Other spellings in use.
  ...(
    [
      [1, 'مكرراً', 'مكرر'],
      [2, 'ثالثا'],
      [4, 'quinqiues'],
      [8, 'nonies'],
    ] as const
  ).flatMap(([suffix, ...words]) => words.map((word) => [word, suffix] as const)),
])

const cases = (word: string): readonly string[] => [
  word,
  word.toUpperCase(),
  word.charAt(0).toUpperCase() + word.slice(1),
]

/** Matches a suffix in whatever case; longer spellings are tried first. */
export const SUFFIX = [...new Set([...SUFFIX_VALUES.keys()].flatMap(cases))]
  .sort((a, b) => b.length - a.length)
  .join('|')

/** Returns which suffix a word is, in whatever case; 0 when it is none. */
export const suffixOf = (word: string): number => SUFFIX_VALUES.get(word.toLowerCase()) ?? 0
