import type { DivisionKind } from '../../model/division.ts'
import type { Label, LabelSeries } from '../../model/label.ts'
import { formatStep, languageOfLabel } from '../../model/label.ts'
import { inLanguage, labelInSeries, labelKey, stepsUp } from '../../model/label-path.ts'
import { LABEL_WORDS, LATIN_SUFFIXES } from '../../model/label-words.ts'
import { LANGUAGES } from '../../model/language.ts'
import type { Numeral } from '../recognise/markers/numerals.ts'
import { isNumeralStyle } from '../../model/numeral.ts'
import { numeralsOf, SUFFIX, suffixOf } from '../recognise/markers/numerals.ts'

/**
 * Returns the steps of a label, from which the same label is read again: `Article 9`, `2`, `(a)`, `(ii) bis`. A dotted step is
 * written behind a full stop alone (`.2`), a number that is left out in print before a degree sign (`Section 1°`), and one whose
 * numeral can be read in several ways says in which (`(i) roman`), in digits where its style has no numeral for it (`0 letter`).
 * The words are English. The language that the label is in stands before the first step, if that is another one (`fr:Article 9`).
 */
export function writePath(label: Label): readonly string[] {
  const language = languageOfLabel(label)
  const [first = '', ...steps] = [...stepsUp(inLanguage(label, 'en'))].reverse().map(writeStep)
  return [language === 'en' ? first : `${language}:${first}`, ...steps]
}

function writeStep(label: Label): string {
  const plain = stepWith(numeralIn(label), label)
  if (isRead(plain, label)) return plain
  const styled = `${plain} ${label.style ?? 'decimal'}`
  return isRead(styled, label) ? styled : stepWith(`${label.number} ${label.style ?? 'decimal'}`, label)
}

function numeralIn(label: Label): string {
  if (label.style === 'dotted') return `.${label.number}`
  const step = formatStep(labelInSeries(label, label.number, 0))
  return label.series === 'note' ? `note${step}` : step
}

function stepWith(numeral: string, { suffix, alt, unprinted }: Label): string {
  const counted = suffix === 0 ? '' : ` ${LATIN_SUFFIXES[suffix - 1] ?? `bis ${suffix}`}`
  return `${numeral}${unprinted ? '°' : ''}${counted}${alt ? ` alt ${alt}` : ''}`
}

function isRead(step: string, label: Label): boolean {
  const read = readStep(step, label.within)
  return read !== null && labelKey(read) === labelKey(label)
}

const DIVISION_WORDS = LABEL_WORDS.en.divisions
const STEP = new RegExp(
  `^(?:(?<word>${Object.values(DIVISION_WORDS).join('|')}) )?(?<series>PP|OP|note|row |column )?(?<dot>\\.)?[(（]?(?<n>[\\p{L}\\p{Nd}]+?)[)）]?(?<unprinted>°)?` +
    `(?: (?<suffix>${SUFFIX})(?: (?<more>\\d+))?)?(?: alt (?<alt>\\d+))?(?: (?<style>[a-z]+(?:-[a-z]+)?))?$`,
  'u',
)
const DIVISIONS = new Map(Object.entries(DIVISION_WORDS).map(([kind, word]) => [word, kind as DivisionKind]))

/** Returns null for what is no path. */
export function readPath([first = '', ...steps]: readonly string[]): Label | null {
  const language = LANGUAGES.find((each) => first.startsWith(`${each}:`))
  let label: Label | undefined
  for (const step of [language ? first.slice(language.length + 1) : first, ...steps]) {
    const read = readStep(step, label)
    if (!read) return null
    label = read
  }
  return label ? inLanguage(label, language ?? 'en') : null
}

function readStep(text: string, within: Label | undefined): Label | null {
  const {
    word,
    series,
    dot,
    n = '',
    unprinted,
    suffix,
    more,
    alt,
    style: said,
  } = STEP.exec(text)?.groups ?? {}
  const numerals = numeralsOf(n)
  const numeral =
    said === undefined
      ? numerals[0]
      : (numerals.find(({ style }) => (style ?? 'decimal') === said) ?? inDigits(n, said))
  if (!numeral) return null
  const division = word === undefined ? undefined : DIVISIONS.get(word)
  const style = dot === undefined ? numeral.style : 'dotted'
  return {
    number: numeral.number,
    suffix: suffix === undefined ? 0 : more === undefined ? suffixOf(suffix) : Number(more),
    ...(alt === undefined ? {} : { alt: Number(alt) }),
    ...(series === undefined ? {} : { series: series.trim() as LabelSeries }),
    ...(style ? { style } : {}),
    ...(unprinted === undefined ? {} : { unprinted: true }),
    ...(division ? { division } : {}),
    ...(within ? { within } : {}),
  }
}

/** The numeral of a style that is written in digits. */
const inDigits = (digits: string, style: string): Numeral | null =>
  /^\d+$/u.test(digits) && isNumeralStyle(style) ? { number: Number(digits), style } : null
