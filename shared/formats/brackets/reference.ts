import type { DivisionKind, Label } from '../../model/label.ts'
import { DIVISION_WORDS } from '../../model/label.ts'
import { numeralsOf, SUFFIX, suffixOf } from '../recognise/numerals.ts'

const DIVISIONS = new Map(
  Object.entries(DIVISION_WORDS).map(([kind, word]) => [word.toLowerCase(), kind as DivisionKind]),
)
const BEHIND = `(?:[ .]?(?<suffix>${SUFFIX})(?!\\p{L}))?(?:[ .]?(?<alt>alt)(?: (?<nth>\\d{1,2})(?!\\d))?)?`
const DIVISION = new RegExp(`^(?<word>\\p{L}+) (?<n>[\\p{L}\\p{Nd}]+)${BEHIND}$`, 'u')
const STEP = new RegExp(
  `^(?:(?<series>PP|OP) ?)?(?:(?<path>\\d{1,4}(?:\\.\\d{1,3}){0,4})|\\((?<in>[\\p{L}\\p{Nd}]{1,6})\\)|(?<half>\\p{L}{1,3})\\)|(?<upper>[A-Z]{1,4})(?!\\p{L}))${BEHIND}(?: |$)`,
  'u',
)

/** Reads a full reference as `formatLabel` writes it, such as `3 bis` or `Article 9, paragraph 2 (a)`; null for other text. */
export function readReference(text: string): Label | null {
  let within: Label | undefined
  for (const part of text.trim().split(/,\s*/u)) {
    const words = part.replace(/^para(?:graph|\.)?\s+/iu, '')
    const label: Label | null = divisionIn(words, within) ?? stepsIn(words, within)
    if (!label) return null
    within = label
  }
  return within ?? null
}

function divisionIn(text: string, within: Label | undefined): Label | null {
  const match = DIVISION.exec(text)
  const division = DIVISIONS.get(match?.groups?.['word']?.toLowerCase() ?? '')
  const numeral = numeralsOf(match?.groups?.['n'] ?? '')[0]
  if (!match || !division || !numeral) return null
  const { number, style } = numeral
  return { number, ...behind(match), division, ...(style && { style }), ...(within && { within }) }
}

function stepsIn(text: string, outer: Label | undefined): Label | null {
  let label = outer
  let rest = text
  while (rest !== '') {
    const match = STEP.exec(rest)
    if (!match) return null
    label = stepOf(match, label)
    if (!label) return null
    rest = rest.slice(match[0].length)
  }
  return label === outer ? null : (label ?? null)
}

function stepOf(match: RegExpExecArray, within: Label | undefined): Label | undefined {
  const { series, path, in: inside, half, upper } = match.groups ?? {}
  if (path !== undefined) {
    const [first = '', ...dotted] = path.split('.')
    const last = behind(match)
    const at = (i: number): Omit<Label, 'number'> => (i === dotted.length ? last : { suffix: 0 })
    let label: Label = {
      number: Number(first),
      ...at(0),
      ...(series && { series: series as 'PP' | 'OP' }),
      ...(within && { within }),
    }
    for (const [i, number] of dotted.entries())
      label = { number: Number(number), ...at(i + 1), style: 'dotted', within: label }
    return label
  }
  const numerals = numeralsOf(inside ?? half ?? upper ?? '')
  const below = within !== undefined && within.style === 'letter'
  const numeral = (below ? numerals.find(({ style }) => style === 'roman') : undefined) ?? numerals[0]
  if (!numeral) return undefined
  const { number, style } = numeral
  return { number, ...behind(match), ...(style && { style }), ...(within && { within }) }
}

function behind({ groups = {} }: RegExpExecArray): Pick<Label, 'suffix' | 'alt'> {
  const { suffix, alt, nth } = groups
  return {
    suffix: suffix === undefined ? 0 : suffixOf(suffix),
    ...(alt === undefined ? {} : { alt: Number(nth ?? 1) }),
  }
}
