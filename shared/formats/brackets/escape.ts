/**
 * Signs of the notation that stand among the words of an export are written in full width, so that they are not read as
 * brackets, or as strokes between alternatives. Where the words have a full-width sign of their own, a private character
 * stands for it while brackets are written or read; no text may have one.
 */

const SIGNS = ['[', ']', '/'] as const
const FULL_WIDTH = ['\uff3b', '\uff3d', '\uff0f'] as const
const OWN = ['\ue000', '\ue001', '\ue002'] as const
const ANY_FULL_WIDTH = /[\uff3b\uff3d\uff0f]/gu
const ANY_OWN = /[\ue000-\ue002]/gu

const STROKE = /(?<=^|\s)\/(?=\s|$)/gu

/** Has the length of `words`. `inBracket`: whether the words stand in a bracket, where a stroke between spaces divides alternatives. */
export function escapeSigns(words: string, inBracket: boolean): string {
  const apart = words
    .replaceAll(ANY_FULL_WIDTH, (sign) => exchange(sign, FULL_WIDTH, OWN))
    .replaceAll(/[[\]]/gu, (sign) => exchange(sign, SIGNS, FULL_WIDTH))
  return inBracket ? apart.replaceAll(STROKE, FULL_WIDTH[2]) : apart
}

/** Has the length of `words`. */
export const unescapeSigns = (words: string): string =>
  words
    .replaceAll(ANY_FULL_WIDTH, (sign) => exchange(sign, FULL_WIDTH, SIGNS))
    .replaceAll(ANY_OWN, (sign) => exchange(sign, OWN, FULL_WIDTH))

/** Whether brackets that are words of the text were written in full width. */
export const hasEscapedBrackets = (written: string): boolean => /[\uff3b\uff3d]/u.test(written)

/**
 * Replaces the private characters by the full-width signs that they stand for. `own`: which of all full-width signs in
 * `text` these are, from 0.
 */
export function printOwnSigns(written: string): { readonly text: string; readonly own: readonly number[] } {
  const own: number[] = []
  let count = 0
  const text = written.replaceAll(/[\uff3b\uff3d\uff0f\ue000-\ue002]/gu, (sign) => {
    const printed = exchange(sign, OWN, FULL_WIDTH)
    if (printed !== sign) own.push(count)
    count++
    return printed
  })
  return { text, own }
}

/** The inverse of {@link printOwnSigns}. */
export function readOwnSigns(text: string, own: readonly number[]): string {
  if (own.length === 0) return text
  const wanted = new Set(own)
  let count = 0
  return text.replaceAll(ANY_FULL_WIDTH, (sign) =>
    wanted.has(count++) ? exchange(sign, FULL_WIDTH, OWN) : sign,
  )
}

/** Returns the sign of `to` at the place where `from` has `sign`; the sign itself when `from` lacks it. */
function exchange(sign: string, from: readonly string[], to: readonly string[]): string {
  const at = from.indexOf(sign)
  return at < 0 ? sign : (to[at] ?? sign)
}
