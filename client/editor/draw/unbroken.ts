import type { Piece } from '#shared/document/composition/compose.ts'

/** A piece as it is drawn. `unbroken`: no line breaks in it, nor between it and a bracket sign beside it. */
export interface DrawnPiece {
  readonly piece: Piece
  readonly unbroken: boolean
}

/** A longer word may be parted from the sign: unbroken it would not fit on a phone. */
const LAST_WORD = /\S{0,24}\s+$/u
const FIRST_WORD = /^\s+\S{0,24}/u

/**
 * Divides the words of brackets that begin or end with a space, so that the word beside the sign can be kept on its line:
 * a line breaks behind any space, and would begin with `]` or end with `[`. The words of brackets in which this person
 * writes are left whole, because elements that come and go at each space disturb typing.
 */
export const keepBesideSigns = (
  pieces: readonly Piece[],
  isOwn: (piece: Piece) => boolean,
): readonly DrawnPiece[] =>
  pieces.flatMap((piece, i): DrawnPiece[] => {
    if (piece.kind !== 'text') return [{ piece, unbroken: false }]
    const [before, behind] = [pieces[i - 1], pieces[i + 1]]
    const head = before && opens(before) && !isOwn(before) ? lengthOf(FIRST_WORD, piece.text) : 0
    const rest = piece.text.slice(head)
    const tail = behind && closes(behind) && !isOwn(behind) ? lengthOf(LAST_WORD, rest) : 0
    const end = piece.text.length - tail
    const parts = [
      { text: piece.text.slice(0, head), unbroken: true },
      { text: piece.text.slice(head, end), unbroken: false },
      { text: piece.text.slice(end), unbroken: true },
    ]
    return parts.flatMap(({ text, unbroken }) =>
      text === '' ? [] : [{ piece: { ...piece, text }, unbroken }],
    )
  })

const opens = (piece: Piece): boolean => piece.kind === 'sign' && piece.text.endsWith('[')

const closes = (piece: Piece): boolean => piece.kind === 'sign' && piece.sign.endsWith('-end')

const lengthOf = (pattern: RegExp, text: string): number => pattern.exec(text)?.[0].length ?? 0
