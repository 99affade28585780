import type { DivisionKind } from '../../model/division.ts'
import type { Label, LabelSeries } from '../../model/label.ts'
import { formatStep, languageOfLabel } from '../../model/label.ts'
import { inLanguage, stepsUp } from '../../model/label-path.ts'
import { LABEL_WORDS, LATIN_SUFFIXES } from '../../model/label-words.ts'
import { LANGUAGES } from '../../model/language.ts'
import { numeralsOf, SUFFIX, suffixOf } from '../recognise/markers/numerals.ts'

/**
 * A label as the path of its steps, from which the same label is read again: `Article 9 > 2 > (a) > (ii) bis`. A dotted step is
 * written behind a full stop alone (`1 > .2`), and one whose numeral can be read in several ways says in which (`(i) roman`).
 * Its words are English. The language that its label is in stands before it, if that is another one (`fr:Article 9`).
 */
export function writePath(label: Label): string {
  const language = languageOfLabel(label)
  const path = [...stepsUp(inLanguage(label, 'en'))].reverse().map(writeStep).join(' > ')
  return language === 'en' ? path : `${language}:${path}`
}

function writeStep(label: Label): string {
  const { suffix, alt, ...plain } = label
  const number = label.style === 'dotted' ? `.${label.number}` : formatStep({ ...plain, suffix: 0 })
  const counted = suffix === 0 ? '' : ` ${LATIN_SUFFIXES[suffix - 1] ?? `bis ${suffix}`}`
  const step = `${number}${counted}${alt ? ` alt ${alt}` : ''}`
  const read = readStep(step, label.within)
  return read?.style === label.style ? step : `${step} ${label.style ?? 'decimal'}`
}

const DIVISION_WORDS = LABEL_WORDS.en.divisions
const STEP = new RegExp(
  `^(?:(?<word>${Object.values(DIVISION_WORDS).join('|')}) )?(?<series>PP|OP|row |column )?(?<dot>\\.)?[(（]?(?<n>[\\p{L}\\p{Nd}]+?)[)）]?` +
    `(?: (?<suffix>${SUFFIX})(?: (?<more>\\d+))?)?(?: alt (?<alt>\\d+))?(?: (?<style>[a-z]+(?:-[a-z]+)?))?$`,
  'u',
)
const DIVISIONS = new Map(Object.entries(DIVISION_WORDS).map(([kind, word]) => [word, kind as DivisionKind]))

/** Returns null for what is no path. */
export function readPath(text: string): Label | null {
  const language = LANGUAGES.find((each) => text.startsWith(`${each}:`))
  const path = language ? text.slice(language.length + 1) : text
  let label: Label | undefined
  for (const step of path.split(' > ')) {
    const read = readStep(step, label)
    if (!read) return null
    label = read
  }
  return label ? inLanguage(label, language ?? 'en') : null
}

function readStep(text: string, within: Label | undefined): Label | null {
  const { word, series, dot, n = '', suffix, more, alt, style: said } = STEP.exec(text)?.groups ?? {}
  const numerals = numeralsOf(n)
  const numeral =
    said === undefined ? numerals[0] : numerals.find(({ style }) => (style ?? 'decimal') === said)
  if (!numeral) return null
  const division = word === undefined ? undefined : DIVISIONS.get(word)
  const style = dot === undefined ? numeral.style : 'dotted'
  return {
    number: numeral.number,
    suffix: suffix === undefined ? 0 : more === undefined ? suffixOf(suffix) : Number(more),
    ...(alt === undefined ? {} : { alt: Number(alt) }),
    ...(series === undefined ? {} : { series: series.trim() as LabelSeries }),
    ...(style ? { style } : {}),
    ...(division ? { division } : {}),
    ...(within ? { within } : {}),
  }
}
