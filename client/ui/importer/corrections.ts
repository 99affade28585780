import type { Answer, Piece, PieceKind } from '#shared/model/understanding.ts'

/** Changes a list of answers. The list that is given stays as it is. */

/** A place in a source at which a piece begins. */
export interface Place {
  readonly at: number
  readonly column: number
}

export const placeOf = ({ spans }: Piece): Place => ({ at: spans[0]?.at ?? 0, column: spans[0]?.from ?? 0 })

const isAt = ({ at, column = 0 }: Answer, place: Place): boolean => at === place.at && column === place.column

const answerAt = ({ at, column }: Place): Answer => (column === 0 ? { at } : { at, column })

/** Kinds that have neither level nor label. */
const BARE: ReadonlySet<PieceKind> = new Set(['separator', 'front', 'furniture', 'note'])

export type Change = Omit<Answer, 'at' | 'column'>

/** Adds to what is answered about the piece that begins at a place. */
export function withChange(answers: readonly Answer[], place: Place, change: Change): readonly Answer[] {
  const before = answers.find((answer) => isAt(answer, place)) ?? answerAt(place)
  const others = answers.filter((answer) => !isAt(answer, place))
  if (change.joins) return [...others, { ...answerAt(place), ...change }]
  const { joins: _, ...joinless } = before
  const { mark: ____, ...markless } = joinless
  const kept = change.is === undefined || change.is === 'note' ? joinless : markless
  // A label is one of its kind, so it does not outlive a change of kind.
  const { label: __, ...unlabelled } = kept
  const { level: ___, ...bare } = unlabelled
  const rest = change.is === undefined ? kept : BARE.has(change.is) ? bare : unlabelled
  return [...others, { ...rest, ...change }]
}

/** Whether it is answered that the brackets of a piece are words. */
export const hasWordBrackets = (answers: readonly Answer[], piece: Piece): boolean =>
  answers.some((answer) => answer.brackets !== undefined && isAt(answer, placeOf(piece)))

/** Takes back that the brackets of the piece at a place are words. */
export const withoutBrackets = (answers: readonly Answer[], place: Place): readonly Answer[] =>
  answers.flatMap((answer) => {
    if (!isAt(answer, place)) return [answer]
    const { brackets: _, at, column, ...rest } = answer
    return Object.keys(rest).length === 0
      ? []
      : [{ at, ...(column === undefined ? {} : { column }), ...rest }]
  })

/** Takes back all that is answered about a piece. */
export function withoutPiece(answers: readonly Answer[], { spans }: Piece): readonly Answer[] {
  return answers.filter(
    ({ at, column = 0 }) =>
      !spans.some((span) => span.at === at && column >= span.from && column < Math.max(span.to, 1)),
  )
}

/** Returns the index of the piece to which the words at a place belong; -1 when there is none. */
export function pieceAt(pieces: readonly Piece[], { at, column }: Place): number {
  return pieces.findIndex(({ spans }) =>
    spans.some((span) => span.at === at && column >= span.from && column < span.to),
  )
}
