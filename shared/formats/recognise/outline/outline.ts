import type { ImportedBlock } from '../../../model/import.ts'
import type { BlockSource } from '../../brackets/source-lines.ts'
import type { FoundDoubt } from '../lines/doubts.ts'
import { readAsked } from './outline-asked.ts'
import { readExportedSegment } from './outline-exported.ts'
import { isNumberedHeading, readHeading } from './outline-headings.ts'
import { readMarked } from './outline-items.ts'
import { readOption } from './outline-options.ts'
import { OutlineState } from './outline-state.ts'
import { readCell, readTableCaption } from './outline-tables.ts'
import { readUnmarked } from './outline-unmarked.ts'
import type { Segment } from '../segments/segment.ts'

export interface Outline {
  readonly blocks: readonly ImportedBlock[]
  /** For each block the words of its label as the source prints them, where its text does not hold them. */
  readonly marks: readonly string[]
  /** For each block where it stands in its source. */
  readonly sources: readonly BlockSource[]
  readonly doubts: readonly FoundDoubt[]
}

/** Gives each segment its label and its level. `plain`: the draft has no numbers, so its paragraphs are counted. */
export function outlineOf(segments: readonly Segment[], plain: boolean): Outline {
  const state = new OutlineState(segments, plain)
  const marks = [...segments.keys()].map((index) => readNext(state, index))
  return { blocks: state.blocks, marks, sources: segments.map(sourceOf), doubts: doubtsOf(state) }
}

const sourceOf = ({ at, marker, spans, exported }: Segment): BlockSource => ({
  line: at,
  lead: marker?.lead ?? '',
  spans,
  ...(exported && { exported: exported.words }),
})

function doubtsOf(state: OutlineState): FoundDoubt[] {
  const first = state.segments.find(({ kind }) => kind === 'paragraph')?.at ?? 1
  const counted: FoundDoubt = {
    code: 'no-numbers',
    line: first,
    message: 'The text has no paragraph numbers; its paragraphs were numbered in their order.',
  }
  const again = state.restarts.bare.map(({ at }): FoundDoubt => ({
    code: 'numbers-restart',
    line: at,
    message: `The numbers begin again at line ${at} without a heading; they were read as alternatives.`,
    listed: `line ${at}`,
  }))
  return [...(state.plain ? [counted] : []), ...again, ...state.numbering.doubts()]
}

/** Reads a segment as the next block. Returns the words of its label, unless its text holds them. */
function readNext(state: OutlineState, index: number): string {
  const segment = state.segments[index]
  if (!segment) return ''
  if (segment.exported) {
    readExportedSegment(state, segment, segment.exported)
    return segment.exported.step
  }
  readSegment(state, segment, index)
  if (segment.note) return segment.note.printed
  const text = state.blocks.at(-1)?.text ?? ''
  const mark = segment.marker?.printed ?? segment.division?.printed ?? enumeration(segment, text)
  // Words of a label that the block's text begins with make it longer than the segment's.
  return text.length <= segment.text.length || !text.includes(mark) ? mark : ''
}

function readSegment(state: OutlineState, segment: Segment, index: number): void {
  const { kind, marker, text } = segment
  if (segment.asked && (kind === 'heading' || kind === 'paragraph')) readAsked(state, segment, index)
  else if (kind === 'heading') readHeading(state, segment, index)
  else if (kind === 'title') state.push('heading', null, 0, text)
  else if (kind === 'separator') state.push('separator', null, 0, text)
  else if (kind === 'caption') readTableCaption(state, segment, index)
  else if (segment.cell) readCell(state, segment, segment.cell, index)
  else if (kind === 'opening') {
    state.frames.reset()
    state.zone = 'preamble'
    state.pushText(null, 0, text)
  } else if (segment.note) state.push('note', segment.note.label, 0, text)
  else if (kind !== 'paragraph') state.push('paragraph', null, 0, text)
  else if (segment.division) readOption(state, segment, segment.division)
  else if (marker && isNumberedHeading(state, segment, index)) readHeading(state, segment, index)
  else if (marker) readMarked(state, segment, marker)
  else readUnmarked(state, text, index)
}

/** Returns the number that stands before the text of a heading when the block's text lacks it. */
const enumeration = (segment: Segment, text: string): string =>
  segment.text === text ? '' : segment.text.slice(0, segment.text.length - text.length).trim()
