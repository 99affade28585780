import type { PieceKind } from '../../../model/understanding.ts'
import type { FoundDoubt } from '../lines/doubts.ts'
import { findFurniture, type Furniture } from '../lines/furniture.ts'
import { isNumberedHeading } from '../lines/headings.ts'
import type { Vocabulary } from '../lines/join.ts'
import { vocabularyOf } from '../lines/join.ts'
import type { Line, Lines } from '../lines/line.ts'
import type { Marker } from '../markers/marker.ts'
import { readMarker } from '../markers/marker.ts'
import type { SourceMark } from '../lines/note-marks.ts'
import type { Note } from '../lines/notes.ts'
import { findNotes } from '../lines/notes.ts'
import type { Opening } from '../lines/opening.ts'
import { isOfSection, readOpening } from '../lines/opening.ts'
import type { LineSpan, Segment } from './segment.ts'
import { SegmentState } from './segment-state.ts'
import { readLine, segmentsOf } from './segments.ts'
import { SeriesReader } from '../markers/series.ts'
import type { Start } from '../markers/start.ts'
import { findStart } from '../markers/start.ts'
import { findGrids } from './table.ts'

/** Some text of a source, and what it is taken for, before labels are made. */
export interface SourcePiece {
  readonly kind: PieceKind
  readonly spans: readonly LineSpan[]
  /** What the outline is made of; null for front matter and furniture. */
  readonly segment: Segment | null
}

/** A source divided into pieces: each line is in exactly one, or divided between several. */
export interface SourcePieces {
  readonly title: string
  readonly pieces: readonly SourcePiece[]
  /** The `order` of the line from which on marks of notes are looked for. */
  readonly body: number
  /** The marks of notes that the source itself says, each of one of the notes among `pieces`, from 0. */
  readonly marks: readonly SourceMark[]
  /** Whether the draft has neither numbers nor the clauses of a resolution. */
  readonly plain: boolean
  readonly vocabulary: Vocabulary
  readonly doubts: readonly FoundDoubt[]
  /** Sentences about what was left out or moved. */
  readonly remarks: readonly string[]
}

/** Divides the lines of a source into pieces; returns null when they hold no draft. */
export function readPieces(source: Lines): SourcePieces | null {
  const { lines } = source
  const markers = lines.map((line) => readMarker(line.text, line.tabbed))
  const start = findStart(lines, markers)
  if (!start) return null
  const opening = readOpening(source, start.index, start.clause)
  const body = readBody(source, markers, start)
  return {
    title: opening.title,
    pieces: [...openingPieces(opening), ...body.pieces],
    body: lines[start.index]?.order ?? 0,
    marks: [],
    plain: start.plain,
    vocabulary: body.vocabulary,
    doubts: [...opening.doubts, ...body.doubts],
    remarks: [
      ...opening.dropped.map(
        (line) => `Left out as page header or footer: “${line.text}” (line ${line.at}).`,
      ),
      ...body.remarks,
    ],
  }
}

export const wholeLine = (line: Line): LineSpan => ({ line, from: 0, to: line.text.length })

const plainPiece = (kind: PieceKind, lines: readonly Line[]): SourcePiece => ({
  kind,
  spans: lines.map(wholeLine),
  segment: null,
})

/** Returns what a segment is taken for. */
function kindOf({ kind }: Segment): PieceKind {
  if (kind === 'title' || kind === 'heading') return 'heading'
  return kind === 'separator' || kind === 'note' || kind === 'cell' ? kind : 'paragraph'
}

const segmentPiece = (segment: Segment): SourcePiece => ({
  kind: kindOf(segment),
  spans: segment.spans,
  segment,
})

function openingPieces(opening: Opening): SourcePiece[] {
  const titles = titleCount(opening)
  const pieces = [
    ...opening.front.map((lines) => plainPiece('front', lines)),
    ...opening.headings.map((block, i) => segmentPiece(headingSegment(block, i < titles))),
    ...opening.dropped.map((line) => plainPiece('furniture', [line])),
  ]
  return inOrder(pieces)
}

