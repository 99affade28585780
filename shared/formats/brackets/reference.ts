import type { DivisionKind } from '../../model/division.ts'
import type { Label } from '../../model/label.ts'
import { LABEL_WORDS } from '../../model/label-words.ts'
import { numeralsOf, SUFFIX, suffixOf } from '../recognise/markers/numerals.ts'

const LANGUAGES_WORDS = Object.values(LABEL_WORDS)
/** By the words in lower case, without the place of the number. */
const DIVISIONS: ReadonlyMap<string, DivisionKind> = new Map(
  LANGUAGES_WORDS.flatMap(({ divisions }) =>
    Object.entries(divisions).map(([kind, word]) => [
      word.replace(/第?…/u, '').toLowerCase(),
      kind as DivisionKind,
    ]),
  ),
)
const PARAGRAPH = new RegExp(
  `^(?:para\\.?|${LANGUAGES_WORDS.map(({ paragraph }) => paragraph)
    .filter((word) => !word.includes('…'))
    .join('|')})\\s+`,
  'iu',
)
/** Steps within a table: `row 2`, `第2行`. */
const GRID = new RegExp(
  `^(?:${(['row', 'column'] as const)
    .map(
      (series) =>
        `(?<${series}>${LANGUAGES_WORDS.map((words) => words[series].replace('…', '\\d+')).join('|')})`,
    )
    .join('|')})(?: \\d+)?$`,
  'iu',
)
const BEHIND = `(?:[ .]?(?<suffix>${SUFFIX})(?!\\p{L}))?(?:[ .]?(?<alt>alt)(?: (?<nth>\\d{1,2})(?!\\d))?)?`
const DIVISION = new RegExp(`^(?<word>\\p{L}+) (?<n>[\\p{L}\\p{Nd}]+)${BEHIND}(?: |$)`, 'u')
const HAN_DIVISION = new RegExp(
  `^(?:第(?<n>[一二三四五六七八九十]{1,3}|[\\p{Nd}A-Z]+)(?<word>条|节|章|部分)|(?<word>附件|备选案文|行动|表)(?<n>[一二三四五六七八九十]{1,3}|[\\p{Nd}A-Z]+))${BEHIND} ?`,
  'u',
)
const STEP = new RegExp(
  `^(?:(?<series>PP|OP) ?)?(?:(?<path>\\d{1,4}(?:\\.\\d{1,3}){0,4})|[(（](?<in>[\\p{L}\\p{Nd}]{1,6})[)）]|(?<half>\\p{L}{1,3})\\)|(?<han>[一二三四五六七八九十]{1,3})|(?<upper>[A-Z]{1,4})(?!\\p{L}))${BEHIND}(?: |(?=（)|$)`,
  'u',
)

/** Reads a full reference as `formatLabel` writes it, such as `3 bis` or `Article 9, paragraph 2 (a)`; null for other text. */
export function readReference(text: string): Label | null {
  let within: Label | undefined
  for (const part of text
    .trim()
    .replace(/(?<=.)(?=第)/gu, ', ')
    .split(/[,،，]\s*/u)) {
    const words = part.replace(PARAGRAPH, '').replace(/^第(.+?)[款段]/u, '$1')
    const label = readPart(words, within)
    if (!label) return null
    within = label
  }
  return within ?? null
}

function readPart(text: string, within: Label | undefined): Label | null {
  const grid = GRID.exec(text)
  if (grid && within) {
    const series = grid.groups?.['row'] === undefined ? 'column' : 'row'
    return { number: Number(/\d+/u.exec(text)?.[0] ?? 0), suffix: 0, series, within }
  }
  const match = DIVISION.exec(text) ?? HAN_DIVISION.exec(text)
  const division = match && divisionOf(match, within)
  if (!division) return stepsIn(text, within)
  const rest = text.slice(match[0].length)
  return rest === '' ? division : stepsIn(rest, division)
}

function divisionOf(match: RegExpExecArray, within: Label | undefined): Label | null {
  const division = DIVISIONS.get(match.groups?.['word']?.toLowerCase() ?? '')
  const numeral = numeralsOf(match.groups?.['n'] ?? '')[0]
  if (!division || !numeral) return null
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
  const { series, path, in: inside, half, upper, han } = match.groups ?? {}
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
  const numerals = numeralsOf(inside ?? half ?? upper ?? han ?? '')
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
