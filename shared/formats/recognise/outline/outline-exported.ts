import { keyOf } from './frames.ts'
import { headingClass } from './heading-class.ts'
import type { OutlineState } from './outline-state.ts'
import { optionOf } from './outline-state.ts'
import type { ExportedSegment, Segment } from '../segments/segment.ts'

/** Takes a block as an export has it, and opens its heading or its list for what a person says to be below it. */
export function readExportedSegment(state: OutlineState, segment: Segment, { block }: ExportedSegment): void {
  const { kind, label, level, text } = block
  if (label) state.book.issue(label)
  if (kind === 'heading') {
    state.frames.reset()
    state.stack.closeBelow(level)
    state.stack.push({ class: headingClass(segment), label, container: label?.division !== undefined })
    state.textLevel = 0
  } else if (kind === 'paragraph' && label) {
    const { number, style, series } = label
    const numeral = { number, ...(style && style !== 'dotted' && { style }) }
    const key = series ?? (segment.marker ? keyOf(segment.marker, numeral) : '')
    const frame = { key, label, level, last: number, ...optionOf(text) }
    state.frames.replace(state.frames.depthOfLevel(level), frame)
    if (level === 0) state.textLevel = 0
  }
  state.blocks.push(block)
}
