import type { Answer, Doubt, Piece } from '../../../model/understanding.ts'
import type { BracketDoubt } from '../../brackets/brackets.ts'
import type { FoundDoubt } from '../lines/doubts.ts'

/** Pieces with the doubts about their brackets, and those of these doubts that no answer settles. */
export interface DoubtedPieces {
  readonly pieces: readonly Piece[]
  readonly open: readonly FoundDoubt[]
}

/**
 * Adds to each piece what is doubtful about the brackets of its block. An answer that says that the piece is right, or that it is
 * right from that line on, settles it; each other doubt halves how sure it is what the piece says.
 */
export function withBracketDoubts(
  pieces: readonly Piece[],
  found: readonly BracketDoubt[],
  answers: readonly Answer[],
): DoubtedPieces {
  if (found.length === 0) return { pieces, open: [] }
  const sure = new Set(
    answers.flatMap(({ at, column = 0, sure: isSure }) => (isSure ? [`${at}:${column}`] : [])),
  )
  const byBlock = Map.groupBy(found, ({ block }) => block)
  const open: FoundDoubt[] = []
  const marked = pieces.map((piece) => {
    const own = byBlock.get(piece.block?.index ?? -1)
    const [first] = piece.spans
    if (!own || !first || sure.has(`${first.at}:${first.from}`)) return piece
    const doubts = own.flatMap(({ doubt }) => (sure.has(`${doubt.line}:0`) ? [] : [doubt]))
    if (doubts.length === 0) return piece
    for (const doubt of doubts) open.push(doubt)
    return {
      ...piece,
      doubts: [...piece.doubts, ...doubts.map(shown)],
      confidence: Number((piece.confidence / 2 ** doubts.length).toFixed(2)),
    }
  })
  return { pieces: marked, open }
}

const shown = ({ code, line, message, name }: FoundDoubt): Doubt => ({
  code,
  line,
  message,
  ...(name === undefined ? {} : { name }),
})
