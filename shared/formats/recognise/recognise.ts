import type { ImportedBlock, ImportedDraft } from '../../model/import.ts'
import type {
  Answer,
  AnswerFault,
  DoubtCode,
  Piece,
  SourceSpan,
  UnderstoodBlock,
} from '../../model/understanding.ts'
import { confidenceOf } from './corrections/confidence.ts'
import type { CorrectedPiece } from './corrections/correct.ts'
import { correct } from './corrections/correct.ts'
import { notesRemark, placeOf, unmarkedNotes, withMarks } from './corrections/note-places.ts'
import { placeNotes } from './corrections/place-notes.ts'
import type { FoundDoubt } from './lines/doubts.ts'
import type { BlockSource } from '../brackets/source-lines.ts'
import type { Line, Lines } from './lines/line.ts'
import type { SourceMark } from './lines/note-marks.ts'
import { outlineOf } from './outline/outline.ts'
import type { SourcePieces } from './segments/pieces.ts'
import { readPieces, spanStart } from './segments/pieces.ts'
import { carrySpans } from './segments/carry-spans.ts'

/** What was read in the lines of a source. */
export interface Recognised {
  readonly draft: ImportedDraft
  /** The source in its order, and what became of each part. */
  readonly pieces: readonly Piece[]
  /** For each block the words of its label as the source prints them, empty when it has none: `2 bis.`, `Article 3`. */
  readonly marks: readonly string[]
  /** For each block where it stands in its source. */
  readonly sources: readonly BlockSource[]
  readonly doubts: readonly FoundDoubt[]
  /** Sentences about what was left out or moved. */
  readonly remarks: readonly string[]
  /** The lines that were left out, as page headers and footers. All other words are in the draft. */
  readonly furniture: readonly Line[]
  /** The lines of footnotes, which stand at the end of the draft. All other words keep their order. */
  readonly notes: readonly Line[]
}

/** How many blocks a source has that has more than may be. */
export interface TooMany {
  readonly blocks: number
}

/** The answers that cannot be applied to a source; at least one. */
export interface WrongAnswers {
  readonly faults: readonly AnswerFault[]
}

export type Recognition = Recognised | TooMany | WrongAnswers

/**
 * Reads the lines of a source as a draft of `most` blocks at most; returns null when they hold none. Every word is in the front matter, in a
 * block, or in the furniture. The time it takes is linear in the length of the source. The same source and answers give
 * the same draft.
 */
export function recognise(source: Lines, most: number, answers: readonly Answer[] = []): Recognition | null {
  const pieces = readPieces(source)
  return pieces && recognisePieces(pieces, most, answers)
}

/** The same for a source that is divided into pieces already. */
export function recognisePieces(source: SourcePieces, most: number, answers: readonly Answer[]): Recognition {
  const corrected = correct(source, answers)
  if ('faults' in corrected) return corrected
  const placed = placeNotes(corrected.pieces, source)
  if ('faults' in placed) return placed
  const { pieces, marks } = placed
  // Footnotes stand behind the text.
  const made = [false, true].flatMap((ofNotes) =>
    pieces.filter(({ kind, segment }) => segment !== null && (kind === 'note') === ofNotes),
  )
  const segments = made.flatMap(({ segment }) => segment ?? [])
  if (segments.length > most) return { blocks: segments.length }
  const outline = outlineOf(segments, source.plain)
  const blocks = carrySpans(outline.blocks, segments, marks)
  const unmarked = unmarkedNotes(made, blocks)
  const found = [...source.doubts, ...outline.doubts, ...unmarked.keys()]
  const doubts = openDoubts(found, pieces, unmarked)
  return {
    draft: {
      title: source.title,
      front: pieces.filter(({ kind }) => kind === 'front').map(printedText),
      blocks,
    },
    pieces: understood(pieces, { blocks, marks: outline.marks, made, places: marks }, doubts),
    marks: outline.marks,
    sources: outline.sources,
    doubts: [...doubts.values()].flat(),
    remarks: [...source.remarks, ...notesRemark(pieces)],
    furniture: linesOf(pieces, 'furniture'),
    notes: linesOf(pieces, 'note'),
  }
}

/** The words of a piece as they were printed, one line for each. */
const printedText = ({ spans }: CorrectedPiece): string =>
  spans.map(({ line, from, to }) => line.text.slice(from, to).trim()).join('\n')

