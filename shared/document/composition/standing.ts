import type { ParticipantId, ProposalId } from '../../model/ids.ts'
import type { Condition, PositionEntry, Sponsorship } from '../../model/position.ts'
import type { OutcomeDocument } from '../schema.ts'
import { holderOf, proponentOf, recordGet, spaceOf } from '../schema.ts'

/** What the room says of a proposal, beside its words. */
export interface ProposalStanding {
  readonly proponent: ParticipantId
  readonly sponsorship: Sponsorship
  readonly positions: readonly PositionEntry[]
  readonly condition: Condition | null
  /** Of a bridging proposal: what it was made of. */
  readonly sources: readonly ProposalId[]
  /** Whose private draft it is; null once it is tabled. */
  readonly space: ParticipantId | null
}

export const NO_SPONSORS: Sponsorship = { cosponsors: [], dissociated: [] }
const NO_POSITIONS: readonly PositionEntry[] = []
const NO_SOURCES: readonly ProposalId[] = []

/** The record's keys that say it; each is followed by `/` and the proposal's id. */
export const STANDING_KEYS: ReadonlySet<string> = new Set([
  'owner',
  'sponsors',
  'positions',
  'condition',
  'bridge',
])

export function standingOf(od: OutcomeDocument, id: ProposalId): ProposalStanding {
  const holder = holderOf(od, id)
  return {
    proponent: proponentOf(holder, id)!,
    sponsorship: recordGet(holder, `sponsors/${id}`) ?? NO_SPONSORS,
    positions: recordGet(holder, `positions/${id}`) ?? NO_POSITIONS,
    condition: recordGet(holder, `condition/${id}`) ?? null,
    sources: recordGet(holder, `bridge/${id}`)?.sources ?? NO_SOURCES,
    space: spaceOf(od, id)?.participant ?? null,
  }
}
