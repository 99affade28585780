import type { ParticipantId, ProposalId } from '../../model/ids.ts'
import { STEPS_KEPT, NO_SPONSORS } from '../../model/proposals/position.ts'
import type { LeftSide, Stated } from '../../model/proposals/position.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'

/**
 * The two groups recorded beside a proposal's proponent: co-sponsors, and those who dissociate themselves from
 * it.
 */

type Side = LeftSide['side']

/** Whether a participant is on this side of a proposal. */
export const isOnSide = (
  od: OutcomeDocument,
  id: ProposalId,
  participant: ParticipantId,
  side: Side,
): boolean =>
  recordGet(od, `sponsors/${id}`)?.[side].some((stated) => stated.participant === participant) ?? false

/** Removes a participant from a side and records that it had been there. */
export function leave(
  od: OutcomeDocument,
  id: ProposalId,
  { participant, at: until }: Pick<Stated, 'participant' | 'at'>,
  side: Side,
  how: Pick<LeftSide, 'renewed'> = {},
): void {
  const sponsors = recordGet(od, `sponsors/${id}`)
  const stood = sponsors?.[side].find((stated) => stated.participant === participant)
  if (!sponsors || !stood) return
  const rest = sponsors[side].filter((stated) => stated !== stood)
  const left: LeftSide[] = [...(sponsors.left ?? []), { ...stood, side, until, ...how }]
  const own = left.filter((one) => one.participant === participant)
  const kept = own.length > STEPS_KEPT ? left.filter((one) => one !== own[0]) : left
  recordSet(od, `sponsors/${id}`, { ...sponsors, [side]: rest, left: kept })
}

/** Adds a participant to a side, or updates its entry when it had joined for another wording. */
export function join(od: OutcomeDocument, id: ProposalId, said: Stated, side: Side): void {
  const stood = recordGet(od, `sponsors/${id}`)?.[side].find((one) => one.participant === said.participant)
  if (stood && stood.wording === said.wording) return
  if (stood) leave(od, id, said, side, { renewed: true })
  const sponsors = recordGet(od, `sponsors/${id}`) ?? NO_SPONSORS
  recordSet(od, `sponsors/${id}`, { ...sponsors, [side]: [...sponsors[side], said] })
}
