import { isDelegationName } from '../../directory/delegation-name.ts'
import { MEMBER_STATES } from '../../directory/states.ts'
import { participantNamed, spellParticipant } from '../../directory/directory.ts'
import type { ParticipantId } from '../../model/ids.ts'
import { FACILITATORS, participantKey, SECRETARIAT } from '../../model/participant.ts'
import { memoize } from './memoize.ts'

/** A name as a bracket has it. `participant`: null when the directory does not know it. */
export interface WrittenName {
  readonly written: string
  readonly participant: ParticipantId | null
  /** Whether it is said of an earlier wording. */
  readonly earlier?: true
}

const ON_EARLIER = /\s*\(on earlier wording\)/giu
/** Stands behind a name in place of `(on earlier wording)`, so that no bracket is in the way of its verb. */
const EARLIER = '\ue003'

/** Marks the names of those who spoke of an earlier wording, for {@link readNames}. */
export const withEarlierMarked = (text: string): string => text.replaceAll(ON_EARLIER, EARLIER)

/** Before a list of names. */
const PROPOSED =
  /^(?:(?:supported|proposed|proposal|suggested|suggestion|submitted|requested|inserted|added|text|language) (?=by |of |from ))?(?:by |of |from |on behalf of )?(?:the )?(?=\S)/iu

/** What stands between names; kept by the split, since a name may hold it: `Trinidad and Tobago`. */
const BETWEEN = /(\s*[,،，、]\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\/\s*|\s+with\s+|\s*\+\s*)/u
/** Longest name, in the parts between these. */
const MOST_PARTS = 6
const LONGEST = 1_500

/**
 * Reads a list of names: `EU, JPN`, `G-77 & China and the U.S.`. Returns null when it holds something that is no name.
 * `strict`: only names that the directory knows.
 */
export function readNames(text: string, strict: boolean): WrittenName[] | null {
  const list = text.trim().replace(PROPOSED, '')
  if (list === '' || list.length > LONGEST) return null
  const parts = list.split(BETWEEN)
  const names: WrittenName[] = []
  const add = (name: WrittenName, last: number): void => {
    names.push(parts[last]?.endsWith(EARLIER) ? { ...name, earlier: true } : name)
  }
  for (let from = 0; from < parts.length;) {
    const known = longestKnown(parts, from)
    if (known) {
      add(known.name, known.end - 1)
      from = known.end + 1
      continue
    }
    const written = behalf(parts[from] ?? '')
    if (strict || !isNameLike(written)) return null
    add({ written, participant: null }, from)
    from += 2
  }
  return names
}

/** Returns the longest known name that begins at a part, and the index behind it. */
function longestKnown(parts: readonly string[], from: number): { name: WrittenName; end: number } | null {
  for (let end = Math.min(parts.length, from + 2 * MOST_PARTS - 1); end > from; end -= 2) {
    const written = behalf(parts.slice(from, end).join(''))
    const participant = knownParticipant(written)
    if (participant) return { name: { written, participant }, end }
  }
  return null
}

const behalf = (name: string): string =>
  name
    .replace(EARLIER, '')
    .trim()
    .replace(/^(?:.{1,30}\s)?\(?on behalf of\s+(?:the\s+)?([^)]*)\)?$/iu, '$1')
    .replace(/^the\s+/iu, '')

/**
 * Returns the participant that the directory has under this name or an abbreviation of it (`Switz.`, `Group of 77`), or the
 * facilitators or the secretariat, whose brackets bear these names.
 */
export const knownParticipant = memoize(lookUp)

function lookUp(name: string): ParticipantId | null {
  const plain = name
    .replace(/^\(|\)$/gu, '')
    .trim()
    .replace(OFFERED, '')
  // A name has a capital, a digit, or letters of a script without capitals.
  if (plain.length > 80 || !/[\p{Lu}\p{Lo}\p{N}]/u.test(plain)) return null
  return (
    participantNamed(plain) ??
    participantNamed(plain.replace(/\.$/u, '')) ??
    participantNamed(plain.replace(/\s+(?:group|delegation|member states)$/iu, '')) ??
    abbreviated(plain) ??
    servingNamed(plain)
  )
}

/** Behind a name: what it offers. */
export const OFFERED =
  /(?:['’]s?)? (?:proposal|text|language|wording|formulation|suggestion|version|amendment|addition|insertion)$/iu

/** Who leads the room, by whatever name. */
const LEADS =
  /^(?:co-?)?(?:facilitators?|chairs?|chairpersons?|moderators?|coordinators?|president|presidency|bureau)$/iu

function servingNamed(name: string): ParticipantId | null {
  if (LEADS.test(name.replace(/['’]s?$/u, ''))) return FACILITATORS
  return participantKey(SECRETARIAT) === participantKey(name) ? SECRETARIAT : null
}

/** A name that was cut short is that of the one state that begins so. */
function abbreviated(name: string): ParticipantId | null {
  if (!/^\p{Lu}\p{Ll}{3,}\.?$/u.test(name)) return null
  const start = name.replace('.', '').toLowerCase()
  const found = Object.entries(MEMBER_STATES).filter(([, state]) => state.toLowerCase().startsWith(start))
  return found.length === 1 ? (found[0]?.[0] as ParticipantId) : null
}

const SMALL = /^(?:of|the|and|for|de|la|du|des|del|el|y|et)$/u

/** Whether a text that no directory knows can be a delegation's name: few words with capitals, none of the notation. */
function isNameLike(text: string): boolean {
  const words = text.split(' ')
  if (text.length > 40 || words.length > 5 || !/^\p{Lu}/u.test(text)) return false
  const named = words.every((word) => SMALL.test(word) || /^[(]?\p{Lu}[\p{L}\p{N}'’.&()-]*$/u.test(word))
  return named && asParticipant(text) !== null
}

/** Returns the name as a participant's, spelt as it is; null when no participant may be called so. */
export function asParticipant(written: string): ParticipantId | null {
  const name = spellParticipant(written.replace(/\.$/u, ''))
  return isDelegationName(name) ? name : null
}
