import type { MarkPlace } from '#shared/model/understanding.ts'
import { hasText } from './acts.ts'
import type { ShownPiece } from './messages.ts'
import type { Source } from './session.ts'
import { MOST_WORDS, wordsOf, type Word } from './source-words.ts'

/** The words behind one of which the mark of a footnote may stand, and the index of the one that is most likely. */
export interface WordsForMark {
  readonly list: readonly Word[]
  readonly current: number
}

/**
 * Returns the words of the text from the mark of the footnote before on, else from the beginning. Of a long text those that stand
 * nearest before the footnote at `index`, or around its mark.
 */
export function wordsForMark(pieces: readonly ShownPiece[], index: number, source: Source): WordsForMark {
  const own = pieces[index]?.markedAt ?? null
  const before = pieces.slice(0, index).findLast(({ markedAt }) => markedAt)?.markedAt ?? null
  const text = pieces.slice(0, index).filter(hasText)
  const begins = before ? text.findIndex((piece) => holds(piece, before)) : 0
  const marked = own ? text.findIndex((piece) => holds(piece, own)) : -1
  const from = marked >= 0 && marked < begins ? marked : Math.max(0, begins)
  const all = text.slice(from).flatMap((piece) => wordsOf(piece, source))
  const at = own ? all.findIndex((word) => isAt(word, own)) : -1
  const start = Math.max(0, Math.min(at < 0 ? Infinity : at - MOST_WORDS / 2, all.length - MOST_WORDS))
  const list = all.slice(start, start + MOST_WORDS)
  return { list, current: at < 0 ? 0 : at - start }
}

const holds = ({ spans }: ShownPiece, { at, column }: MarkPlace): boolean =>
  spans.some((span) => span.at === at && column >= span.from && column <= span.to)

const isAt = ({ at, column, text }: Word, mark: MarkPlace): boolean =>
  at === mark.at && mark.column >= column && mark.column <= column + text.length

/** The place behind the letters and figures of a word, before the signs that follow them. */
export function markBehind({ at, column, text }: Word): MarkPlace {
  const letters = /^.*[\p{L}\p{M}\p{N}*⁰¹²³⁴-⁹]/su.exec(text)?.[0] ?? text
  return { at, column: column + letters.length }
}
