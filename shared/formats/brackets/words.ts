import { optionStyle } from '../recognise/markers/option.ts'

/** Brackets that are words of the text, not brackets of a negotiation. */

const BLANK =
  /^[\s_.…‥·•●○x×X%-]*$|^[\s_.…]*X{1,4}[\s_.…]*%?$|^20(?:XX|xx|\.\.|__|--|…)$|^(?:[NYZ]{1,2}|Y{4}|#+|\?+)%?$/u
const SAID =
  /^(?:sic!?|italics? (?:added|mine|in original)|emphasis added|hereinafter[^\]]*|ibid\.?|translat\w+ .*)$/iu
const PLACEHOLDER =
  /^(?:placeholder|tbd|tbc|tba|to be (?:completed|determined|decided|confirmed|added|inserted|updated|developed|defined)|insert(?: [\w ]{1,30})?|blank|pending|intentionally left blank|date|place|year|month|day|amount|figure|percentage|name|number|title|text|venue|city|country|reference|ref\.?)$/iu
const NOTE =
  /^(?:(?:editor(?:ial|['’]s)?|drafting|drafters?['’]?|secretariat(?:['’]s)?|facilitators?['’]?s?|chairs?['’]?s?) note|note(?: by| from| to)?\b|nb\b|n\.b\.)/iu
const SYMBOL = /^[A-Z]{1,6}(?:\/[A-Z0-9][\w.-]*)+$/u
/** The longest that stands for a day or an option, in UTF-16 units. */
const LONGEST_LABEL = 40
const FIGURE = /^\d{1,3}$/u

/**
 * Whether a bracket with these contents is a word: `[sic]`, `[…]`, `[X]`, `[placeholder]`, `[Note: …]`, a symbol, the
 * figure of a footnote directly behind a word, or a date, a year or the number of an option that is all of its block. In
 * a cell of a table figures, dates and years are what is negotiated, unless a figure is directly behind a word.
 */
export function isWordInBrackets(inside: string, before: string, whole: boolean, cell: boolean): boolean {
  const words = inside.trim()
  if (words.length > 400) return NOTE.test(words)
  if (/^place ?(?:holder|marker)\b/iu.test(words)) return true
  if (BLANK.test(words) || SAID.test(words) || PLACEHOLDER.test(words)) return true
  if (NOTE.test(words) || (SYMBOL.test(words) && /\d/u.test(words))) return true
  if (FIGURE.test(words)) return cell ? /[^\s[\](]$/u.test(before) : before === '' || /[^\s[(]$/u.test(before)
  return whole && !cell && words.length < LONGEST_LABEL && (isDay(words) || isOption(words))
}

const isOption = (words: string): boolean => optionStyle(words) !== null && words.split(' ').length <= 2

const isDay = (words: string): boolean =>
  /^(?:(?:as at|as of|version of|dated) )?(?:\d{1,2} \p{L}+ \d{4}|\p{L}+ \d{1,2},? \d{4}|\d{4}(?:-\d{2}-\d{2})?|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:,? \d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)?)?$/iu.test(
    words,
  )
