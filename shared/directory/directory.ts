import type { ParticipantId } from '../model/ids.ts'
import { participantKey } from '../model/participant.ts'
import { GROUPS } from './groups.ts'
import { OTHER_NAMES } from './other-names.ts'
import { MEMBER_STATES, OBSERVER_STATES } from './states.ts'

/**
 * The participants that are commonly in the room. Others may be invited too: a name that is not in here can be
 * a participant.
 */

export interface DirectoryEntry {
  /** The code that is shown in brackets. */
  readonly participant: ParticipantId
  readonly name: string
  readonly kind: 'member-state' | 'observer-state' | 'group'
}

/** A member of a group. Days are UTC, written as `2013-07-01`. */
export interface Membership {
  readonly member: ParticipantId
  /** The first day of its membership; null: from the beginning, or unknown. */
  readonly from: string | null
  /** The last day of its membership; null: it is still a member. */
  readonly until: string | null
}

const entries = (kind: DirectoryEntry['kind'], names: Readonly<Record<string, string>>): DirectoryEntry[] =>
  Object.entries(names).map(([code, name]) => ({ participant: code as ParticipantId, name, kind }))

const groupNames = Object.fromEntries(Object.entries(GROUPS).map(([code, { name }]) => [code, name]))

/** Member states by name, then observer states, then groups. */
export const DIRECTORY: readonly DirectoryEntry[] = [
  ...entries('member-state', MEMBER_STATES),
  ...entries('observer-state', OBSERVER_STATES),
  ...entries('group', groupNames),
]

const BY_CODE: ReadonlyMap<string, DirectoryEntry> = new Map(
  DIRECTORY.map((entry) => [entry.participant, entry]),
)

const BY_KEY: ReadonlyMap<string, ParticipantId> = new Map(
  DIRECTORY.map(({ participant }) => [participantKey(participant), participant]),
)

/** Folds a name for look-up: {@link participantKey}, without brackets, strokes and a leading article. */
const nameKey = (name: string): string =>
  participantKey(
    name
      .normalize('NFC')
      .replaceAll(/[(),/+]/gu, '')
      .trim()
      .replace(/^the\s+/iu, ''),
  )

const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{Mn}/gu, '')

const namesOf = ({ participant, name }: DirectoryEntry): readonly string[] => [
  participant,
  name,
  ...(OTHER_NAMES[participant] ?? []),
]

/**
 * Looks a name up as it is, and a name of the directory that has accents also without them. Accents that no
 * name has do not match.
 */
const BY_NAME: ReadonlyMap<string, ParticipantId> = new Map(
  DIRECTORY.flatMap((entry) =>
    namesOf(entry)
      .flatMap((name) => [name, withoutAccents(name)])
      .map((name) => [nameKey(name), entry.participant] as const),
  ),
)

/** Returns the participant that has this code or name, however it is spelt; null when the directory has none. */
export const participantNamed = (name: string): ParticipantId | null => BY_NAME.get(nameKey(name)) ?? null

/** All names in the directory, each with its participant. */
export const DIRECTORY_NAMES: readonly (readonly [name: string, participant: ParticipantId])[] =
  DIRECTORY.flatMap((entry) => namesOf(entry).map((name) => [name, entry.participant] as const))

/**
 * Returns the one spelling of a name: the directory's code where the directory knows the name; else the
 * spelling of a known participant; else the name with single spaces and none at its ends. A participant that
 * was known by another name than its code keeps that name. Whether the result may be a participant's name is
 * judged by `isDelegationName`.
 */
export function spellParticipant(name: string, known: Iterable<ParticipantId> = []): string {
  const key = participantKey(name)
  const listed = BY_KEY.get(key)
  const others = [...known]
  if (listed !== undefined && others.includes(listed)) return listed
  const same = others.find((other) => participantKey(other) === key)
  if (same !== undefined && listed === undefined) return same
  const member = listed ?? participantNamed(name)
  if (member === null) return plainlySpelt(name)
  return (
    others.find(
      (other) => participantKey(other) !== participantKey(member) && participantNamed(other) === member,
    ) ?? member
  )
}

