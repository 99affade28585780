const PLAIN = '0123456789abcdeiorstun'
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉⁱᵒʳˢᵗᵘⁿ'

/**
 * Writes the number of a footnote in superscript: 12 is "¹²", "1 bis" is "¹ᵇⁱˢ". Letters that are not raised in Unicode, and other
 * characters, stay as they are.
 */
export const superscript = (text: string): string =>
  text.replaceAll(' ', '').replaceAll(/[0-9a-z]/g, (sign) => RAISED[PLAIN.indexOf(sign)] ?? sign)

/** Reads superscript digits and letters as plain ones. Other characters stay as they are. */
export const fromSuperscript = (text: string): string =>
  text.replaceAll(/[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉⁱᵒʳˢᵗᵘⁿ]/gu, (sign) => PLAIN[RAISED.indexOf(sign)] ?? sign)
