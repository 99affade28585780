import type { DivisionKind } from './division.ts'
import { LABEL_WORDS, suffixWord, withNumber } from './label-words.ts'
import type { LabelWords } from './label-words.ts'
import type { Language } from './language.ts'
import { writeNumeral } from './numeral.ts'
import type { NumeralStyle } from './numeral.ts'

/**
 * The number shown for a paragraph, or for a division at its heading. It is issued once and does not change during a
 * round, whatever becomes of others: a paragraph added after 3 is "3 bis", the next one "3 ter".
 *
 * A label is a path: `within` is the label that it counts below, so that a label alone gives the full reference.
 */
export interface Label {
  /** 1 for the first of its series. 0 for one that was put before the first. */
  readonly number: number
  /** 0: none, 1: bis, 2: ter, 3: quater … */
  readonly suffix: number
  /** An alternative to the paragraph of this number: 1 is "alt", 2 "alt 2". */
  readonly alt?: number
  /**
   * Preambular or operative, in resolutions: "PP3 bis", "OP7". A footnote: "footnote 3". Or a step of the path of a table's cell:
   * see `table.ts`.
   */
  readonly series?: LabelSeries
  /** How the number is written. Absent: decimal. */
  readonly style?: LabelStyle
  /**
   * Whether the number does not stand in the text's own print: the clauses of a preamble, sections without a number. It is
   * referred to by it all the same, but for a heading.
   */
  readonly unprinted?: true
  /** For the label of a division, which its heading bears. */
  readonly division?: DivisionKind
  /** The label of the paragraph that governs it, or of its division. Absent: it is in the document's own series. */
  readonly within?: Label
  /**
   * In which language the words of the whole path are: that of the text when it was imported. Only the first step of the
   * path says it. Absent: English.
   */
  readonly language?: Language
}

export type LabelSeries = 'PP' | 'OP' | 'note' | 'row' | 'column'

/** `dotted`: written behind the label that it is within and a full stop, as in "1.2.1". */
export type LabelStyle = NumeralStyle | 'dotted'

/** Returns the language of the words of a label. */
export function languageOfLabel(label: Label): Language {
  let first = label
  while (first.within) first = first.within
  return first.language ?? 'en'
}

/** Returns the full reference: "3 bis", "2 (a)", "1.2.1", "Article 9, paragraph 2 (a) (ii) bis", "第九条第2款（一）". */
export function formatLabel(label: Label): string {
  const words = LABEL_WORDS[languageOfLabel(label)]
  const step = formatStep(label)
  // The step of a dotted label repeats the number of the label that it is within.
  const within = label.style === 'dotted' ? beforeDotted(label) : label.within
  if (!within) return label.series === 'note' ? worded(words.footnote, label) : step
  const before = formatLabel(within)
  if (label.division || gridWord(label)) return joined(before, step, words)
  // Full-width brackets have their space within.
  if (step.startsWith('（')) return `${before}${step}`
  if (!within.division || isBracketed(label)) return `${before} ${step}`
  const isPlain = label.series === undefined && (label.style === undefined || label.style === 'dotted')
  const { paragraph, paragraphOfArticle = paragraph } = words
  const word = within.division === 'article' ? paragraphOfArticle : paragraph
  return joined(before, isPlain ? worded(word, label) : step, words)
}

const joined = (before: string, step: string, { comma }: LabelWords): string =>
  before + (step.startsWith('第') ? '' : comma) + step

/** Whether what bears the label is referred to by it: a heading without a number in print is by its words. */
export const hasReference = (label: Label | null | undefined): label is Label =>
  label !== null && label !== undefined && !(label.division && label.unprinted)

/** Whether a number is left out where the text is printed. One that came between others is not. */
export const isLeftOut = ({ unprinted, suffix, alt = 0 }: Label): boolean =>
  unprinted === true && suffix === 0 && alt === 0

/** Returns the last step, as it stands at the paragraph: "2", "(a)", "1.2.1", "Article 2", "المادة 2", "PP3 bis", "column 2". */
export function formatStep(label: Label): string {
  const grid = gridWord(label)
  if (grid) return worded(LABEL_WORDS[languageOfLabel(label)][grid], label)
  if (!label.division) return suffixed(label)
  return worded(LABEL_WORDS[languageOfLabel(label)].divisions[label.division], label)
}

/** Which word stands before the number of a step within a table; null for any other step. */
const gridWord = ({ series }: Label): 'row' | 'column' | null =>
  series === 'row' || series === 'column' ? series : null

/** Returns a number with a word of the language. In Chinese the suffix stands behind both: 第二条之二. */
const worded = (word: string, label: Label): string =>
  word.includes('…')
    ? behindNumber(label, withNumber(word, enclosed(label)))
    : withNumber(word, suffixed(label))

/** Returns a step with the sign that stands behind it in print: "2.", "(a)", "一、". */
export function printedStep(step: string): string {
  if (/[)）]$/u.test(step)) return step
  return `${step}${/\p{Script=Han}$/u.test(step) ? '、' : '.'}`
}

/** Returns the last step without the word of a division. */
const suffixed = (label: Label): string => behindNumber(label, enclosed(label))

/** Returns a number with its suffix and the word of its alternative. */
function behindNumber(label: Label, number: string): string {
  // Marks are raised characters, which there are of Latin letters alone.
  const language = label.series === 'note' ? 'en' : languageOfLabel(label)
  const space = language === 'zh' ? '' : ' '
  const suffix = label.suffix > 0 ? `${space}${suffixWord(label.suffix, language)}` : ''
  const alternative = label.alt ? ` alt${label.alt === 1 ? '' : ` ${label.alt}`}` : ''
  return `${number}${suffix}${alternative}`
}

/** Returns the label that the reference of a dotted label begins with: what the first of its numbers is within. */
function beforeDotted(label: Label): Label | undefined {
  let first = label
  while (first.style === 'dotted' && first.within) first = first.within
  // The number of a division is repeated, and its word is not.
  return first.division ? first : first.within
}

/** Capital letters and numerals, and Han ones, are bracketed where they are below a paragraph: "2 (A)". */
function isBracketed({ style, within, division }: Label): boolean {
  if (style === 'letter' || style === 'roman') return true
  if (style === 'arabic') return division === undefined
  const isBelow = within !== undefined && !within.division && division === undefined
  return (style === 'upper-letter' || style === 'upper-roman' || style === 'han') && isBelow
}

function enclosed(label: Label): string {
  const number = numberOf(label)
  if (isBracketed(label)) return label.style === 'han' ? `（${number}）` : `(${number})`
  return label.style === 'cyrillic' && !label.division ? `${number})` : number
}

function numberOf({ number, series, style, within }: Label): string {
  if (style !== 'dotted')
    return `${series === 'PP' || series === 'OP' ? series : ''}${style ? writeNumeral(number, style) : number}`
  return within ? `${suffixed(within)}.${number}` : String(number)
}
