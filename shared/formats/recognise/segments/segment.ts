import type { ImportedBlock } from '../../../model/import.ts'
import type { Label } from '../../../model/label.ts'
import type { ExportedWords } from '../../brackets/exported-words.ts'
import type { DivisionHead } from '../markers/division.ts'
import type { Line } from '../lines/line.ts'
import type { Marker } from '../markers/marker.ts'

/**
 * What one block of the draft is made of, before its label is known.
 *
 *     title       a heading above the first paragraph that names the whole text
 *     paragraph   words, with the mark that they began with
 *     heading     words that stand above paragraphs
 *     separator   a line of signs
 *     caption     the number and the title of a table
 *     cell        a cell of a table
 *     opening     who speaks in a resolution: `The General Assembly,`
 *     dateline    what stands below a text: `18th plenary meeting`, a date
 *     note        a footnote
 */
export type SegmentKind =
  'title' | 'paragraph' | 'heading' | 'separator' | 'caption' | 'cell' | 'opening' | 'dateline' | 'note'

/** A stretch of a line, in UTF-16 units of its text; `to` is exclusive. */
export interface LineSpan {
  readonly line: Line
  readonly from: number
  readonly to: number
}

export interface SegmentNote {
  /** As the source prints it before the words; empty when it prints none. */
  readonly printed: string
  /** As plain characters: `1`, `*`; empty when none is printed. */
  readonly mark: string
  /** Null until all notes of the source are counted. */
  readonly label: Label | null
}

/** Where a cell stands in its source. Cells of one row, and of one table, have the same objects. */
export interface SourceCell {
  readonly grid: object
  readonly row: object
  /** From 1. */
  readonly column: number
  /** Whether the source marks its row as the head of the table. */
  readonly header: boolean
}

export interface Segment {
  readonly kind: SegmentKind
  /** Where its words stand, in order. Two segments may share a line, and then no part of it. */
  readonly spans: readonly LineSpan[]
  /** The line on which it begins, from 1. */
  readonly at: number
  readonly indent: number
  readonly marker: Marker | null
  readonly division: DivisionHead | null
  /** Without its mark and the words of its division. */
  readonly text: string
  /** How deep a heading the source says it is; absent when it does not say. */
  readonly depth?: number
  /** Of a note: its mark. */
  readonly note?: SegmentNote
  /** Of a cell: where it stands. */
  readonly cell?: SourceCell
  /** What a person said of it; its kind is not changed then. */
  readonly asked?: {
    /** How deep it stands. Absent: as it follows from its label. */
    readonly level?: number
  }
  /** What an export says that it is; it is then read as nothing else. */
  readonly exported?: ExportedSegment
}

export interface ExportedSegment {
  readonly block: ImportedBlock
  readonly words: ExportedWords
  /** Its number as it is printed; empty when it has none. */
  readonly step: string
}
