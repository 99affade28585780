import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { AS_RECEIVED, isAlias } from '#shared/model/participant.ts'
import { strings } from '../strings.ts'
import { createValue } from '#client/observable.ts'

/** The participants by alias. Known only to facilitators and the secretariat; empty for others. */
export const attributions = createValue<ReadonlyMap<ParticipantId, ParticipantId>>(new Map())

/** A participant's name on the screen. An alias is shown as unattributed, except to those who know the participant. */
export function nameOf(participant: ParticipantId): string {
  if (participant === AS_RECEIVED) return strings.proposals.asReceived
  if (!isAlias(participant)) return participant
  const known = attributions.get().get(participant)
  return known === undefined ? strings.proposals.unattributed : strings.proposals.unattributedButKnown(known)
}

/** The name as shown to one person, who knows which alias is their own. */
export const nameTo =
  ({ alias, participant }: Pick<Actor, 'alias' | 'participant'>) =>
  (name: ParticipantId): string =>
    name === alias && participant !== null ? participant : nameOf(name)
