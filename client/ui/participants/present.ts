import type { Board } from '#shared/document/composition/board.ts'
import { compareStrings } from '#shared/document/schema.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { FACILITATORS, isNameless, SECRETARIAT } from '#shared/model/participant.ts'

const known = new WeakMap<Board, readonly ParticipantId[]>()

/** The delegations that have made proposals or taken positions in this text, by code. Pickers offer them first. */
export function participantsIn(board: Board): readonly ParticipantId[] {
  const before = known.get(board)
  if (before) return before
  const found = new Set<ParticipantId>()
  for (const { places, positions } of board.blocks) {
    for (const { participant } of positions) found.add(participant)
    for (const { rows } of places)
      for (const row of rows) {
        found.add(row.proponent)
        for (const { participant } of row.positions) found.add(participant)
        for (const { participant } of row.sponsorship.cosponsors) found.add(participant)
      }
  }
  for (const { head } of board.decided) found.add(head.by)
  found.delete(FACILITATORS)
  found.delete(SECRETARIAT)
  const sorted = [...found].filter((name) => name !== '' && !isNameless(name)).sort(compareStrings)
  known.set(board, sorted)
  return sorted
}
