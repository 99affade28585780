import { isParticipantId } from '../model/ids.ts'
import type { ParticipantId } from '../model/ids.ts'
import { DIRECTORY, DIRECTORY_NAMES } from './directory.ts'

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

/** Words that the notation puts behind a name. No name may end with one. */
const BEHIND_A_NAME = [
  'delete',
  'deletes',
  'delete paragraph',
  'retain',
  'retains',
  'reserve',
  'reserves',
  'come back',
  'comes back',
  'draft',
  'on earlier wording',
  'earlier wording',
  'agreed',
  'ad ref',
  'ad referendum',
  'not retained',
  'not agreed',
  'to withdraw if',
  'supports',
  'opposes',
  'supported',
  'opposed',
]

/** Words that the notation puts before a name. No name may begin with one. */
const BEFORE_A_NAME = [
  'except',
  'pending',
  'to withdraw if',
  'move after',
  'merge with',
  'split here',
  'former para',
  'agreed',
  'delegation',
  'delegations of',
  'supported by',
  'opposed by',
]

/** Words that are shown where names are, or instead of one. No name may consist of them. */
const WORDS = [
  ...BEHIND_A_NAME,
  ...BEFORE_A_NAME,
  'agreed ad ref',
  'agreed ad referendum',
  'referendum',
  'open',
  'reopened',
  'under discussion',
  'discussion',
  'placement',
  'accepted',
  'accepted with changes',
  'accepted in part',
  'merged',
  'superseded',
  'retained',
  'withdrawn',
  'decided',
  'undecided',
  'tabled',
  'insertion',
  'deleted',
  'deletion',
  'replacement',
  'alternative',
  'alternative paragraph',
  'new paragraph',
  'paragraph',
  'paragraphs',
  'para',
  'paras',
  'move',
  'moved',
  'move to the beginning',
  'to the beginning',
  'split',
  'join',
  'merge',
  'merger',
  'merger of paragraphs',
  'change',
  'change of heading',
  'reservation',
  'support',
  'oppose',
  'flexible',
  'position',
  'co-sponsor',
  'proponent',
  'dissociate',
  'dissociated',
  'withdraw',
  'withdraw if',
  'base text',
  'text',
  'no text',
  'wording',
  'bracket',
  'brackets',
  'proposal',
  'proposals',
  'amendment',
  'bridging text',
  'bridging proposal',
  'comment',
  'heading',
  'title',
  'option',
  'revision',
  'silence',
  'consensus',
  'room consensus',
  'a delegation',
  'all',
  'all delegations',
  'everybody',
  'everyone',
  'nobody',
  'no one',
  'none',
  'others',
  'unattributed',
  'former',
  'formerly',
  'words',
]

/** Those who serve the room or lead it. */
const ROLES = [
  'facilitator',
  'facilitators',
  'co-facilitator',
  'co-facilitators',
  'secretariat',
  'chair',
  'chairs',
  'co-chair',
  'co-chairs',
  'chairperson',
  'chairman',
  'chairwoman',
  'president',
  'rapporteur',
  'moderator',
  'bureau',
  'observer',
  'observers',
  'server',
  'system',
]

/** Suffixes that make another number of a number, and would make a label of a name. */
const SUFFIXES: ReadonlySet<string> = new Set(['alt', 'bis', 'ter', 'quater', 'quinquies'].map(fold))

const AT_THE_END: ReadonlySet<string> = new Set(BEHIND_A_NAME.map(fold))
const AT_THE_BEGINNING: ReadonlySet<string> = new Set(BEFORE_A_NAME.map(fold))
/** Those of them that no other word begins with. */
const RUN_ON: readonly string[] = [...AT_THE_BEGINNING].filter((said) => said.length >= 9)
const SAID: ReadonlySet<string> = new Set([...WORDS, ...ROLES].map(fold).filter(isLong))
const SAID_SHORTLY: ReadonlySet<string> = new Set([...WORDS, ...ROLES].filter((word) => !isLong(fold(word))))
const BETWEEN: ReadonlySet<string> = new Set(['and', 'or', 'the', 'by', 'for', 'of'])
const NAMES: ReadonlySet<string> = new Set(DIRECTORY_NAMES.map(([name]) => fold(name)))
const CODES: ReadonlySet<unknown> = new Set(DIRECTORY.map(({ participant }) => participant))

/** A number as paragraphs and revisions have it: `3`, `3 bis`, `PP2 alt`, `para 4`, `Rev.1`, `2.1`. */
const NUMBER =
  /^(no|paras?|paragraphs?|pp|op|rev|revision|section|article|art|option|annex)*\d+((bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\d*)?(alt\d*)?$/

/** One of several texts that are offered for choice: `Option A`. */
const LETTERED = /^(option|alternative|version|draft)[ -][A-H]$/i

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
  for (const said of AT_THE_END) if (isLong(said) && whole.endsWith(said)) return true
  for (const said of RUN_ON) if (whole.startsWith(said)) return true
  return words.some(
    (_, i) =>
      AT_THE_END.has(fold(words.slice(i).join(''))) ||
      AT_THE_BEGINNING.has(fold(words.slice(0, i + 1).join(''))),
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
      if (BETWEEN.has(folded) && reach(end, names, said)) return true
      if (isRunTogether(folded) && reach(end, names + 1, said + 1)) return true
    }
    return false
  }
  return !NAMES.has(fold(words.join(''))) && reach(0, 0, 0)
}

const isSaid = (part: string): boolean =>
  SAID.has(fold(part)) || SAID_SHORTLY.has(part.toLowerCase()) || SAID_SHORTLY.has(foldShort(part))

function isRunTogether(word: string): boolean {
  for (const said of SAID) {
    if (word.endsWith(said) && NAMES.has(word.slice(0, -said.length))) return true
    if (word.startsWith(said) && NAMES.has(word.slice(said.length))) return true
  }
  return false
}
