import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { isAlias } from '#shared/model/participant.ts'
import { strings } from '../strings.ts'
import { createStore } from './store.ts'

/** Who stands behind the aliases of unattributed rounds: told to facilitators and the secretariat alone. */
export const attributions = createStore<ReadonlyMap<ParticipantId, ParticipantId>>(new Map())

/** A participant as it is named on the screen: in an unattributed round, not at all, but for those who are told. */
export function nameOf(participant: ParticipantId): string {
  if (!isAlias(participant)) return participant
  const known = attributions.get().get(participant)
  return known === undefined
    ? strings.negotiating.unattributed
    : strings.negotiating.unattributedButKnown(known)
}

/** The same to one person: its own name is known to it, also while it is not sent. */
export const nameTo =
  ({ alias, participant }: Pick<Actor, 'alias' | 'participant'>) =>
  (name: ParticipantId): string =>
    name === alias && participant !== null ? participant : nameOf(name)
