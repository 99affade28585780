import type { MarkPlace, PieceKind } from '#shared/model/understanding.ts'
import { DEEPEST_LEVEL } from '#shared/model/understanding.ts'
import type { Change, Place } from './corrections.ts'
import {
  hasWordBrackets,
  pieceAt,
  placeOf,
  withChange,
  withoutBrackets,
  withoutPiece,
} from './corrections.ts'
import type { ShownPiece } from './messages.ts'
import type { ImportSession } from './session.ts'

/** What a person does with the piece in hand. */
export interface Acts {
  /** The index of the piece in hand. */
  readonly current: number
  readonly go: (index: number) => void
  /** Goes to the next (1) or the previous (-1) piece with a doubt, round the ends. */
  readonly goToDoubt: (step: 1 | -1) => void
  readonly setKind: (kind: PieceKind) => void
  /** Leaves the piece out, or takes it back in. */
  readonly toggleFurniture: () => void
  readonly changeLevel: (by: 1 | -1) => void
  readonly setLabel: (label: string | null) => void
  readonly join: () => void
  readonly divide: (place: Place) => void
  /** Says where the mark of a footnote stands; null: nowhere. */
  readonly setMark: (mark: MarkPlace | null) => void
  readonly settle: () => void
  /** Takes the brackets of the piece for words, or for proposals again. */
  readonly toggleBrackets: () => void
  readonly reset: () => void
}

export const isText = ({ kind }: ShownPiece): boolean => kind !== 'furniture' && kind !== 'note'
/** Whether a piece is of the text that has marks of footnotes. */
export const hasText = ({ kind }: ShownPiece): boolean =>
  kind === 'heading' || kind === 'paragraph' || kind === 'cell'
export const hasLevel = ({ kind }: ShownPiece): boolean => kind === 'heading' || kind === 'paragraph'

export const hasBrackets = ({ kind, text, block }: ShownPiece): boolean =>
  kind !== 'separator' && block !== null && /[[\]]/.test(text)

/** Whether a piece can go on with what stands before it. */
export function canJoin(pieces: readonly ShownPiece[], index: number): boolean {
  const piece = pieces[index]
  if (piece?.kind === 'note') return pieces.slice(0, index).some(({ kind }) => kind === 'note')
  const before = pieces.slice(0, index).findLast(isText)
  return piece !== undefined && before !== undefined && before.kind !== 'separator' && before.kind !== 'cell'
}

/** A piece that was read as a footnote or became one goes on with a footnote, every other one with the text. */
const joinOf = ({ kind, answered }: ShownPiece): Change =>
  answered && (kind === 'note' || kind === 'paragraph') ? { is: kind, joins: true } : { joins: true }

/** `place`: where the piece in hand begins; pieces come and go, and places stay. */
export function actsOn(
  session: ImportSession,
  pieces: readonly ShownPiece[],
  place: Place,
  moveTo: (place: Place) => void,
): Acts {
  const current = Math.max(0, pieceAt(pieces, place))
  const piece = pieces[current]
  const go = (index: number): void => {
    const to = pieces[Math.max(0, Math.min(pieces.length - 1, index))]
    if (to) moveTo(placeOf(to))
  }
  const change = (what: Change): void => {
    if (!piece) return
    session.change(withChange(session.state.get().answers.answers, placeOf(piece), what))
  }
  const divide = (at: Place): void => {
    if (!piece) return
    const is = piece.kind === 'heading' ? 'paragraph' : piece.kind
    session.change(withChange(session.state.get().answers.answers, at, { is }))
    moveTo(at)
  }
  return {
    current,
    go,
    goToDoubt: (step) => {
      const order = pieces.map((_, i) => (current + step * (i + 1) + pieces.length * 2) % pieces.length)
      const next = order.find((i) => (pieces[i]?.doubts.length ?? 0) > 0)
      if (next !== undefined) go(next)
    },
    setKind: (is) => change({ is }),
    toggleFurniture: () => change({ is: piece?.kind === 'furniture' ? 'paragraph' : 'furniture' }),
    changeLevel: (by) => {
      if (!piece || !hasLevel(piece)) return
      const level = (piece.block?.level ?? 0) + by
      if (level >= 0 && level <= DEEPEST_LEVEL) change({ level })
    },
    setLabel: (label) => change({ label }),
    join: () => {
      if (piece && canJoin(pieces, current)) change(joinOf(piece))
    },
    divide,
    setMark: (mark) => {
      if (piece?.kind === 'note') change({ mark })
    },
    settle: () => change({ sure: true }),
    toggleBrackets: () => {
      if (!piece || !hasBrackets(piece)) return
      const { answers } = session.state.get().answers
      session.change(
        hasWordBrackets(answers, piece)
          ? withoutBrackets(answers, placeOf(piece))
          : withChange(answers, placeOf(piece), { brackets: 'words' }),
      )
    },
    reset: () => {
      if (piece) session.change(withoutPiece(session.state.get().answers.answers, piece))
    },
  }
}
