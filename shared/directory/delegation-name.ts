import { isParticipantId } from '../model/ids.ts'
import type { ParticipantId } from '../model/ids.ts'
import { DIRECTORY, DIRECTORY_NAMES } from './directory.ts'
import { JOINING_WORDS, LABEL_SUFFIXES, LETTERED, NUMBER, RESERVED_WORDS } from './reserved-words.ts'

/**
 * Which names a delegation or a group may have. A name is shown in brackets, lists and sentences beside the
 * words of the notation and of decisions. So it must not read as any of these words, nor as several
 * participants.
 */

/**
 * Folds a name as a reader sees it at a glance: without case, spaces and punctuation, with letters that look
 * alike as one.
 */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll(/[i1]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')

/**
 * From this length on a word is recognised also when it is joined to a name (`KENdelete`) and when look-alike
 * letters replace some of its own. In shorter words an `i` is not taken for an `l`: Ali is not all.
 */
const LONG = 5
const isLong = (word: string): boolean => word.length >= LONG

const foldShort = (word: string): string => word.replaceAll(/[I1]/g, 'l').replaceAll('0', 'o').toLowerCase()

const ALL_WORDS = Object.values(RESERVED_WORDS).flat()

/** Folded. Long ones are recognised also when a name is joined to them. */
const BEHIND: ReadonlySet<string> = new Set(RESERVED_WORDS.behind.map(fold))
const BEFORE: ReadonlySet<string> = new Set(RESERVED_WORDS.before.map(fold))
/** Those before a name that no other word begins with, so that they are recognised when a name is joined to them. */
const RUN_ON: readonly string[] = [...BEFORE].filter((word) => word.length >= 9)
const LONG_WORDS: ReadonlySet<string> = new Set(ALL_WORDS.map(fold).filter(isLong))
/** Not folded: see {@link LONG}. */
const SHORT_WORDS: ReadonlySet<string> = new Set(ALL_WORDS.filter((word) => !isLong(fold(word))))
const SUFFIXES: ReadonlySet<string> = new Set(LABEL_SUFFIXES.map(fold))
const JOINING: ReadonlySet<string> = new Set(JOINING_WORDS)
const NAMES: ReadonlySet<string> = new Set(DIRECTORY_NAMES.map(([name]) => fold(name)))
const CODES: ReadonlySet<unknown> = new Set(DIRECTORY.map(({ participant }) => participant))

/** Whether a text may be the name of a delegation or a group, because it cannot be read as anything else. */
export function isDelegationName(value: unknown): value is ParticipantId {
  if (!isParticipantId(value)) return false
  return CODES.has(value) || !readsAsNotation(value)
}

function readsAsNotation(name: string): boolean {
  // A number behind a hyphen is part of the name: CANZ-1.
  const words = name.split(/[^A-Za-z0-9&-]+|-(?!\d)|(?=&)|(?<=&)/).filter((word) => word !== '')
  return isNumber(name) || LETTERED.test(name) || hasNotationAtAnEnd(words) || isMadeOfNames(words)
}

/** Digits, and letters that look like digits when they stand beside one or alone. */
function isNumber(name: string): boolean {
  const plain = name.replaceAll(/[^A-Za-z0-9]/g, '')
  const digits = plain.replaceAll(/[Oo]/g, '0').replaceAll(/[Il]/g, '1')
  return NUMBER.test(plain.toLowerCase()) || (/\d|^[Il]$/.test(plain) && /^\d+$/.test(digits))
}

/** With other words before or behind it: `Wakanda on earlier wording`, `except COL`. */
function hasNotationAtAnEnd(words: readonly string[]): boolean {
  const whole = fold(words.join(''))
  for (const said of BEHIND) if (isLong(said) && whole.endsWith(said)) return true
  for (const said of RUN_ON) if (whole.startsWith(said)) return true
  return words.some(
    (_, i) => BEHIND.has(fold(words.slice(i).join(''))) || BEFORE.has(fold(words.slice(0, i + 1).join(''))),
  )
}

/**
 * Whether a text consists of participants' names and words of the notation only, and is not a single name: `EU
 * alternative`, `KEN and COL`, `1 bis`. A single word counts when it is a name joined to a word of the
 * notation.
 */
function isMadeOfNames(words: readonly string[]): boolean {
  const reach = (from: number, names: number, said: number): boolean => {
    if (from === words.length) return said > 0 || names > 1
    for (let end = from + 1; end <= words.length; end++) {
      const part = words.slice(from, end).join('')
      const folded = fold(part)
      if (isSaid(part) && reach(end, names, said + 1)) return true
      const counts = isNumber(part) || SUFFIXES.has(folded)
      if (counts && names > 0 && reach(end, names, said + 1)) return true
      if (NAMES.has(folded) && reach(end, names + 1, said)) return true
      if (JOINING.has(folded) && reach(end, names, said)) return true
      if (isRunTogether(folded) && reach(end, names + 1, said + 1)) return true
    }
    return false
  }
  return !NAMES.has(fold(words.join(''))) && reach(0, 0, 0)
}

const isSaid = (part: string): boolean =>
  LONG_WORDS.has(fold(part)) || SHORT_WORDS.has(part.toLowerCase()) || SHORT_WORDS.has(foldShort(part))

function isRunTogether(word: string): boolean {
  for (const said of LONG_WORDS) {
    if (word.endsWith(said) && NAMES.has(word.slice(0, -said.length))) return true
    if (word.startsWith(said) && NAMES.has(word.slice(said.length))) return true
  }
  return false
}
