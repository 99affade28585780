import type { ParticipantId, PersonId } from './ids.ts'
import type { Role } from './role.ts'

/** Facilitators and the secretariat act under a participant of their own. */
export const FACILITATORS = 'Co-Facilitators' as ParticipantId
export const SECRETARIAT = 'Secretariat' as ParticipantId

/**
 * What two spellings of one name have in common: without letter case, spaces, dots, hyphens and apostrophes, with `and` for
 * `&`. Names with the same key are one participant. A hyphen between spaces is a dash: what it parts are two names in a
 * bracket.
 */
export const participantKey = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/(?<=\S)[\u2010\u2011-](?=\S)|[\s.'\u2019]/gu, '')

const SERVING: ReadonlySet<ParticipantId> = new Set([FACILITATORS, SECRETARIAT])

/** Those who serve the room take no side in it; each may write for the other. */
export const serves = (participant: ParticipantId): boolean => SERVING.has(participant)

const ALIAS = /^Delegation-[0-9a-v]{8}$/

/**
 * What stands for a delegation in an unattributed round: the server alone can tell for which, and nobody can be called
 * so. It is shown as no name at all.
 */
export const isAlias = (value: unknown): value is ParticipantId =>
  typeof value === 'string' && ALIAS.test(value)

/** In a sentence: whose name is not shown is not named. */
export const inSentence = (participant: ParticipantId): string =>
  isAlias(participant) ? 'a delegation' : participant

/** Who acts: vouched for by the server, never taken from a client's word. */
export interface Actor {
  readonly person: PersonId
  /** The person's name as given when the link was first followed; empty until then. */
  readonly name: string
  readonly role: Role
  /** Null for observers: they take part under no name in brackets. */
  readonly participant: ParticipantId | null
  /** A delegation's, while the round is unattributed: what it writes and says then bears this and no person's name. */
  readonly alias?: ParticipantId
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
