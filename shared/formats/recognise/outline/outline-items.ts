import type { Label } from '../../../model/label.ts'
import { firstMeaning, keyOf, type Frame } from './frames.ts'
import type { Marker } from '../markers/marker.ts'
import type { Numeral } from '../markers/numerals.ts'
import type { OutlineState } from './outline-state.ts'
import { optionOf, counterKey } from './outline-state.ts'
import { isNumbered } from './restarts.ts'
import type { Segment } from '../segments/segment.ts'
import { numberOf } from '../markers/series.ts'

/** Reads a paragraph that begins with a number, a letter or a dash. */
export function readMarked(state: OutlineState, segment: Segment, marker: Marker): void {
  const { text } = segment
  if (marker.style === 'PP' || marker.style === 'OP') readClauseNumber(state, segment, marker, marker.style)
  else if (marker.style === 'bullet') {
    const first = state.frames.top ? state.frames.top.level + 1 : state.textLevel + 1
    const level = Math.max(first, state.textLevel + (state.textLevel > 0 ? 1 : 0))
    state.push('paragraph', null, level + bulletDepth(state, segment.indent), text)
    state.bullets.end = state.blocks.length
  } else if (marker.path) readDotted(state, marker, marker.path, text)
  else if (isNumbered(segment) && !state.restarts.nested.has(segment)) readNumber(state, segment, marker)
  else if (marker.style === 'han' && !state.frames.main) readNumber(state, segment, marker)
  else readItem(state, marker, text)
}

/** How many columns a list within a list is further in at least. */
const FURTHER = 2

/** Returns in how many lists with dashes or bullets an item stands, by how far in it and those right before it are printed. */
function bulletDepth({ bullets, blocks }: OutlineState, indent: number): number {
  const open = bullets.end === blocks.length ? bullets.indents : []
  bullets.indents = [...open.filter((outer) => indent >= outer + FURTHER), indent]
  return Math.min(bullets.indents.length - 1, MOST_LISTS)
}

const MOST_LISTS = 3

function readClauseNumber(
  state: OutlineState,
  { text, at }: Segment,
  marker: Marker,
  series: 'PP' | 'OP',
): void {
  const within = state.container()
  const asked = labelOf(marker, { number: numberOf(marker) }, within, series)
  const label = state.book.issue(asked)
  state.zone = series === 'PP' ? 'preamble' : 'operative'
  const counted = counterKey(series, within)
  state.counted.set(counted, numberOf(marker))
  state.numbering.note(counted, { number: numberOf(marker), at, label }, asked)
  state.pushMain(label, series, text, numberOf(marker))
}

function readNumber(state: OutlineState, { text, at }: Segment, marker: Marker): void {
  const numeral = marker.numerals[0] ?? { number: 0 }
  if (marker.suffix === 0) leaveOption(state, numeral.number)
  const within = state.container()
  const asked = labelOf(marker, numeral, within)
  const label = marker.added ? state.book.issueAdded(asked) : state.book.issue(asked)
  if (state.zone === 'preamble') state.zone = 'none'
  state.numbering.note(
    counterKey('', within),
    { number: numeral.number, at, label },
    marker.added ? label : asked,
  )
  state.lastNumbers.set(counterKey('', within), numeral.number)
  state.numbers.set(String(numeral.number), { label, level: 0 })
  state.pushMain(label, keyOf(marker, numeral), text, numeral.number)
}

/** Closes an option whose numbers do not go on with `number`, when those before the option do. */
function leaveOption(state: OutlineState, number: number): void {
  const open = state.stack.open.findLast(({ container }) => container)
  if (open?.class !== 'option' || number === 1) return
  const last = (within: Label | undefined): number => state.lastNumbers.get(counterKey('', within)) ?? 0
  const outer =
    state.stack.open.findLast((heading) => heading.container && heading !== open)?.label ?? undefined
  if (last(open.label ?? undefined) + 1 !== number && last(outer) + 1 === number)
    state.stack.closeFor('option')
}

