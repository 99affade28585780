import { digest } from 'lib0/hash/sha256'
import { toBase64UrlEncoded } from 'lib0/buffer'
import { encodeUtf8 } from 'lib0/string'
import { foldCase } from '../../model/fold-case.ts'
import type { Fingerprint, ProposedWords } from '../../model/wording.ts'

/**
 * When two wordings are one: a correction of nothing but spaces, punctuation or letter case is no change of wording, in
 * any script. Formats are none either.
 *
 * What makes a number another number is no punctuation: `1.5` and `15`, `5 %` and `5`, `-2` and `2` differ, while a
 * separator of thousands does not count.
 */
export function foldWording(text: string): string {
  return foldCase(text.normalize('NFC'))
    .replaceAll(GROUPING, '')
    .replaceAll(IN_NUMBER, (_all, before: string, between: string) => before + betweenDigits(between))
    .replaceAll(SIGNED, `$1${MINUS}`)
    .replaceAll(INSIGNIFICANT, '')
    .normalize('NFC')
}

/** Private-use characters that stand for what is kept, while punctuation is taken out. */
const MINUS = '\uE000'
const POINT = '\uE001'
const APART = '\uE002'

/** A separator of thousands: followed by exactly three digits, and by no fourth. A point may be a decimal one. */
const GROUPING = /(?<=\p{Nd})[,'’٬\p{Zs}](?=\p{Nd}{3}(?!\p{Nd}))/gu
/** What stands between two digits. */
const IN_NUMBER = /(\p{Nd})([\p{P}\p{Z}\p{Cf}−]+)(?=\p{Nd})/gu
/** A sign before a number, where no word stands before it. */
const SIGNED = /(^|[\p{Z}\p{Ps}\p{Pi}])[\p{Pd}−](?=\p{Nd})/gu
const DASH = /[\p{Pd}−]/u
/** Spaces, punctuation, what cannot be seen, and letters made longer. Signs that are read as a word are none of these. */
const INSIGNIFICANT = /(?![%‰‱٪؉؊﹪％&＆@§¶#])(?:[\p{Z}\p{P}\p{Cf}\p{Cc}\u0640]|\p{Variation_Selector})/gu

/** A decimal point (or comma) and a dash are kept as such; anything else only keeps two numbers apart. */
function betweenDigits(between: string): string {
  if (/^[.,٫]$/u.test(between)) return POINT
  return DASH.test(between) ? MINUS : APART
}

export const readAlike = (a: string, b: string): boolean => a === b || foldWording(a) === foldWording(b)

export function fingerprintOf({ struck, text, placing = 0 }: ProposedWords): Fingerprint {
  const place = placing === 0 ? '' : `\n${placing}`
  const folded = encodeUtf8(`${foldWording(struck)}\n${foldWording(text)}${place}`)
  return toBase64UrlEncoded(digest(folded).subarray(0, 16)) as Fingerprint
}
