/** The ways of writing a number in a label, apart from decimal digits. */
const NUMERAL_STYLES = [
  'letter',
  'roman',
  'upper-letter',
  'upper-roman',
  'cyrillic',
  'arabic',
  'han',
] as const
export type NumeralStyle = (typeof NUMERAL_STYLES)[number]

export const isNumeralStyle = (name: string): name is NumeralStyle =>
  (NUMERAL_STYLES as readonly string[]).includes(name)

/** The letters that lists in Russian are numbered with: without ё, й, ъ, ы and ь. */
const CYRILLIC = 'абвгдежзиклмнопрстуфхцчшщэюя'
/** In the order in which lists in Arabic are lettered. */
const ARABIC = 'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ'
const LATIN = 'abcdefghijklmnopqrstuvwxyz'
const HAN = '〇一二三四五六七八九'

/**
 * Writes a number in a style. Behind the last letter of an alphabet letters are doubled: z, aa, bb, as lists in
 * documents of the United Nations are. What a style cannot write (0, and 100 in Han) is written in digits.
 */
export function writeNumeral(number: number, style: NumeralStyle): string {
  if (number < 1) return String(number)
  switch (style) {
    case 'letter':
      return lettered(number, LATIN)
    case 'upper-letter':
      return lettered(number, LATIN).toUpperCase()
    case 'roman':
      return roman(number)
    case 'upper-roman':
      return roman(number).toUpperCase()
    case 'cyrillic':
      return lettered(number, CYRILLIC)
    case 'arabic':
      return lettered(number, ARABIC)
    case 'han':
      return number < 100 ? han(number) : String(number)
  }
}

const lettered = (number: number, alphabet: string): string =>
  alphabet.charAt((number - 1) % alphabet.length).repeat(Math.ceil(number / alphabet.length))

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

function roman(number: number): string {
  let left = number
  let written = ''
  for (const [value, letters] of ROMAN)
    while (left >= value) {
      written += letters
      left -= value
    }
  return written
}

function han(number: number): string {
  const tens = Math.floor(number / 10)
  const ones = number % 10
  const before = tens === 0 ? '' : `${tens === 1 ? '' : HAN.charAt(tens)}十`
  return before + (ones === 0 && tens > 0 ? '' : HAN.charAt(ones))
}
