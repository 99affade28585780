const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Writes a number in superscript digits: 12 is "¹²". Other characters stay as they are. */
export const superscript = (text: string): string =>
  text.replaceAll(/[0-9]/g, (digit) => SUPERSCRIPT[Number(digit)] ?? digit)

/** Reads superscript digits as plain ones. Other characters stay as they are. */
export const fromSuperscript = (text: string): string =>
  text.replaceAll(/[⁰¹²³⁴-⁹]/g, (digit) => String(SUPERSCRIPT.indexOf(digit)))
