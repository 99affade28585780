import type { DivisionHead } from './division.ts'
import type { Marker } from './marker.ts'

/**
 * What one block of the draft is made of, before its label is known.
 *
 *     paragraph   words, with the mark that they began with
 *     heading     words that stand above paragraphs
 *     separator   a line of signs
 *     row         a row of a table
 *     opening     who speaks in a resolution: `The General Assembly,`
 *     dateline    what stands below a text: `18th plenary meeting`, a date
 *     note        a footnote
 */
export type SegmentKind = 'paragraph' | 'heading' | 'separator' | 'row' | 'opening' | 'dateline' | 'note'

export interface Segment {
  readonly kind: SegmentKind
  /** The line on which it begins, from 1. */
  readonly at: number
  readonly indent: number
  readonly marker: Marker | null
  readonly division: DivisionHead | null
  /** Without its mark and the words of its division. */
  readonly text: string
  /** How deep a heading the source says it is; absent when it does not say. */
  readonly depth?: number
}
