import type { Line } from './line.ts'
import { ENDS, startsBlock, startsLower } from './line.ts'

const LONGEST = 120
/** Nobody writes a paragraph in capitals. */
const LONGEST_CAPITALS = 300
const MOST_WORDS = 16

/** `II. Commitments`, `A. Water`, `Section 3`: numbered differently from paragraphs. */
const NUMBERED =
  /^(?:[IVXLC]+[.):]|[IVXLC]{2,}|[A-Z][.)]|[IVXLC]+ ?[-–—]) ?\S|^(?:section|chapter|part|title|annex|chapitre|partie|sección|capítulo|parte|anexo|annexe|القسم|الفصل|الجزء|المرفق|раздел|часть|глава)\b|^(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا)/iu
const ROMAN_OR_LETTER = /^(?:[IVXLC]+|[A-Z])\b/u

export function isNumberedHeading(text: string): boolean {
  if (text.length > (isCapitals(text) ? LONGEST_CAPITALS : LONGEST) || !NUMBERED.test(text)) return false
  return ROMAN_OR_LETTER.test(text) || !/^[a-z]/.test(text)
}

function isCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.length >= 4 && /\p{Lu}/u.test(text) && text === text.toUpperCase()
}

/** `Note: …` is said of a text and heads nothing. */
const REMARK = /^[[({]?(?:(?:note|nb|nota|remarque|примечание)\b.{0,3}:|place ?(?:holder|marker)\b)/iu

/** What stands in sentences and in no heading: obligations, and another sentence behind a full stop. */
const SENTENCE = /\b(?:shall|should)\b|\p{Ll}{3,}[.;] \p{Lu}|\p{Ll}{3,}[.] \[/u

/** The beginning of a list item inside a paragraph: (a), (ii), a dash, a bullet. */
const ITEM = /^(?:\(?(?:\p{L}|[ivxlc]{1,5}|\p{Nd}{1,2})\)|[-–—•·●▪◦*] )/iu

export const isItem = (text: string): boolean => ITEM.test(text)

/** Whether a line is short and not a sentence. */
export function looksLikeHeading(text: string): boolean {
  if (text.length > LONGEST || text.split(' ').length > MOST_WORDS) return false
  if (REMARK.test(text) || SENTENCE.test(text)) return false
  return !ENDS.test(text) && !text.endsWith(',') && !startsLower(text) && !isItem(text)
}

const SENTENCE_WORDS = 7
const MOST_SENTENCE_LINES = 40

/**
 * Whether the block of lines that begins at `from` is one bracket with as many words as a sentence: a paragraph that is proposed,
 * which ends with `– EU]` instead of a full stop.
 */
export function isBracketedSentence(lines: readonly Line[], from: number): boolean {
  const first = lines[from]
  if (!first || !startsBlock(first) || !/^[[［]/u.test(first.text)) return false
  let words = 0
  for (let i = from; i < from + MOST_SENTENCE_LINES; i++) {
    const [line, next] = [lines[i], lines[i + 1]]
    if (!line) return false
    words += line.text.split(' ', SENTENCE_WORDS).length
    if (!next || startsBlock(next)) return words >= SENTENCE_WORDS && /[\]］]$/u.test(line.text)
  }
  return false
}

export type HeadingSign = 'certain' | 'likely' | 'possible' | 'none'

/**
 * Returns what kind of heading the line at `i` is, if any. `finished`: whether the text before it is a complete
 * sentence. If it is not, a short line is more likely the rest of that sentence after a page break.
 */
export function headingSign(
  lines: readonly Line[],
  i: number,
  stops: (index: number) => boolean,
  opens: boolean,
  finished: boolean,
): HeadingSign {
  const line = lines[i]
  if (!line) return 'none'
  // Most lines of a large text stand within a sentence: nothing else is asked of them.
  if (!opens && !finished) return 'none'
  const alone = endsAsHeading(lines, i, stops)
  const likely = looksLikeHeading(line.text)
  const brief = likely || line.text.length < 60 || isCapitals(line.text)
  if (isNumberedHeading(line.text) && brief && alone) return 'certain'
  if (!likely) return 'none'
  const followed = stops(i + 1)
  if (!finished) return opens && alone && followed ? 'possible' : 'none'
  if (isCapitals(line.text)) return 'certain'
  if (!alone) return 'none'
  if (opens) return 'certain'
  return followed && line.text.split(' ').length <= 8 ? 'likely' : 'none'
}

const MOST_LINES = 3

/**
 * Whether the lines end as a heading does: after few lines, none of them a sentence, at a paragraph or a blank
 * line.
 */
export function endsAsHeading(
  lines: readonly Line[],
  from: number,
  stops: (index: number) => boolean,
): boolean {
  for (let i = from; i < from + MOST_LINES; i++) {
    const line = lines[i]
    const next = lines[i + 1]
    if (!line || (i > from && (line.text.length > LONGEST || ENDS.test(line.text)))) return false
    if (!next || startsBlock(next) || stops(i + 1)) return true
  }
  return false
}
