import type { ParticipantId, ProposalId } from '../model/ids.ts'
import type { Condition, PositionEntry, Sponsorship } from '../model/position.ts'
import type { OutcomeDocument } from './schema.ts'
import { proponentOf, recordGet } from './schema.ts'

/** What the room says of a proposal, beside its words. */
export interface ProposalStanding {
  readonly proponent: ParticipantId
  readonly sponsorship: Sponsorship
  readonly positions: readonly PositionEntry[]
  readonly condition: Condition | null
  /** Of a bridging proposal: what it was made of. */
  readonly sources: readonly ProposalId[]
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
  return {
    proponent: proponentOf(od, id)!,
    sponsorship: recordGet(od, `sponsors/${id}`) ?? NO_SPONSORS,
    positions: recordGet(od, `positions/${id}`) ?? NO_POSITIONS,
    condition: recordGet(od, `condition/${id}`) ?? null,
    sources: recordGet(od, `bridge/${id}`)?.sources ?? NO_SOURCES,
  }
}
