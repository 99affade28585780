import { isParticipantId, type ParticipantId, type PersonId } from './ids.ts'
import type { Role } from './role.ts'

/** Facilitators and the secretariat act under a participant of their own. */
export const FACILITATORS = 'Co-Facilitators' as ParticipantId
export const SECRETARIAT = 'Secretariat' as ParticipantId

/** What a reader would take for another role, or for what a bracket says after a name. */
const IMITATES = /^(co)?facilitators?$|^secretariat$|^chairs?$|(delete|retain|reserve)$/

/** A delegation acts for all who bear its name, so it may not bear theirs, and no bracket may be misread for it. */
export const isDelegationName = (value: unknown): value is ParticipantId =>
  isParticipantId(value) && !IMITATES.test(value.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))

/** Who acts: vouched for by the server, never taken from a client's word. */
export interface Actor {
  readonly person: PersonId
  /** The person's name as given when the link was first followed; empty until then. */
  readonly name: string
  readonly role: Role
  /** Null for observers: they take part under no name in brackets. */
  readonly participant: ParticipantId | null
}

/** The participant a role implies when the invitation names none; a delegation must be named. */
export function participantOf(role: Role, given: ParticipantId | null): ParticipantId | null {
  switch (role) {
    case 'facilitator':
      return FACILITATORS
    case 'secretariat':
      return SECRETARIAT
    case 'delegation':
      return given
    case 'observer':
      return null
  }
}
