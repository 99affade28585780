import { decodeWords } from '../brackets/exported-words.ts'
import { vocabularyOf } from '../recognise/lines/join.ts'
import type { Line } from '../recognise/lines/line.ts'
import type { SourceMark } from '../recognise/lines/note-marks.ts'
import { readDivision } from '../recognise/markers/division.ts'
import { readMarker } from '../recognise/markers/marker.ts'
import type { SourcePiece, SourcePieces } from '../recognise/segments/pieces.ts'
import { wholeLine } from '../recognise/segments/pieces.ts'
import type { Segment, SourceCell } from '../recognise/segments/segment.ts'
import type { ExportedBlock, ExportedText } from './exported-blocks.ts'
import { labelKey } from '../../model/label-path.ts'
import { cellPlace } from '../../model/table.ts'
import { placesOf } from './print-words.ts'

/** An export as the pieces of its lines, so that what a person says of one changes no other. */
export interface ExportedPieces {
  readonly pieces: SourcePieces
  readonly lines: readonly Line[]
}

export function exportedPieces({ title, blocks }: ExportedText): ExportedPieces {
  const tables = new Map<string, object>()
  const lines: Line[] = []
  const marks: SourceMark[] = []
  const columns = new Map<number, number>()
  const numbers = blocks.flatMap(({ block, step }) => (block.kind === 'note' ? [step] : []))
  const pieces = blocks.map((exported) => {
    const own = linesOf(exported, lines.length, columns)
    lines.push(...own)
    marks.push(...marksIn(own, exported, numbers))
    return pieceOf(own, exported, cellOf(exported, tables))
  })
  return {
    pieces: {
      title,
      pieces,
      body: 0,
      marks,
      plain: false,
      vocabulary: vocabularyOf(lines),
      doubts: [],
      remarks: [],
    },
    lines,
  }
}

/**
 * The lines as they are shown: with single spaces, and without the signs of emphasis. `columns`: where in each line the next cell
 * of a table begins.
 */
function linesOf({ source, words }: ExportedBlock, order: number, columns: Map<number, number>): Line[] {
  return source.lines.map((raw, i) => {
    const { text, formats } = decodeWords(raw.replaceAll(/\s+/gu, ' ').trim(), words.emphasised)
    const at = source.line + i
    const column = columns.get(at) ?? 0
    columns.set(at, column + text.length + 1)
    return {
      at,
      order: order + i,
      column,
      text,
      indent: raw.length - raw.trimStart().length,
      blanks: i === 0 ? 1 : 0,
      newPage: false,
      broken: false,
      tabbed: false,
      ...(formats.length > 0 && { formats }),
    }
  })
}

/** The marks of footnotes in the lines of a block. */
function marksIn(lines: readonly Line[], { marks }: ExportedBlock, numbers: readonly string[]): SourceMark[] {
  return marks.flatMap(({ note, nth, before, behind }) => {
    const number = numbers[note] ?? ''
    const places = lines.flatMap((line) => placesOf(number, line.text).map((at) => ({ line, at })))
    const place = places[nth]
    if (!place) return []
    const index = Math.max(0, place.at - before)
    const printed = place.line.text.slice(index, place.at + number.length + behind)
    return [{ line: place.line, index, printed, note }]
  })
}

/** Where a cell stands. `known`: what the cells of each table, and of each row, have in common. */
function cellOf({ block }: ExportedBlock, known: Map<string, object>): SourceCell | null {
  const place = cellPlace(block.label)
  if (!place) return null
  const shared = (key: string): object => {
    const one = known.get(key) ?? {}
    known.set(key, one)
    return one
  }
  const table = labelKey(place.table)
  return {
    grid: shared(table),
    row: shared(`${table}, row ${place.row}`),
    column: place.column,
    header: block.header === true,
  }
}

function pieceOf(
  lines: readonly Line[],
  { block, words, step }: ExportedBlock,
  cell: SourceCell | null,
): SourcePiece {
  const { label } = block
  const [first] = lines
  const kind = cell ? 'cell' : block.kind
  const isParagraph = kind === 'paragraph'
  const isNumbered = label !== null || words.annotations.has('bullet')
  const segment: Segment = {
    kind,
    spans: lines.map(wholeLine),
    at: first?.at ?? 1,
    indent: first?.indent ?? 0,
    marker: isParagraph && isNumbered && first ? readMarker(first.text, false) : null,
    division: label?.division && first ? readDivision(first.text) : null,
    text: block.text,
    ...(cell && { cell }),
    exported: { block, words, step },
  }
  return { kind, spans: segment.spans, segment }
}
