import type { Label } from '../../../model/label.ts'
import type { DivisionHead } from '../markers/division.ts'
import { optionStyle } from '../markers/option.ts'
import type { OutlineState } from './outline-state.ts'
import { isNumbered } from './restarts.ts'
import type { Segment } from '../segments/segment.ts'

/** Where an option belongs: the label that it counts below, and its place among the open lists. */
interface OptionPlace {
  readonly within: Label | undefined
  readonly depth: number
  readonly level: number
}

/**
 * Reads an option that stands alone on its line. Options whose paragraphs go on with the numbers before them divide
 * nothing: the second paragraph 2 is "2 alt". Others have a label, and what stands below them counts below it.
 */
export function readOptionHeading(
  state: OutlineState,
  segment: Segment,
  division: DivisionHead,
  index: number,
): void {
  const words = fullText(segment, division)
  if (readAlternative(state, words)) return
  const next = state.segments[index + 1]
  const container = state.restarts.containers.has(segment)
  if (!container && next && isOfSeries(state, next)) {
    state.frames.reset()
    state.push('heading', null, state.stack.closeFor('option'), words)
    state.stack.push({ class: 'option', label: null, container: false })
    return
  }
  const place = placeOption(state, division)
  const level = state.stack.closeFor('option')
  const label = state.book.issue(state.divisionLabel(division, place.within))
  state.stack.push({ class: 'option', label, container })
  if (container) state.frames.reset()
  else state.frames.replace(place.depth, { key: 'option', label, level: place.level, last: label.number })
  state.textLevel = place.level
  state.push('heading', label, level, segment.text)
}

/** Whether a segment is a paragraph of a numbered series, and not an item of a list below one. */
function isOfSeries(state: OutlineState, segment: Segment): boolean {
  const { marker } = segment
  if (marker?.style === 'OP' || marker?.style === 'PP') return true
  return isNumbered(segment) && !state.restarts.nested.has(segment)
}

/** Reads an option whose words begin on the same line. */
export function readOption(state: OutlineState, segment: Segment, division: DivisionHead): void {
  const words = fullText(segment, division)
  if (readAlternative(state, words)) return
  const beside = state.stack.open.at(-1)
  if (beside?.class === 'option' && beside.label === null) {
    // It stands beside an option that divides nothing.
    state.frames.reset()
    state.push('heading', null, state.stack.closeFor('option'), words)
    state.stack.push(beside)
    return
  }
  const place = placeOption(state, division)
  const label = state.book.issue(state.divisionLabel(division, place.within))
  state.frames.replace(place.depth, { key: 'option', label, level: place.level, last: label.number })
  state.pushText(label, place.level, segment.text)
}

/** Reads `Option 2: …` behind `2. Option 1: …` as the alternative of paragraph 2; returns false behind others. */
function readAlternative(state: OutlineState, words: string): boolean {
  const depth = state.frames.withOption(optionStyle(words) ?? 'number')
  const first = state.frames.at(depth)
  if (!first?.label) return false
  const { alt: _, ...plain } = first.label
  const label = state.book.issue(plain)
  state.frames.replace(depth, { ...first, label })
  if (depth === 0) state.textLevel = first.level
  state.push('paragraph', label, first.level, words)
  return true
}

/** Returns where an option belongs: beside the one before it, below a paragraph, or below a heading. */
function placeOption(state: OutlineState, { numerals }: DivisionHead): OptionPlace {
  const follows = (label: Label | null | undefined): boolean =>
    numerals.some(
      ({ number, style }) =>
        number === (label?.number ?? -1) + 1 && (style === 'letter') === (label?.style === 'letter'),
    )
  const depth = state.frames.optionBefore(follows)
  const before = state.frames.at(depth)
  if (before) return { within: before.label?.within, depth, level: before.level }
  const heading = state.stack.open.findLast(({ class: of, label }) => of === 'option' && follows(label))
  if (heading) {
    state.stack.closeFor('option')
    state.frames.reset()
    return { within: heading.label?.within, depth: 0, level: 0 }
  }
  const { top } = state.frames
  if (top?.key === 'option' && top.label?.style !== numerals[0]?.style)
    return { within: top.label ?? undefined, depth: state.frames.depth, level: top.level + 1 }
  const parent = state.frames.at(state.frames.numbered)
  if (parent?.label)
    return { within: parent.label, depth: state.frames.numbered + 1, level: parent.level + 1 }
  state.stack.closeFor('option')
  return { within: state.labelled(), depth: 0, level: 0 }
}

/** The words of an option with its number in front, as the source has them. */
const fullText = ({ text }: Segment, { opened, closed, printed }: DivisionHead): string =>
  text === opened + closed ? opened + printed : `${opened}${printed} ${text.slice(opened.length)}`.trim()
