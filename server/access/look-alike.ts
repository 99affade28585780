import unhomoglyph from 'unhomoglyph'
import { DIRECTORY_NAMES, spellParticipant } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { FACILITATORS, SECRETARIAT, participantKey } from '#shared/model/participant.ts'
import { ROLE_NAMES } from './role-names.ts'

/**
 * Names as a reader sees them: two that look alike have a key in common. The skeletons of Unicode Technical Standard 39,
 * of letters in either case, without accents, spaces and punctuation. (`unhomoglyph` holds the standard's table.)
 */
export function appearancesOf(name: string): readonly string[] {
  const letters = withoutMarks(name)
  return [
    `lower ${skeleton(withoutMarks(skeleton(letters)).toLowerCase())}`,
    `upper ${skeleton(letters.toUpperCase())}`,
  ]
}

/** Without accents, invisible characters and the stroke that makes Arabic letters longer. */
export const withoutMarks = (text: string): string =>
  text.normalize('NFKD').replace(/[\p{M}\p{Cf}\u0640]/gu, '')

export const skeleton = (text: string): string =>
  unhomoglyph(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[Iil1]/g, 'l')
    .replace(/0/g, 'O')
    .replace(/rn/g, 'm')

export const lookAlike = (a: string, b: string): boolean => {
  const appearances = appearancesOf(b)
  return appearancesOf(a).some((appearance) => appearances.includes(appearance))
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
  [...ROLE_NAMES, FACILITATORS, SECRETARIAT]
    .map((name): readonly [string, string] => [name, name])
    .concat(DIRECTORY_NAMES)
    .flatMap(([name, owner]) => appearancesOf(name).map((appearance) => [appearance, owner] as const)),
)

/**
 * A role, or another participant, that a new participant's name would be taken for. Null: nobody. `known`: those of the
 * document, of which each keeps its name.
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

/** Of a name in capitals only those that capitals have: ITU is not LTU, though a small `l` looks like an `I`. */
const appearancesAsWritten = (name: string): readonly string[] =>
  appearancesOf(name).filter((appearance) => /\p{Ll}/u.test(name) || appearance.startsWith('upper '))
