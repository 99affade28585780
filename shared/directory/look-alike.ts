import unhomoglyph from 'unhomoglyph'
import { DIRECTORY_NAMES, spellParticipant } from './directory.ts'
import type { ParticipantId } from '../model/ids.ts'
import { FACILITATORS, SECRETARIAT, participantKey } from '../model/participant.ts'
import { ROLE_NAMES } from './role-names.ts'

/**
 * Keys of a name as a reader sees it; two names that look alike have a key in common. They are skeletons after Unicode
 * Technical Standard 39 (whose table `unhomoglyph` holds), in lower and in upper case, without accents, spaces and
 * punctuation.
 */
export function appearancesOf(name: string): readonly string[] {
  const letters = withoutMarks(name)
  return [
    `lower ${skeleton(withoutMarks(skeleton(letters)).toLowerCase())}`,
    `upper ${skeleton(letters.toUpperCase())}`,
  ]
}

/** Text without accents, invisible characters and the Arabic tatweel. */
export const withoutMarks = (text: string): string =>
  text.normalize('NFKD').replace(/[\p{M}\p{Cf}\u0640]/gu, '')

export const skeleton = (text: string): string =>
  unhomoglyph(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[Iil1]/g, 'l')
    .replace(/0/g, 'O')
    .replace(/5/g, 'S')
    .replace(/8/g, 'B')
    .replace(/2/g, 'Z')
    .replace(/rn/g, 'm')

export const lookAlike = (a: string, b: string): boolean => {
  const appearances = appearancesOf(b)
  return appearancesOf(a).some((appearance) => appearances.includes(appearance))
}

/**
 * The name of another person that this name looks like although it is spelt with letters of another script; null for
 * none. Equal names, in any case and with or without accents, are allowed: people have the same names, and their
 * delegation is shown beside them.
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

/** The skeleton without confusing Latin letters with each other: `rn` and `m`, `I` and `l` are common in names. */
const skeletonOf = (name: string): string =>
  spellingOf(
    Array.from(withoutMarks(name), (letter) =>
      /[\p{sc=Latn}\p{Nd}]/u.test(letter) ? letter : unhomoglyph(letter),
    ).join(''),
  )

/** By appearance the names that only their owners may bear, with the owning participant or role. */
const OWNED: ReadonlyMap<string, string> = new Map(
  [...ROLE_NAMES, FACILITATORS, SECRETARIAT]
    .map((name): readonly [string, string] => [name, name])
    .concat(DIRECTORY_NAMES)
    .flatMap(([name, owner]) => appearancesOf(name).map((appearance) => [appearance, owner] as const)),
)

/**
 * The role or other participant that a new participant's name would be taken for; null for none. `known`: the
 * participants of the document, whose own names are always allowed.
 */
export function participantMistakenFor(name: string, known: readonly ParticipantId[] = []): string | null {
  if (known.some((one) => one === name && spellParticipant(name, known) === one)) return null
  const isOther = (other: string): boolean => participantKey(other) !== participantKey(name)
  const owned = appearancesAsWritten(name).map((appearance) => OWNED.get(appearance))
  const listed = owned.find((other) => other !== undefined && isOther(other))
  if (listed !== undefined) return listed
  const isLike = (other: string): boolean => {
    const appearances = appearancesAsWritten(other)
    return appearancesAsWritten(name).some((appearance) => appearances.includes(appearance))
  }
  return known.find((other) => isOther(other) && isLike(other)) ?? null
}

/**
 * The appearances of a name as written. In capitals only the upper-case one: a small `l` must not make ITU like LTU.
 */
const appearancesAsWritten = (name: string): readonly string[] =>
  appearancesOf(name).filter((appearance) => /\p{Ll}/u.test(name) || appearance.startsWith('upper '))
