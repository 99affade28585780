import { firstMeaning, keyOf } from './frames.ts'
import type { Marker } from '../markers/marker.ts'
import { readHeading } from './outline-headings.ts'
import { labelOf, readMarked } from './outline-items.ts'
import { optionOf, type OutlineState } from './outline-state.ts'
import { readUnmarked } from './outline-unmarked.ts'
import type { Segment } from '../segments/segment.ts'

/** Reads a heading or paragraph of which a person said what it is: neither its kind nor its level is changed here. */
export function readAsked(state: OutlineState, segment: Segment, index: number): void {
  const { kind, marker, text, asked } = segment
  if (kind === 'heading') readHeading(state, segment, index)
  else if (asked?.level === undefined) {
    if (marker) readMarked(state, segment, marker)
    else readUnmarked(state, text, index)
  } else if (asked.level === 0) {
    state.frames.reset()
    if (marker) readMarked(state, segment, marker)
    else readUnmarked(state, text, index)
    setLevel(state, 0)
  } else if (marker && marker.style !== 'bullet' && !marker.path) readItemAt(state, marker, text, asked.level)
  else {
    if (marker) readMarked(state, segment, marker)
    else state.push('paragraph', null, asked.level, text)
    setLevel(state, asked.level)
  }
}

/** Gives the last block a level. */
function setLevel(state: OutlineState, level: number): void {
  const last = state.blocks.pop()
  if (last) state.blocks.push({ ...last, level })
}

/** Reads a numbered or lettered paragraph as one that stands at a level: it counts below the last one that is less deep. */
function readItemAt(state: OutlineState, marker: Marker, text: string, level: number): void {
  const depth = state.frames.depthOfLevel(level)
  const parent = depth > 0 ? state.frames.at(depth - 1) : undefined
  const sibling = state.frames.at(depth)
  const numeral =
    marker.numerals.find(({ number }) => number === (sibling?.last ?? 0) + 1) ?? firstMeaning(marker.numerals)
  const series = marker.style === 'PP' || marker.style === 'OP' ? marker.style : undefined
  const within = parent?.label ?? state.container() ?? state.labelled()
  const label = state.book.issue(labelOf(marker, numeral, within, series))
  const key = keyOf(marker, numeral)
  state.frames.replace(depth, { key, label, level, last: numeral.number, ...optionOf(text) })
  state.push('paragraph', label, level, text)
}