function headingSegment({ kind, text, lines }: Opening['headings'][number], title: boolean): Segment {
  const [line] = lines
  return {
    kind: title && kind === 'heading' ? 'title' : kind,
    spans: lines.map(wholeLine),
    at: line?.at ?? 1,
    indent: line?.indent ?? 0,
    marker: null,
    division: null,
    text,
  }
}

/** Returns how many of the headings before the first paragraph are the title: those before the first numbered one. */
function titleCount({ headings }: Opening): number {
  const first = headings.findIndex(
    (heading) => isNumberedHeading(heading.text.replace(/^[[(]+/u, '')) || isOfSection(heading),
  )
  return first < 0 ? headings.length : first
}

interface Body {
  readonly pieces: readonly SourcePiece[]
  readonly vocabulary: Vocabulary
  readonly doubts: readonly FoundDoubt[]
  readonly remarks: readonly string[]
}

function readBody(source: Lines, markers: readonly (Marker | null)[], start: Start): Body {
  const { lines } = source
  const series = new SeriesReader(source, markers, start.bare)
  const numbered = new Set([...lines.keys()].filter((i) => series.begins(i)))
  const notes = findNotes(lines, start.index, (i) => numbered.has(i))
  const furniture = withHeads(findFurniture(lines, start.index, numbered), notes.heads, lines)
  const vocabulary = vocabularyOf(lines)
  const grids = findGrids(lines, start.index, (i) => notes.lines.has(i) || furniture.dropped.has(i))
  const reading = new SegmentState({
    source,
    plain: start.plain,
    series,
    furniture,
    notes,
    grids,
    vocabulary,
  })
  for (let i = start.index; i < lines.length; i++) readLine(reading, i)
  const ofNotes = new Set(notes.notes.flatMap((note) => note.lines))
  const leftOut = [...new Set([...furniture.dropped, ...notes.lines])]
    .flatMap((i) => lines[i] ?? [])
    .filter((line) => !ofNotes.has(line))
  const pieces = [
    ...segmentsOf(reading).map(segmentPiece),
    ...leftOut.map((line) => plainPiece('furniture', [line])),
    ...notes.notes.map((note) => segmentPiece(noteSegment(note))),
  ]
  return {
    pieces: inOrder(pieces),
    vocabulary,
    doubts: reading.doubts,
    remarks: furniture.remarks,
  }
}

/** Leaves out the headings above footnotes too, which stand behind the text without one. */
function withHeads(
  { dropped, remarks }: Furniture,
  heads: ReadonlySet<number>,
  lines: readonly Line[],
): Furniture {
  const said = [...heads].map((i) => `Left out as the heading of footnotes: line ${lines[i]?.at}.`)
  return { dropped: new Set([...dropped, ...heads]), remarks: [...remarks, ...said] }
}

/** Where a span begins in its source. */
export const spanStart = ({ line, from }: LineSpan): { readonly at: number; readonly column: number } => ({
  at: line.at,
  column: line.column + from,
})

/** Sorts pieces in the order in which they are read. */
function inOrder(pieces: readonly SourcePiece[]): SourcePiece[] {
  const placed = pieces.flatMap((piece) =>
    piece.spans[0] ? [{ piece, order: piece.spans[0].line.order, from: piece.spans[0].from }] : [],
  )
  return placed.sort((a, b) => a.order - b.order || a.from - b.from).map(({ piece }) => piece)
}

function noteSegment({ text, printed, mark, lines }: Note): Segment {
  const [line] = lines
  return {
    kind: 'note',
    spans: lines.map(wholeLine),
    at: line?.at ?? 1,
    indent: line?.indent ?? 0,
    marker: null,
    division: null,
    text,
    note: { printed, mark, label: null },
  }
}
