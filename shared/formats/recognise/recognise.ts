import type { ImportedBlock, ImportedDraft } from '../../model/import.ts'
import type { BlockSource } from '../brackets/brackets.ts'
import { findFurniture } from './furniture.ts'
import { isNumberedHeading } from './headings.ts'
import { vocabularyOf } from './join.ts'
import type { Line, Lines } from './line.ts'
import type { Marker } from './marker.ts'
import { readMarker } from './marker.ts'
import { findNotes } from './notes.ts'
import type { Opening } from './opening.ts'
import { isOfSection, readOpening } from './opening.ts'
import { outlineOf } from './outline.ts'
import type { Segment } from './segment.ts'
import { SegmentState } from './segment-state.ts'
import { readLine, segmentsOf } from './segments.ts'
import { SeriesReader } from './series.ts'
import type { Start } from './start.ts'
import { findStart } from './start.ts'
import { findRows } from './table.ts'

/** What was read in the lines of a source. */
export interface Recognised {
  readonly draft: ImportedDraft
  /** For each block the words of its label as the source prints them, empty when it has none: `2 bis.`, `Article 3`. */
  readonly marks: readonly string[]
  /** For each block where it stands in its source. */
  readonly sources: readonly BlockSource[]
  readonly warnings: readonly string[]
  /** The lines that were left out, as page headers and footers. All other words are in the draft. */
  readonly furniture: readonly Line[]
  /** The lines of footnotes, which stand at the end of the draft. All other words keep their order. */
  readonly notes: readonly Line[]
}

/** How many blocks a source has that has more than may be. */
export interface TooMany {
  readonly blocks: number
}

/**
 * Reads the lines of a source as a draft of `most` blocks at most; returns null when they hold none. Every word is in the front matter, in a
 * block, or in the furniture. The time it takes is linear in the length of the source.
 */
export function recognise(source: Lines, most: number): Recognised | TooMany | null {
  const { lines } = source
  const markers = lines.map((line) => readMarker(line.text, line.tabbed))
  const start = findStart(lines, markers)
  if (!start) return null
  const opening = readOpening(source, start.index, start.clause)
  const { segments, warnings, furniture, notes } = readBody(source, markers, start)
  const titles = opening.headings.slice(0, titleCount(opening))
  const rest = opening.headings.slice(titles.length).map(segmentOf)
  const count = titles.length + rest.length + segments.length
  if (count > most) return { blocks: count }
  const outline = outlineOf([...rest, ...segments], start.plain)
  const blocks: ImportedBlock[] = [
    ...titles.map(({ kind, text }) => ({ kind, label: null, level: 0, text })),
    ...outline.blocks,
  ]
  return {
    draft: { title: opening.title, front: opening.front, blocks },
    marks: [...titles.map(() => ''), ...outline.marks],
    sources: [...titles.map(({ line }) => ({ line: line.at, lead: '' })), ...outline.sources],
    warnings: [...opening.warnings, ...outline.warnings, ...warnings],
    furniture: [...opening.dropped, ...furniture],
    notes,
  }
}

/** Returns how many of the headings before the first paragraph are the title: those before the first numbered one. */
function titleCount({ headings }: Opening): number {
  const first = headings.findIndex((heading) => isNumberedHeading(heading.text) || isOfSection(heading))
  return first < 0 ? headings.length : first
}

const segmentOf = ({ kind, text, line }: Opening['headings'][number]): Segment => ({
  kind,
  at: line.at,
  indent: line.indent,
  marker: null,
  division: null,
  text,
})

interface Body {
  readonly segments: readonly Segment[]
  readonly warnings: readonly string[]
  readonly furniture: readonly Line[]
  readonly notes: readonly Line[]
}

function readBody(source: Lines, markers: readonly (Marker | null)[], start: Start): Body {
  const { lines } = source
  const series = new SeriesReader(source, markers, start.bare)
  const numbered = new Set([...lines.keys()].filter((i) => series.begins(i)))
  const notes = findNotes(lines, start.index, (i) => numbered.has(i))
  const furniture = findFurniture(lines, start.index, numbered)
  const reading = new SegmentState({
    source,
    series,
    furniture,
    notes,
    rows: findRows(lines, start.index),
    vocabulary: vocabularyOf(lines),
  })
  for (let i = start.index; i < lines.length; i++) readLine(reading, i)
  const linesAt = (indexes: Iterable<number>): Line[] =>
    [...indexes].sort((a, b) => a - b).flatMap((i) => lines[i] ?? [])
  return {
    segments: [...segmentsOf(reading), ...notesAsSegments(notes.rule, notes.texts, lines.at(-1)?.at ?? 1)],
    warnings: [
      ...furniture.warnings,
      ...notesWarning(notes.texts.length),
      ...reading.warnings,
      ...reading.hyphenWarnings(),
    ],
    furniture: linesAt([...furniture.dropped].filter((i) => !notes.lines.has(i))),
    notes: linesAt(notes.lines),
  }
}

function notesAsSegments(rule: string, texts: readonly string[], at: number): Segment[] {
  if (texts.length === 0) return []
  const plain = { at, indent: 0, marker: null, division: null }
  return [
    { ...plain, kind: 'separator', text: rule },
    ...texts.map((text): Segment => ({ ...plain, kind: 'note', text })),
  ]
}

const notesWarning = (count: number): string[] =>
  count === 0
    ? []
    : [`${count === 1 ? 'A footnote was' : `${count} footnotes were`} put at the end of the text.`]
