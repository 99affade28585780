/**
 * The letters of scripts that are written without spaces between words, as the inside of a character class of a regular
 * expression with the flag `u`.
 */
export const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\u3099\\u309a\\u30fc\\p{sc=Bopo}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}'

const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u')

/** Whether a text has a letter of such a script. */
export const hasUnspaced = (text: string): boolean => HAS_UNSPACED.test(text)
