import { digest } from 'lib0/hash/sha256'
import { toBase64UrlEncoded } from 'lib0/buffer'
import { encodeUtf8 } from 'lib0/string'
import { foldCase } from '../../model/characters/fold-case.ts'
import type { Fingerprint, ProposedWords } from '../../model/proposals/wording.ts'

/**
 * Folds a wording for comparison: two wordings with the same result count as one wording. Spaces, punctuation,
 * letter case and formats do not count, in any script.
 *
 * Punctuation that makes a number another number does count: `1.5` and `15`, `5 %` and `5`, `-2` and `2`
 * differ. A separator of thousands does not count.
 */
export function foldWording(text: string): string {
  return foldCase(text.normalize('NFC'))
    .replaceAll(GROUPING, '')
    .replaceAll(IN_NUMBER, (_all, before: string, between: string) => before + betweenDigits(between))
    .replaceAll(SIGNED, `$1${MINUS}`)
    .replaceAll(INSIGNIFICANT, '')
    .normalize('NFC')
}

/** Private-use characters that stand for significant punctuation while the other punctuation is removed. */
const MINUS = '\uE000'
const POINT = '\uE001'
const APART = '\uE002'

/**
 * A separator of thousands: between a digit and exactly three more. A full stop is not one, since it may be a
 * decimal point.
 */
const GROUPING = /(?<=\p{Nd})[,'’٬\p{Zs}](?=\p{Nd}{3}(?!\p{Nd}))/gu
/** Punctuation between two digits. */
const IN_NUMBER = /(\p{Nd})([\p{P}\p{Z}\p{Cf}−]+)(?=\p{Nd})/gu
/** A minus sign before a number: at the start of the text, or after a space or an opening bracket. */
const SIGNED = /(^|[\p{Z}\p{Ps}\p{Pi}])[\p{Pd}−](?=\p{Nd})/gu
const DASH = /[\p{Pd}−]/u
/**
 * Spaces, punctuation, invisible characters and Arabic letter lengthening, except signs that are read aloud as
 * words.
 */
const INSIGNIFICANT = /(?![%‰‱٪؉؊﹪％&＆@§¶#])(?:[\p{Z}\p{P}\p{Cf}\p{Cc}\u0640]|\p{Variation_Selector})/gu

/**
 * A decimal point or comma and a dash are kept. Any other punctuation between digits is reduced to one mark
 * that keeps the two numbers apart.
 */
function betweenDigits(between: string): string {
  if (/^[.,٫]$/u.test(between)) return POINT
  return DASH.test(between) ? MINUS : APART
}

/** Whether two wordings count as one: see {@link foldWording}. Punctuation alone is a wording of its own. */
export function readAlike(a: string, b: string): boolean {
  if (a === b) return true
  const folded = foldWording(a)
  return folded === foldWording(b) && (folded !== '' || (a.trim() === '') === (b.trim() === ''))
}

/** Returns the fingerprint of a wording: 128 bits of a hash over its folded words and the number of its place. */
export function fingerprintOf({ struck, text, placing = 0 }: ProposedWords): Fingerprint {
  const place = placing === 0 ? '' : `\n${placing}`
  const folded = encodeUtf8(`${foldWording(struck)}\n${foldWording(text)}${place}`)
  return toBase64UrlEncoded(digest(folded).subarray(0, 16)) as Fingerprint
}