/** With single spaces and none at its ends, and the plain apostrophe and hyphen for those that word processors put. */
const plainlySpelt = (name: string): string =>
  name
    .trim()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\u2018\u2019]/gu, "'")
    .replaceAll(/[\u2010\u2011]/gu, '-')

const MEMBER = /^([A-Z]{3})(?:\((\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?\))?$/

function readMembership(written: string): Membership {
  const [, member, from, until] = MEMBER.exec(written) ?? []
  if (!member) throw new Error(`no membership: ${written}`)
  return { member: member as ParticipantId, from: from ?? null, until: until ?? null }
}

const MEMBERSHIPS: ReadonlyMap<string, readonly Membership[]> = new Map(
  Object.entries(GROUPS).map(([code, { members }]) => [code, members.split(' ').map(readMembership)]),
)

/** Returns the English name; for a participant that is not in the directory, its own code. */
export const nameOf = (participant: ParticipantId): string => BY_CODE.get(participant)?.name ?? participant

/** Returns all members that a group ever had; empty when the directory has no such group. */
export const membershipsOf = (group: ParticipantId): readonly Membership[] => MEMBERSHIPS.get(group) ?? []

/** Returns the members of a group at a time, in milliseconds since 1970. Only tests of the directory ask for all of them. */
export function membersOf(group: ParticipantId, at: number): ParticipantId[] {
  const day = dayOf(at)
  return membershipsOf(group)
    .filter((membership) => isOn(membership, day))
    .map(({ member }) => member)
}

/** Returns the groups that a state is a member of at a time, in milliseconds since 1970. */
export function groupsOf(participant: ParticipantId, at: number): ParticipantId[] {
  return [...MEMBERSHIPS.keys()]
    .map((group) => group as ParticipantId)
    .filter((group) => isMember(participant, group, at))
}

export function isMember(member: ParticipantId, group: ParticipantId, at: number): boolean {
  const day = dayOf(at)
  return membershipsOf(group).some((membership) => membership.member === member && isOn(membership, day))
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Days written like this can be compared as strings. */
const isOn = ({ from, until }: Membership, day: string): boolean =>
  (from === null || from <= day) && (until === null || day <= until)

/** Folds a text for comparison: without case, accents and signs. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

interface Sought {
  readonly entry: DirectoryEntry
  readonly code: string
  readonly name: string
  readonly also: string
}

const SOUGHT: readonly Sought[] = DIRECTORY.map((entry) => ({
  entry,
  code: fold(entry.participant),
  name: fold(entry.name),
  also: fold((OTHER_NAMES[entry.participant] ?? []).join(' ')),
}))

/**
 * Returns suggestions for a picker, best first: participants whose code or name begins with the text, or whose
 * name has words that begin with its words. Returns all of them for an empty text.
 */
export function participantsMatching(text: string): DirectoryEntry[] {
  const words = fold(text)
  if (words === '') return text.trim() === '' ? [...DIRECTORY] : []
  return SOUGHT.map((sought) => ({ entry: sought.entry, distance: distance(sought, words) }))
    .filter((found) => found.distance < NOT_AT_ALL)
    .sort((a, b) => a.distance - b.distance)
    .map(({ entry }) => entry)
}

const NOT_AT_ALL = 5

function distance({ code, name, also }: Sought, words: string): number {
  if (code === words || also.split(' ').includes(words)) return 0
  if (code.startsWith(words)) return 1
  if (name.startsWith(words)) return 2
  const has = (where: string) => {
    const present = where.split(' ')
    return words.split(' ').every((word) => present.some((other) => other.startsWith(word)))
  }
  if (has(name)) return 3
  return has(`${code} ${name} ${also}`) ? 4 : NOT_AT_ALL
}
