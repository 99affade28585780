import { formatStep } from '../../../model/label.ts'
import type { AnswerFault, MarkPlace } from '../../../model/understanding.ts'
import type { Line } from '../lines/line.ts'
import type { SoughtNote, SourceMark, Stretch, TextLine } from '../lines/note-marks.ts'
import { findNoteMarks, markAtPlace } from '../lines/note-marks.ts'
import { spanStart, type SourcePieces } from '../segments/pieces.ts'
import type { Segment } from '../segments/segment.ts'
import type { CorrectedPiece } from './correct.ts'
import { countNotes } from './count-notes.ts'
import { isWithinWord } from './correct.ts'
import { exportedWith } from './exported-marks.ts'

/** Pieces whose footnotes are counted, with the marks of these, each of one of the footnotes among the pieces, from 0. */
export interface PlacedNotes {
  readonly pieces: readonly CorrectedPiece[]
  readonly marks: readonly SourceMark[]
}

/** Counts the footnotes that are left after a person's answers, and finds their marks: where an answer says, else by their figures. */
export function placeNotes(
  pieces: readonly CorrectedPiece[],
  source: SourcePieces,
): PlacedNotes | { readonly faults: readonly AnswerFault[] } {
  const notes = pieces.filter(({ kind }) => kind === 'note')
  const faults = pieces.flatMap(({ kind, answer, within }) =>
    [...(kind === 'note' || !answer ? [] : [answer]), ...within].flatMap(({ at, mark }) =>
      mark === undefined ? [] : [{ at, message: `Line ${at} is no footnote, and has no mark.` }],
    ),
  )
  if (notes.length === 0)
    return faults.length > 0 ? { faults } : { pieces: exportedWith(pieces, [], source), marks: [] }
  const lines = textLines(pieces)
  const given = givenMarks(notes, lines, faults)
  if (faults.length > 0) return { faults }
  const said = saidMarks(notes, source)
  const marks = markedNotes(notes, lines, source.body, { given, said })
  const counted = new Map(countNotes(notes).map((segment, i) => [notes[i], segment]))
  const placed = exportedWith(pieces, marks, source)
  return {
    pieces: placed.map((piece) => {
      const segment = counted.get(piece)
      return segment ? { ...piece, segment } : piece
    }),
    marks,
  }
}

/** Returns the lines of the text, in order, without what is left out, stands before the draft, or is a footnote. */
function textLines(pieces: readonly CorrectedPiece[]): readonly TextLine[] {
  const stretches = new Map<Line, Stretch[]>()
  for (const { kind, spans } of pieces)
    if (kind === 'heading' || kind === 'paragraph' || kind === 'cell')
      for (const { line, from, to } of spans) {
        const own = stretches.get(line)
        if (own) own.push({ from, to })
        else stretches.set(line, [{ from, to }])
      }
  return [...stretches]
    .map(([line, own]): TextLine => ({ line, stretches: own }))
    .sort((a, b) => a.line.order - b.line.order)
}

/** Where the mark of each footnote stands that a person answered about, by its index; null: nowhere. */
type GivenMarks = ReadonlyMap<number, SourceMark | null>

function givenMarks(
  notes: readonly CorrectedPiece[],
  lines: readonly TextLine[],
  faults: AnswerFault[],
): GivenMarks {
  const given = new Map<number, SourceMark | null>()
  for (const [note, { answer, segment }] of notes.entries()) {
    if (answer?.mark === undefined) continue
    const found = answer.mark && markAnswered(answer.mark, lines, segment)
    if (typeof found === 'string') faults.push({ at: answer.at, message: `Line ${answer.at} ${found}.` })
    else given.set(note, found && { ...found, note })
  }
  return given
}

/** Returns the mark at an answered place; else the predicate of a fault. */
function markAnswered(
  { at, column }: MarkPlace,
  lines: readonly TextLine[],
  segment: Segment | null,
): Omit<SourceMark, 'note'> | string {
  const place = `line ${at}, column ${column}`
  const own = lines.filter(({ line }) => line.at === at)
  for (const { line, stretches } of own)
    for (const stretch of stretches) {
      const index = column - line.column
      if (index < stretch.from || index > stretch.to) continue
      const found = markAtPlace(line.text, stretch, index, markOf(segment))
      if (!found) continue
      if (found.printed === '' && isWithinWord(line, index))
        return `cannot have its mark within a word (${place})`
      return { line, ...found }
    }
  return `cannot have its mark at ${place}: no word of the text stands before it`
}

/** The mark of a note as plain characters; in an export that of its number. */
const markOf = (segment: Segment | null): string => {
  const label = segment?.exported?.block.label
  return label ? formatStep(label) : (segment?.note?.mark ?? '')
}

/** Returns the marks that the source itself says, by the index of their note. They stay when the note begins where it did. */
function saidMarks(
  notes: readonly CorrectedPiece[],
  { marks, pieces }: SourcePieces,
): ReadonlyMap<number, readonly SourceMark[]> {
  const places = new Map(notes.map((piece, note) => [placeKey(piece), note]))
  const before = pieces.filter(({ kind }) => kind === 'note').map(placeKey)
  const said = marks.flatMap((mark) => {
    const note = places.get(before[mark.note] ?? '')
    return note === undefined ? [] : [{ ...mark, note }]
  })
  return Map.groupBy(said, ({ note }) => note)
}

function placeKey({ spans: [first] }: Pick<CorrectedPiece, 'spans'>): string {
  if (!first) return ''
  const { at, column } = spanStart(first)
  return `${at}:${column}`
}

/** Returns the marks of all notes. A note that an export has without a mark has none. */
function markedNotes(
  notes: readonly CorrectedPiece[],
  lines: readonly TextLine[],
  body: number,
  { given, said }: { readonly given: GivenMarks; readonly said: ReadonlyMap<number, readonly SourceMark[]> },
): readonly SourceMark[] {
  const first = lines.findIndex(({ line }) => line.order >= body)
  const counted = countNotes(notes)
  let [from, to] = [Math.max(0, first), Math.max(0, first)]
  const sought = notes.map(({ spans, segment }, note): SoughtNote => {
    const order = spans[0]?.line.order ?? 0
    const before = to
    while (to < lines.length && lines[to]!.line.order <= order) to++
    if (to > before) from = before
    const known = given.has(note) ? given.get(note) : said.has(note) || segment?.exported ? null : undefined
    const mark = segment?.note?.mark || stepOf(counted[note])
    return { note, mark, from, to, ...(known === undefined ? {} : { known }) }
  })
  const kept = [...said].flatMap(([note, marks]) => (given.has(note) ? [] : marks))
  return [...findNoteMarks(lines, sought, kept), ...kept]
}

/** The number of a note that prints no mark; empty when it has none of its own. */
function stepOf(segment: Segment | undefined): string {
  const label = segment?.note?.label
  return label && label.number > 0 && label.suffix === 0 ? String(label.number) : ''
}
