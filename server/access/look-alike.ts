import unhomoglyph from 'unhomoglyph'
import { DIRECTORY, nameOf } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FACILITATORS, SECRETARIAT, participantKey, serves } from '#shared/model/participant.ts'

/**
 * Names as a reader sees them: two that look alike have a key in common. The skeletons of Unicode Technical Standard 39,
 * of letters in either case, without accents, spaces and punctuation. (`unhomoglyph` holds the standard's table.)
 */
function appearancesOf(name: string): readonly string[] {
  const letters = withoutMarks(name)
  return [
    `lower ${skeleton(withoutMarks(skeleton(letters)).toLowerCase())}`,
    `upper ${skeleton(letters.toUpperCase())}`,
  ]
}

const withoutMarks = (text: string): string => text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '')

const skeleton = (text: string): string =>
  unhomoglyph(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[Iil1]/g, 'l')
    .replace(/0/g, 'O')
    .replace(/rn/g, 'm')

const lookAlike = (a: string, b: string): boolean => {
  const appearances = appearancesOf(b)
  return appearancesOf(a).some((appearance) => appearances.includes(appearance))
}

/** Whole names of roles, and words that make a role of any name. */
const ROLE_NAMES = [
  'Facilitator',
  'Co-Facilitator',
  'Facilitators',
  'Chair',
  'Chairs',
  'Co-Chair',
  'Co-Chairs',
  'Chairperson',
  'Chairman',
  'Chairwoman',
  'Moderator',
  'Server',
]
const ROLE_WORDS = ['facilitator', 'secretariat']

/** The role that a name reads like; null: none. */
function roleReadIn(name: string): string | null {
  const whole = ROLE_NAMES.find((role) => lookAlike(name, role))
  if (whole !== undefined) return whole
  const seen = appearancesOf(name)
  return (
    ROLE_WORDS.find((word) => appearancesOf(word).some((sign, i) => seen[i]?.includes(sign.slice(6)))) ?? null
  )
}

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

/**
 * Another participant that a person's name reads like: by its code, invited or not, or by its name where it is invited
 * to the document, for people are called Jordan and Chad too. Null: none.
 */
function participantReadIn(
  name: string,
  own: ParticipantId | null,
  invited: readonly ParticipantId[],
): string | null {
  const appearance = codeAppearanceOf(name)
  const listed = CODES.get(appearance)
  if (listed !== undefined && listed !== own) return listed
  for (const other of invited) {
    if (other === own) continue
    if (isCode(other) ? codeAppearanceOf(other) === appearance : lookAlike(name, other)) return other
    const full = nameOf(other)
    if (full !== other && lookAlike(name, full)) return full
  }
  return null
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

/**
 * Another person whose name this one shows as, though it is spelt with letters of another script. Null: nobody. The same name, in
 * either case, with accents or without, is honest: people are called alike, and whom each speaks for is told beside it.
 */
export function personImitatedBy(name: string, others: Iterable<string>): string | null {
  const spelt = spellingOf(name)
  const appearance = skeletonOf(name)
  for (const other of others)
    if (spellingOf(other) !== spelt && skeletonOf(other) === appearance) return other
  return null
}

const spellingOf = (name: string): string =>
  withoutMarks(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Latin letters stay as they are: `rn` and `m`, `I` and `l` are in many an honest name. */
const skeletonOf = (name: string): string =>
  spellingOf(
    Array.from(withoutMarks(name), (letter) =>
      /[\p{sc=Latn}\p{Nd}]/u.test(letter) ? letter : unhomoglyph(letter),
    ).join(''),
  )

/** By appearance: names that only their owners bear, with the participant whose they are. */
const OWNED: ReadonlyMap<string, string> = new Map(
  [...ROLE_NAMES, FACILITATORS, SECRETARIAT, ...DIRECTORY.map(({ participant }) => participant)].flatMap(
    (name) => appearancesOf(name).map((appearance) => [appearance, name] as const),
  ),
)

/** A role, or another participant, that a new participant's name would be taken for. Null: nobody. */
export function participantMistakenFor(name: string, known: readonly ParticipantId[] = []): string | null {
  const isOther = (other: string): boolean => participantKey(other) !== participantKey(name)
  const owned = appearancesOf(name).map((appearance) => OWNED.get(appearance))
  const listed = owned.find((other) => other !== undefined && isOther(other))
  return listed ?? known.find((other) => isOther(other) && lookAlike(name, other)) ?? null
}
