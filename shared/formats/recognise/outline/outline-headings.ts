import type { Label } from '../../../model/label.ts'
import { headingClass, readEnumerated } from './heading-class.ts'
import { looksLikeHeading } from '../lines/headings.ts'
import { readOptionHeading } from './outline-options.ts'
import type { OutlineState } from './outline-state.ts'
import { isNumbered } from './restarts.ts'
import type { Segment } from '../segments/segment.ts'
import { numberOf } from '../markers/series.ts'

/** `1. Purpose` above 1.1 is a heading. */
export function isNumberedHeading(state: OutlineState, segment: Segment, index: number): boolean {
  if (state.numberedHeadings.has(segment)) return true
  const path = state.segments[index + 1]?.marker?.path
  if (!isNumbered(segment) || !path) return false
  return path[0] === numberOf(segment.marker) && path[1] === 1 && looksLikeHeading(segment.text)
}

/** Reads a heading, closes those that it ends, and gives it a label where numbers count below it. */
export function readHeading(state: OutlineState, segment: Segment, index: number): void {
  const { division } = segment
  if (state.zone === 'preamble') state.zone = 'none'
  if (division?.kind === 'option' && !segment.asked) {
    readOptionHeading(state, segment, division, index)
    return
  }
  state.frames.reset()
  const of = headingClass(segment)
  const container = state.restarts.containers.has(segment)
  const asked = segment.asked?.level
  const level = asked === undefined ? state.stack.closeFor(of) : state.stack.closeBelow(asked)
  const { label, text } = headingLabel(state, segment, container)
  state.stack.push({ class: of, label, container: container || division?.kind === 'article' })
  state.textLevel = 0
  state.push('heading', label, level, text)
  if (label && segment.marker && !label.division)
    state.numbers.set(String(label.number), { label, level: -1 })
}

function headingLabel(
  state: OutlineState,
  segment: Segment,
  container: boolean,
): { readonly label: Label | null; readonly text: string } {
  const { division, marker, text } = segment
  if (division) {
    const within = state.restarts.kinds.has(division.kind) ? state.labelled() : undefined
    return { label: state.book.issue(state.divisionLabel(division, within)), text }
  }
  if (marker && state.numberedHeadings.has(segment)) {
    if (!container) return { label: null, text: `${marker.printed} ${text}` }
    const label = { division: 'section', number: numberOf(marker), suffix: marker.suffix } as const
    return { label: state.book.issue(label), text }
  }
  if (marker) {
    const within = state.container()
    const label = { number: numberOf(marker), suffix: marker.suffix, ...(within ? { within } : {}) }
    return { label: state.book.issue(label), text }
  }
  if (!container) return { label: null, text }
  const enumerated = readEnumerated(text)
  if (!enumerated) {
    const kind = headingClass(segment) === 'annex' ? 'annex' : 'section'
    const label = { division: kind, number: state.next(`${kind}s`), suffix: 0, unprinted: true } as const
    return { label: state.book.issue(label), text }
  }
  const { number, style } = state.meaning('section', enumerated.numerals)
  const label: Label = { division: 'section', number, suffix: 0, ...(style ? { style } : {}) }
  return { label: state.book.issue(label), text: enumerated.rest }
}
