import { writeDivision, writeSuffix } from './label-words.ts'
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
  /** Preambular or operative, in resolutions: "PP3 bis", "OP7". Or a footnote: "footnote 3". */
  readonly series?: 'PP' | 'OP' | 'note'
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
}

/** `dotted`: written behind the label that it is within and a full stop, as in "1.2.1". */
export type LabelStyle = NumeralStyle | 'dotted'

export const DIVISIONS = ['article', 'section', 'part', 'chapter', 'annex', 'option', 'action'] as const
export type DivisionKind = (typeof DIVISIONS)[number]

/** The words that stand before the number of a division. */
export const DIVISION_WORDS: Readonly<Record<DivisionKind, string>> = {
  article: 'Article',
  section: 'Section',
  part: 'Part',
  chapter: 'Chapter',
  annex: 'Annex',
  option: 'Option',
  action: 'Action',
}

const SUFFIXES = [
  '',
  'bis',
  'ter',
  'quater',
  'quinquies',
  'sexies',
  'septies',
  'octies',
  'novies',
  'decies',
  'undecies',
  'duodecies',
  'terdecies',
  'quaterdecies',
  'quindecies',
  'sexdecies',
  'septdecies',
  'octodecies',
  'novodecies',
  'vicies',
] as const

/** Returns the full reference: "3 bis", "2 (a)", "1.2.1", "Article 9, paragraph 2 (a) (ii) bis". */
export function formatLabel(label: Label): string {
  const step = formatStep(label)
  // The step of a dotted label repeats the number of the label that it is within.
  const within = label.style === 'dotted' ? beforeDotted(label) : label.within
  if (!within) return label.series === 'note' ? `footnote ${step}` : step
  const before = formatLabel(within)
  if (label.division) return `${before}, ${step}`
  if (!within.division) return `${before} ${step}`
  if (isBracketed(label)) return `${before} ${step}`
  const isPlain = label.series === undefined && (label.style === undefined || label.style === 'dotted')
  return `${before}, ${isPlain ? 'paragraph ' : ''}${step}`
}

/** Whether what bears the label is referred to by it: a heading without a number in print is by its words. */
export const hasReference = (label: Label | null | undefined): label is Label =>
  label !== null && label !== undefined && !(label.division && label.unprinted)

/** Whether a number is left out where the text is printed. One that came between others is not. */
export const isLeftOut = ({ unprinted, suffix, alt = 0 }: Label): boolean =>
  unprinted === true && suffix === 0 && alt === 0

/**
 * Returns the last step, as it stands at the paragraph: "2", "(a)", "1.2.1", "Article 2", "PP3 bis". In the text its words are
 * those of the text's `language`: "Статья 2", "2 бис"; where the interface refers to it, they are English.
 */
export function formatStep(label: Label, language: Language | null = null): string {
  if (!label.division) return suffixed(label, language)
  const behind = suffixesOf(label, language)
  return (
    writeDivision(label.division, enclosed(label, language), behind, language) ??
    `${DIVISION_WORDS[label.division]} ${enclosed(label, language)}${behind}`
  )
}

/** Returns a step with the sign that stands behind it in print: "2.", "(a)", "一、". */
export function printedStep(step: string): string {
  if (step.endsWith(')')) return step
  return `${step}${/\p{Script=Han}$/u.test(step) ? '、' : '.'}`
}

/** Returns the last step without the word of a division. */
const suffixed = (label: Label, language: Language | null): string =>
  enclosed(label, language) + suffixesOf(label, language)

/** Returns what stands behind the number: " bis", " bis alt 2". */
function suffixesOf({ suffix, alt }: Label, language: Language | null): string {
  const latin = suffix === 0 ? '' : ` ${SUFFIXES[suffix] ?? `bis ${suffix}`}`
  const second = alt ? ` alt${alt === 1 ? '' : ` ${alt}`}` : ''
  return (writeSuffix(suffix, language) ?? latin) + second
}

/** Returns the label that the reference of a dotted label begins with: what the first of its numbers is within. */
function beforeDotted(label: Label): Label | undefined {
  let first = label
  while (first.style === 'dotted' && first.within) first = first.within
  // The number of a division is repeated, and its word is not.
  return first.division ? first : first.within
}

/** Capital letters and numerals are bracketed where they are below a paragraph: "2 (A)". */
function isBracketed({ style, within }: Label): boolean {
  if (style === 'letter' || style === 'roman') return true
  return (style === 'upper-letter' || style === 'upper-roman') && within !== undefined && !within.division
}

function enclosed(label: Label, language: Language | null): string {
  const number = numberOf(label, language)
  if (isBracketed(label)) return `(${number})`
  return label.style === 'cyrillic' ? `${number})` : number
}

function numberOf({ number, series, style, within }: Label, language: Language | null): string {
  if (style !== 'dotted')
    return `${series === 'note' ? '' : (series ?? '')}${style ? writeNumeral(number, style) : number}`
  return within ? `${suffixed(within, language)}.${number}` : String(number)
}
