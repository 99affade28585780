import { DIRECTORY, participantNamed, nameOf } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { isAlias, serves } from '#shared/model/participant.ts'
import { appearancesOf, lookAlike, skeleton, withoutMarks } from './look-alike.ts'
import { ROLE_NAMES } from './role-names.ts'

/**
 * Which names a person may go by in a room: none that reads, as a whole, as a role or as another participant, with a title
 * before it or the word for a delegation beside it or without. People are called Jordan Smith, Ken Adams and Chair Smith.
 */

/** How people are addressed: these make no other name. */
const TITLES = [
  'mr',
  'mrs',
  'ms',
  'mx',
  'miss',
  'madam',
  'madame',
  'monsieur',
  'sir',
  'dr',
  'prof',
  'professor',
  'h',
  'e',
  'he',
  'his',
  'her',
  'excellency',
  'hon',
  'honourable',
  'honorable',
  'distinguished',
  'amb',
]

/** What makes a delegation of a state's name, or a person of it. */
const DELEGATION_WORDS = [
  'delegation',
  'delegations',
  'delegate',
  'delegates',
  'mission',
  'representative',
  'representatives',
  'rep',
  'ambassador',
  'embassy',
  'government',
  'minister',
  'ministry',
  'délégué',
  'déléguée',
  'délégation',
  'représentant',
  'représentante',
  'ambassadeur',
  'delegado',
  'delegada',
  'delegación',
  'representante',
  'misión',
  'embajador',
  'embajadora',
  'делегация',
  'делегат',
  'представитель',
  'وفد',
  'مندوب',
  '代表',
  '代表团',
]

/** No person is called so, whatever stands beside it: `Kenyan delegation`. */
const COLLECTIVE = ['delegation', 'delegations', 'délégation', 'delegación', 'делегация']

/** Words that say nothing by themselves. */
const FILLING = [
  'the',
  'a',
  'la',
  'de',
  'du',
  'del',
  'of',
  'for',
  'from',
  'to',
  'on',
  'behalf',
  'and',
  'or',
  'permanent',
  'deputy',
  'acting',
  'official',
  'member',
  'state',
  'head',
  'office',
  'meeting',
  'un',
  'this',
  'room',
]

/** Wherever they stand in a name, it is that of a role. */
const ROLE_WORDS = ['facilitator', 'secretariat']

const keysOf = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((word) => appearancesOf(word)))

const TITLE_KEYS = keysOf(TITLES)
const DELEGATION_KEYS = keysOf(DELEGATION_WORDS)
const COLLECTIVE_KEYS = keysOf(COLLECTIVE)
const FILLING_KEYS = keysOf(FILLING)
const ROLE_KEYS = keysOf(ROLE_NAMES)

const isIn = (keys: ReadonlySet<string>, word: string): boolean =>
  appearancesOf(word).some((appearance) => keys.has(appearance))

/** Capitals and digits, a plural’s s perhaps: the directory's codes, and abbreviations of others. */
const isCode = (participant: string): boolean => /^[\p{Lu}\p{N}]{2,}s?$/u.test(participant)

/** As appearances, but a capital and its small letter differ: Ken, Guy and Per are people, and KEN, GUY and PER are none. */
const codeAppearanceOf = (name: string): string => skeleton(withoutMarks(name))

/** By appearance in their own case: the directory's codes. */
const CODES: ReadonlyMap<string, ParticipantId> = new Map(
  DIRECTORY.filter(({ participant }) => isCode(participant)).map(({ participant }) => [
    codeAppearanceOf(participant),
    participant,
  ]),
)

interface Taken {
  /** The words that are neither titles nor fill in, in their order. */
  readonly core: readonly string[]
  /** The name without such words before the first of those and behind the last: `Group of 77`. */
  readonly trimmed: string
  /** It speaks of a delegation or an office. */
  readonly ofDelegation: boolean
  readonly collective: boolean
}