const linesOf = (pieces: readonly CorrectedPiece[], wanted: 'furniture' | 'note'): Line[] =>
  pieces.flatMap(({ kind, spans }) => (kind === wanted ? spans.map(({ line }) => line) : []))

const isText = ({ kind }: CorrectedPiece): boolean => kind !== 'furniture' && kind !== 'note'

/** Returns the doubts that no answer settles, by the piece that they are about: that in `about`, else the one on whose lines they are. */
function openDoubts(
  doubts: readonly FoundDoubt[],
  pieces: readonly CorrectedPiece[],
  about: ReadonlyMap<FoundDoubt, CorrectedPiece>,
): ReadonlyMap<CorrectedPiece, readonly FoundDoubt[]> {
  const byLine = new Map<number, CorrectedPiece>()
  const doubted = new Set(doubts.map(({ line }) => line))
  for (const piece of pieces)
    if (isText(piece) && doubted.size > 0)
      for (const { line } of piece.spans)
        if (doubted.has(line.at) && !byLine.has(line.at)) byLine.set(line.at, piece)
  const open = new Map<CorrectedPiece, FoundDoubt[]>()
  for (const doubt of doubts) {
    const piece = about.get(doubt) ?? byLine.get(doubt.line)
    if (!piece || isSettled(doubt, piece)) continue
    const own = open.get(piece)
    if (own) own.push(doubt)
    else open.set(piece, [doubt])
  }
  return open
}

/** The doubts about what a piece is, which any answer about it settles. Others only that it is sure. */
const ABOUT_KIND: ReadonlySet<DoubtCode> = new Set([
  'heading-guessed',
  'heading-joined',
  'unnumbered',
  'joined-over-page',
  'number-in-words',
])

/** Whether an answer settles a doubt. */
function isSettled({ code, line }: FoundDoubt, { answer, within }: CorrectedPiece): boolean {
  if (answer && (answer.sure === true || ABOUT_KIND.has(code))) return true
  if (code === 'note-unmarked') return answer?.mark === null
  return within.some(({ at, sure }) => at === line && (sure === true || ABOUT_KIND.has(code)))
}

/** What was made of pieces. */
interface Made {
  readonly blocks: readonly ImportedBlock[]
  /** See {@link Recognised.marks}. */
  readonly marks: readonly string[]
  /** The piece of each block. */
  readonly made: readonly CorrectedPiece[]
  /** Where the marks of footnotes stand. */
  readonly places: readonly SourceMark[]
}

function understood(
  pieces: readonly CorrectedPiece[],
  { blocks, marks, made, places }: Made,
  doubts: ReadonlyMap<CorrectedPiece, readonly FoundDoubt[]>,
): Piece[] {
  const indexes = new Map(made.map((piece, index) => [piece, index]))
  const notes = blocks.flatMap((block, index) => (block.kind === 'note' ? [index] : []))
  const firstPlaces = new Map(places.toReversed().map((place) => [notes[place.note], place]))
  return pieces.map((piece): Piece => {
    const { kind, spans, answer, within } = piece
    const index = indexes.get(piece) ?? -1
    const block = blocks[index]
    const own = doubts.get(piece) ?? []
    const shown = block && withMarks(block, (note) => blocks[notes[note] ?? -1]?.label ?? null)
    const place = firstPlaces.get(index)
    return {
      kind,
      spans: spans.map(shownSpan),
      text: shown?.text ?? printedText(piece),
      block: block ? blockOf(block, index, marks) : null,
      confidence: confidenceOf(piece, own.length),
      doubts: own.map(({ code, line, message }) => ({ code, line, message })),
      answered: answer !== null || within.length > 0,
      ...(shown && shown.marks.length > 0 && { marks: shown.marks }),
      ...(kind === 'note' && { markedAt: place ? placeOf(place) : null }),
    }
  })
}

function blockOf(
  { kind, label, level }: ImportedBlock,
  index: number,
  marks: readonly string[],
): UnderstoodBlock {
  return { index, kind, label, level, mark: marks[index] ?? '' }
}

function shownSpan(span: CorrectedPiece['spans'][number]): SourceSpan {
  const { at, column } = spanStart(span)
  return { at, from: column, to: column + span.to - span.from }
}
