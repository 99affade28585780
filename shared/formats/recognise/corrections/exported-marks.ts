import { noteOfSign, noteSign } from '../../brackets/exported-words.ts'
import type { SourceMark } from '../lines/note-marks.ts'
import type { SourcePieces } from '../segments/pieces.ts'
import type { CorrectedPiece } from './correct.ts'
import { resegment } from './resegment.ts'

/**
 * Gives the pieces that are as an export has them the marks of the footnotes that are left. One whose marks a person changed is
 * read again from its lines, so that the figure of a mark that is none any more is a word.
 */
export function exportedWith(
  pieces: readonly CorrectedPiece[],
  marks: readonly SourceMark[],
  source: SourcePieces,
): readonly CorrectedPiece[] {
  if (source.marks.length === 0 && !pieces.some(({ segment }) => segment?.exported)) return pieces
  const [before, now] = [byLine(source.marks), byLine(marks)]
  return pieces.map((piece) => {
    const { kind, segment, spans, answer } = piece
    if (!segment?.exported || kind === 'note') return piece
    const places = (all: ReadonlyMap<object, readonly SourceMark[]>): readonly SourceMark[] =>
      spans
        .flatMap(({ line }) => all.get(line) ?? [])
        .sort((a, b) => a.line.order - b.line.order || a.index - b.index)
    const [old, own] = [places(before), places(now)]
    const isSame =
      old.length === own.length &&
      old.every(({ line, index, printed }, i) => {
        const other = own[i]!
        return line === other.line && index === other.index && printed === other.printed
      })
    if (isSame) return renumbered(piece, new Map(old.map(({ note }, i) => [note, own[i]!.note])))
    const made = resegment({ kind, spans, owner: piece, begins: true, answer }, source.vocabulary)
    return 'fault' in made ? piece : { ...piece, segment: made }
  })
}

const byLine = (marks: readonly SourceMark[]): ReadonlyMap<object, readonly SourceMark[]> =>
  Map.groupBy(marks, ({ line }) => line)

/** `now`: which footnote each one is now, by what it was. */
function renumbered(piece: CorrectedPiece, now: ReadonlyMap<number, number>): CorrectedPiece {
  const { segment } = piece
  if (!segment?.exported || [...now].every(([before, after]) => before === after)) return piece
  const { block, words } = segment.exported
  const notes = block.notes?.map((mark) => ({ ...mark, note: now.get(mark.note) ?? mark.note }))
  const written = words.written.replaceAll(/[\u{f0000}-\u{ffffd}]/gu, (sign) => {
    const note = noteOfSign(sign)
    return note === null ? sign : noteSign(now.get(note) ?? note)
  })
  return {
    ...piece,
    segment: {
      ...segment,
      exported: {
        ...segment.exported,
        block: { ...block, ...(notes && { notes }) },
        words: { ...words, written },
      },
    },
  }
}
