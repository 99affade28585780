import type { ParticipantId, ProposalId } from '../../model/ids.ts'
import type { Condition, PositionEntry, Sponsorship, Stated } from '../../model/position.ts'
import type { Fingerprint, ProposedWords } from '../../model/wording.ts'
import type { OutcomeDocument } from '../schema.ts'
import { holderOf, proponentOf, spaceOf } from '../schema.ts'
import { placingOf } from '../proposed-words.ts'
import { recordGet } from '../records.ts'
import { fingerprintOf } from '../text/fingerprint.ts'

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
  /** The number of the place where it stands. */
  readonly placing: number
}

export const NO_SPONSORS: Sponsorship = { cosponsors: [], dissociated: [] }
const NO_POSITIONS: readonly PositionEntry[] = []
const NO_SOURCES: readonly ProposalId[] = []

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

/** With the wording as it is shown beside it. */
export interface ShownStanding extends ProposalStanding {
  /** Null where it is compared with nothing: nobody's word bears a wording. */
  readonly wording: Fingerprint | null
}

export const shownWith = (standing: ProposalStanding, words: ProposedWords): ShownStanding => ({
  ...standing,
  wording: wordingFor(allSaid(standing), { ...words, placing: standing.placing }),
})

export const allSaid = ({
  positions,
  sponsorship,
}: Pick<ProposalStanding, 'positions' | 'sponsorship'>): readonly Stated[] => [
  ...positions.filter(({ position }) => position !== null),
  ...sponsorship.cosponsors,
  ...sponsorship.dissociated,
]

/** The fingerprint of these words, where something was said that is to be compared with it. */
export const wordingFor = (said: readonly Stated[], words: ProposedWords): Fingerprint | null =>
  said.some(({ wording }) => wording !== undefined) ? fingerprintOf(words) : null

/** Whether it was said of another wording than this one. What was said before wordings were noted is not. */
export const isOnEarlier = ({ wording }: Pick<Stated, 'wording'>, now: Fingerprint | null): boolean =>
  wording !== undefined && now !== null && wording !== now
