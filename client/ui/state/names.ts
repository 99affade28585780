import type { ParticipantId } from '#shared/model/ids.ts'
import { isAlias } from '#shared/model/participant.ts'
import { strings } from '../strings.ts'

/** A participant as it is named on the screen: in an unattributed round, not at all. */
export const nameOf = (participant: ParticipantId): string =>
  isAlias(participant) ? strings.negotiating.unattributed : participant
