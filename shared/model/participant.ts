import type { ParticipantId, PersonId } from './ids.ts'
import type { Role } from './role.ts'

/** The names under which facilitators and the secretariat act. */
export const FACILITATORS = 'Co-Facilitators' as ParticipantId
export const SECRETARIAT = 'Secretariat' as ParticipantId

/**
 * Returns what all spellings of one name have in common: without letter case, spaces, dots, hyphens and
 * apostrophes, and with `and` for `&`. Names with the same key are one participant. A hyphen between spaces is
 * a dash, which separates two names in a bracket, so it is kept.
 */
export const participantKey = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/(?<=\S)[\u2010\u2011-](?=\S)|[\s.'\u2019]/gu, '')

const SERVING: ReadonlySet<ParticipantId> = new Set([FACILITATORS, SECRETARIAT])

/**
 * Whether a name is that of the facilitators or the secretariat. They take no side, and each may write for the
 * other.
 */
export const serves = (participant: ParticipantId): boolean => SERVING.has(participant)

const ALIAS = /^Delegation-[0-9a-v]{8}$/

/**
 * Whether a name is an alias, which replaces a delegation's name in an unattributed round. Only the server
 * knows whose it is, no participant can have such a name, and no screen shows it.
 */
export const isAlias = (value: unknown): value is ParticipantId =>
  typeof value === 'string' && ALIAS.test(value)

/**
 * The proponent of what stood in an imported text in brackets without names. Nobody takes part under this name, writes
 * under it or speaks for it.
 */
export const AS_RECEIVED = 'As received' as ParticipantId

/** Whether nobody is named in a bracket of this proponent: an alias, or nobody. */
export const isNameless = (name: ParticipantId): boolean => name === AS_RECEIVED || isAlias(name)

/** Returns the name for use in a sentence; an alias is not named. */
export const inSentence = (participant: ParticipantId): string =>
  participant === AS_RECEIVED ? 'the text as received' : isAlias(participant) ? 'a delegation' : participant

/** Who acts. The server derives it from the session and never from what a client says. */
export interface Actor {
  readonly person: PersonId
  /** The person's name, given when the link was first followed; empty until then. */
  readonly name: string
  readonly role: Role
  /** Null for observers, who have no name in brackets. */
  readonly participant: ParticipantId | null
  /**
   * A delegation's alias in an unattributed round. What it writes and says then bears the alias and no person's
   * name.
   */
  readonly alias?: ParticipantId
}

/**
 * Returns the participant of an invitation: the given one, or the one that the role implies. A delegation must
 * be given.
 */
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
