import type { ImportedBlock } from '../../../model/import.ts'
import type { Label } from '../../../model/label.ts'
import type { MarkPlace, PieceMark } from '../../../model/understanding.ts'
import type { FoundDoubt } from '../lines/doubts.ts'
import type { SourceMark } from '../lines/note-marks.ts'
import type { CorrectedPiece } from './correct.ts'

/** The text of a block with the figures of its marks, as the source prints them, and where these stand in it. */
export interface MarkedText {
  readonly text: string
  readonly marks: readonly PieceMark[]
}

/** Puts the figures of marks back into the text of a block. `labelOf`: the number of a footnote, by its index among them. */
export function withMarks(
  { text: words, notes = [] }: ImportedBlock,
  labelOf: (note: number) => Label | null,
): MarkedText {
  let text = ''
  let taken = 0
  const marks: PieceMark[] = []
  for (const { at, note, printed } of notes) {
    text += words.slice(taken, at)
    marks.push({ from: text.length, to: text.length + printed.length, label: labelOf(note) })
    text += printed
    taken = at
  }
  return { text: text + words.slice(taken), marks }
}

/** Where a mark stands, as answers say it. */
export function placeOf({ line, index, printed }: SourceMark): MarkPlace {
  const spaces = printed.length - printed.trimStart().length
  return { at: line.at, column: line.column + index + spaces }
}

/**
 * Returns a doubt about each footnote that no block has the mark of, with its piece. Of one that an export has without a mark there is
 * none. `made`: the piece of each block.
 */
export function unmarkedNotes(
  made: readonly CorrectedPiece[],
  blocks: readonly ImportedBlock[],
): ReadonlyMap<FoundDoubt, CorrectedPiece> {
  const marked = new Set(blocks.flatMap(({ notes = [] }) => notes.map(({ note }) => note)))
  const doubts = new Map<FoundDoubt, CorrectedPiece>()
  for (const [note, piece] of made.filter(({ kind }) => kind === 'note').entries()) {
    const { segment } = piece
    if (!segment || segment.exported || marked.has(note)) continue
    const { at } = segment
    const message = `The mark of the footnote on line ${at} was not found in the text.`
    doubts.set({ code: 'note-unmarked', line: at, message, listed: String(at) }, piece)
  }
  return doubts
}

/** Says that footnotes were put at the end of the text. Those of an export stand there already. */
export function notesRemark(pieces: readonly CorrectedPiece[]): string[] {
  const count = pieces.filter(({ kind, segment }) => kind === 'note' && !segment?.exported).length
  if (count === 0) return []
  return [`${count === 1 ? 'A footnote was' : `${count} footnotes were`} put at the end of the text.`]
}
