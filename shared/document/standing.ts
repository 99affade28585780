import type { ParticipantId, ProposalId } from '../model/ids.ts'
import type { Condition, PositionEntry, Sponsorship, Stated } from '../model/proposals/position.ts'
import { NO_SPONSORS } from '../model/proposals/position.ts'
import type { Fingerprint, ProposedWords } from '../model/proposals/wording.ts'
import type { OutcomeDocument } from './schema.ts'
import { holderOf, proponentOf, spaceOf } from './schema.ts'
import { placingOf } from './proposed-words.ts'
import { recordGet } from './records.ts'
import { fingerprintOf } from './text/fingerprint.ts'

/** What the record says of a proposal besides its wording: whose it is and what others have said. */
export interface ProposalStanding {
  readonly proponent: ParticipantId
  readonly sponsorship: Sponsorship
  readonly positions: readonly PositionEntry[]
  readonly condition: Condition | null
  /** For a bridging proposal: the proposals that it was made of. */
  readonly sources: readonly ProposalId[]
  /** The group whose private draft it is; null when it is in the room. */
  readonly space: ParticipantId | null
  /** The number of its place: see `placing.ts`. */
  readonly placing: number
}

const NO_POSITIONS: readonly PositionEntry[] = []
const NO_SOURCES: readonly ProposalId[] = []

/** Reads the standing of a proposal from the document that holds it. */
export function standingOf(od: OutcomeDocument, id: ProposalId): ProposalStanding {
  const holder = holderOf(od, id)
  return {
    proponent: proponentOf(holder, id)!,
    sponsorship: recordGet(holder, `sponsors/${id}`) ?? NO_SPONSORS,
    positions: recordGet(holder, `positions/${id}`) ?? NO_POSITIONS,
    condition: recordGet(holder, `condition/${id}`) ?? null,
    sources: recordGet(holder, `bridge/${id}`)?.sources ?? NO_SOURCES,
    space: spaceOf(od, id)?.participant ?? null,
    placing: placingOf(od, id),
  }
}

/** A standing together with the wording that is shown beside it, for marking statements about earlier wordings. */
export interface ShownStanding extends ProposalStanding {
  /** Null when there is nothing to compare: no statement refers to a wording. */
  readonly wording: Fingerprint | null
}

/** Adds to a standing the fingerprint of the words that are shown. */
export const shownWith = (standing: ProposalStanding, words: ProposedWords): ShownStanding => ({
  ...standing,
  wording: wordingFor(allSaid(standing), { ...words, placing: standing.placing }),
})

/** Returns all present statements about a proposal, except the condition. */
export const allSaid = ({
  positions,
  sponsorship,
}: Pick<ProposalStanding, 'positions' | 'sponsorship'>): readonly Stated[] => [
  ...positions.filter(({ position }) => position !== null),
  ...sponsorship.cosponsors,
  ...sponsorship.dissociated,
]

/** Returns the fingerprint of these words when at least one statement can be compared with it, else null. */
export const wordingFor = (said: readonly Stated[], words: ProposedWords): Fingerprint | null =>
  said.some(({ wording }) => wording !== undefined) ? fingerprintOf(words) : null