const PARTS = /[^\p{L}\p{M}\p{N}’'&]+/u

const isCore = (word: string): boolean =>
  !isIn(TITLE_KEYS, word) && !isIn(FILLING_KEYS, word) && !isIn(DELEGATION_KEYS, word)

/** A name without its titles. Names of two with a hyphen stay whole, unless both are codes or one speaks of a delegation. */
function takenApart(name: string): Taken {
  const parts = name.split(/[^\p{L}\p{M}\p{N}’'&-]+/u).flatMap((word) => {
    const pieces = word.split(PARTS).filter((part) => /[\p{L}\p{N}]/u.test(part))
    const isOpen = pieces.every((part) => CODES.has(codeAppearanceOf(part)) || isIn(DELEGATION_KEYS, part))
    return isOpen || pieces.some((part) => isIn(DELEGATION_KEYS, part)) ? pieces : [pieces.join('-')]
  })
  const core = parts.filter(isCore)
  return {
    core,
    trimmed: parts.slice(parts.findIndex(isCore), parts.findLastIndex(isCore) + 1).join(' '),
    ofDelegation: parts.some((word) => isIn(DELEGATION_KEYS, word)),
    collective: parts.some((word) => isIn(COLLECTIVE_KEYS, word)),
  }
}

/** The role that a name reads like; null: none. */
function roleReadIn(name: string): string | null {
  const whole = ROLE_NAMES.find((role) => lookAlike(name, role))
  if (whole !== undefined) return whole
  const { core, ofDelegation } = takenApart(name)
  const called = ROLE_NAMES.find((role) => lookAlike(core.join(' '), role))
  if (called !== undefined && core.length > 0) return called
  if (core.length > 1 && core.every((word) => isIn(ROLE_KEYS, word))) return core.join(' ')
  if (ofDelegation && core.length === 0) return 'a delegation'
  const seen = appearancesOf(name)
  return (
    ROLE_WORDS.find((word) => appearancesOf(word).some((sign, i) => seen[i]?.includes(sign.slice(6)))) ?? null
  )
}

/**
 * The participant that a name, taken alone, reads like: by its code, invited or not, or by its name where it is invited to
 * the document, for people are called Jordan and Chad too; `ofDelegation`: by its name in any case. Null: none.
 */
function participantReadAs(
  name: string,
  invited: readonly ParticipantId[],
  ofDelegation: boolean,
): ParticipantId | null {
  const appearance = codeAppearanceOf(name)
  const listed = CODES.get(appearance)
  if (listed !== undefined) return listed
  const other = invited.find((one) =>
    isCode(one) ? codeAppearanceOf(one) === appearance : lookAlike(name, one),
  )
  if (other !== undefined) return other
  const named = invited.find((one) => nameOf(one) !== one && lookAlike(name, nameOf(one)))
  return named ?? (ofDelegation ? participantNamed(name) : null)
}

/** Another participant, or several, that a person's name reads like as a whole. Null: none. */
function participantReadIn(
  name: string,
  own: ParticipantId | null,
  invited: readonly ParticipantId[],
): string | null {
  const { core, trimmed, ofDelegation, collective } = takenApart(name)
  const owner = core.join(' ').replace(/['’]s$/u, '')
  for (const whole of [name, trimmed, core.join(' '), ...(ofDelegation ? [owner] : [])]) {
    const read = participantReadAs(whole, invited, ofDelegation)
    if (read !== null) return read === own ? null : read
  }
  const each = core.map((word) => participantReadAs(word, invited, ofDelegation))
  if (each.length > 0 && each.every((read) => read !== null && read !== own)) return each.join(', ')
  return isAlias(name) || (collective && core.length === 1 && /../u.test(core[0] ?? ''))
    ? 'a delegation'
    : null
}

/**
 * Whom a person who bears this name would be taken for, among those `invited` to the document: a role, or another
 * participant. Null: nobody.
 */
export function personMistakenFor(
  name: string,
  { participant }: Pick<Actor, 'participant'>,
  invited: readonly ParticipantId[],
): string | null {
  const role = participant !== null && serves(participant) ? null : roleReadIn(name)
  return role ?? participantReadIn(name, participant, invited)
}
