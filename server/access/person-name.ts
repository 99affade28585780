import { DIRECTORY, participantNamed, nameOf } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { isAlias, serves } from '#shared/model/participant.ts'
import { appearancesOf, lookAlike, skeleton, withoutMarks } from '#shared/directory/look-alike.ts'
import { ROLE_NAMES } from '#shared/directory/role-names.ts'

/**
 * Decides which names a person may use in a room. A name is refused if, as a whole, it reads as a role or as another
 * participant, with or without a title or a word for a delegation. Names such as Jordan Smith, Ken Adams and Chair
 * Smith are allowed.
 */

/** Titles. They do not make a name a different one. */
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

/** Words that turn a state's name into that of its delegation or of a delegate. */
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

/** Words that never occur in a person's name, such as in `Kenyan delegation`. */
const COLLECTIVE = ['delegation', 'delegations', 'délégation', 'delegación', 'делегация']

/** Words without meaning of their own in a name. */
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

/** Words that make any name in which they occur that of a role. */
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

/** Whether a participant's name is a code: capitals and digits, perhaps with a plural s. */
const isCode = (participant: string): boolean => /^[\p{Lu}\p{N}]{2,}s?$/u.test(participant)

/** The appearance of a code, in which case matters: Ken, Guy and Per are people; KEN, GUY and PER are codes. */
const codeAppearanceOf = (name: string): string => skeleton(withoutMarks(name))

/** The directory's codes, by {@link codeAppearanceOf}. */
const CODES: ReadonlyMap<string, ParticipantId> = new Map(
  DIRECTORY.filter(({ participant }) => isCode(participant)).map(({ participant }) => [
    codeAppearanceOf(participant),
    participant,
  ]),
)

/** A name divided into its words. */
interface Taken {
  /** The words that are neither titles, nor filling words, nor words for a delegation, in order. */
  readonly core: readonly string[]
  /** The name from its first to its last core word, with the words in between: `Group of 77`. */
  readonly trimmed: string
  /** Whether it contains a word for a delegation or an office. */
  readonly ofDelegation: boolean
  readonly collective: boolean
}

const PARTS = /[^\p{L}\p{M}\p{N}’'&]+/u

const isCore = (word: string): boolean =>
  !isIn(TITLE_KEYS, word) && !isIn(FILLING_KEYS, word) && !isIn(DELEGATION_KEYS, word)

/** Divides a name. Hyphenated words stay whole, unless all parts are codes or one is a word for a delegation. */
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

/** The role that a name reads like; null for none. */
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
 * The participant that a name reads like; null for none. A code counts whether the participant is invited or not. A
 * participant's name counts only if it is invited, because people are called Jordan and Chad too, or with
 * `ofDelegation`.
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

/** The other participant or participants that a person's name reads like as a whole; null for none. */
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
 * The role or other participant that a person with this name would be taken for; null for none. `invited`: the
 * participants that are invited to the document.
 */
export function personMistakenFor(
  name: string,
  { participant }: Pick<Actor, 'participant'>,
  invited: readonly ParticipantId[],
): string | null {
  const role = participant !== null && serves(participant) ? null : roleReadIn(name)
  return role ?? participantReadIn(name, participant, invited)
}