function readDotted(state: OutlineState, marker: Marker, path: readonly number[], text: string): void {
  const printed = path.slice(0, -1).join('.')
  const parent = state.numbers.get(printed) ?? parentOf(state, path)
  const level = parent.level + 1
  const numeral = { number: path.at(-1) ?? 0 }
  const asked: Label = { ...labelOf(marker, numeral, parent.label), style: 'dotted' }
  const label = state.book.issue(asked)
  state.numbers.set(path.join('.'), { label, level })
  state.frames.reset({ key: 'dotted', label, level, last: numeral.number })
  state.pushText(label, level, text)
}

/** Returns the label that a dotted number counts below where the source does not print it. */
function parentOf(
  state: OutlineState,
  path: readonly number[],
): { readonly label: Label; readonly level: number } {
  const within = state.container()
  let label: Label = { number: path[0] ?? 0, suffix: 0, ...(within ? { within } : {}) }
  for (const number of path.slice(1, -1)) label = { number, suffix: 0, style: 'dotted', within: label }
  return { label, level: path.length - 3 }
}

/** Reads an item of a list below a paragraph: (a), (i), a), or 1. again. */
function readItem(state: OutlineState, marker: Marker, text: string): void {
  const continued = state.frames.continuedBy(marker)
  const meant = continued?.numeral ?? firstMeaning(marker.numerals)
  const key = keyOf(marker, meant)
  const depth =
    continued && (continued.depth > 0 || !isDecimal(marker))
      ? continued.depth
      : listOf(state, key, meant.number)
  const sibling = state.frames.at(depth)
  const numeral = inScriptOf(sibling, meant, continued !== null)
  const parent = depth > 0 ? state.frames.at(depth - 1) : undefined
  const within = parent?.label ?? state.container() ?? state.labelled()
  const level = sibling?.level ?? (parent ? parent.level + 1 : levelBelowText(state))
  const dotted = isDecimal(marker) && parent?.label && isDecimalLabel(parent.label)
  const asked = labelOf(marker, numeral, within)
  const label = state.book.issue(dotted ? { ...asked, style: 'dotted' } : asked)
  const kind = sibling?.key ?? key
  state.frames.replace(depth, { key: kind, label, level, last: numeral.number, ...optionOf(text) })
  state.push('paragraph', label, level, text)
}

/** A list in Russian or Arabic letters that goes on with a Latin one, а) b), is one in its first letters. */
function inScriptOf(sibling: Frame | undefined, meant: Numeral, continues: boolean): Numeral {
  const style = sibling?.label?.style
  const isLatin = meant.style === 'letter'
  return continues && isLatin && (style === 'cyrillic' || style === 'arabic') ? { ...meant, style } : meant
}

/** Returns how deep the list of such an item is: that of its kind, or a new one below the last item. */
function listOf(state: OutlineState, key: string, number: number): number {
  if (number === 1 && state.frames.top?.key === 'option') return state.frames.depth
  const found = state.frames.ofKind(key)
  const chapeau = /[:：]$/u.test(
    state.blocks
      .at(-1)
      ?.text.slice(-4)
      .replace(/["'”’»)\]]+$/, '') ?? '',
  )
  return found > 0 && !(number === 1 && chapeau && found === state.frames.depth - 1)
    ? found
    : state.frames.depth
}

/** The level of a list below a paragraph that has no number. */
function levelBelowText(state: OutlineState): number {
  const before = state.blocks.at(-1)
  return !before || before.kind === 'heading' ? 0 : state.textLevel + 1
}

const isDecimal = (marker: Marker): boolean => marker.numerals.every(({ style }) => style === undefined)

/** Whether a list of numbers below a paragraph of this label is referred to as 2.1, 2.2. */
const isDecimalLabel = ({ style, division, series }: Label): boolean =>
  (style === undefined || style === 'dotted') && division === undefined && series === undefined

/** Returns the label that a mark gives. */
export function labelOf(
  marker: Marker,
  { number, style }: Numeral,
  within?: Label,
  series?: 'PP' | 'OP',
): Label {
  return {
    number,
    suffix: marker.suffix,
    ...(marker.alt > 0 ? { alt: marker.alt } : {}),
    ...(series ? { series } : {}),
    ...(style ? { style } : {}),
    ...(within ? { within } : {}),
  }
}
