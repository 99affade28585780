import { isParticipantId } from '../model/ids.ts'
import type { ParticipantId } from '../model/ids.ts'
import { DIRECTORY, DIRECTORY_NAMES } from './directory.ts'

/**
 * Which names a delegation or a group may bear. A name stands in brackets, lists and sentences beside the words of the
 * notation and of the decisions, so it may not read as any of these, nor as several participants.
 */

/** As a reader sees it at a glance: without case, spaces and punctuation, and with letters that look alike as one. */
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
 * Of words this long it can be told also where they are run together with a name (`KENdelete`), and where look-alikes stand in
 * them. In shorter ones an `i` is no `l`: Ali is not all.
 */
const LONG = 5
const isLong = (word: string): boolean => word.length >= LONG

const foldShort = (word: string): string => word.replaceAll(/[I1]/g, 'l').replaceAll('0', 'o').toLowerCase()

/** What stands behind a name in a bracket or a list: no name may end with it. */
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

/** What stands before one: no name may begin with it. */
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

/** What stands where names do, or instead of one: no name may be it, alone or with others. */
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

/** Who serves the room, or leads it. */
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

/** They make another number of one, and of a name what reads as a label. */
const SUFFIXES: ReadonlySet<string> = new Set(['alt', 'bis', 'ter', 'quater', 'quinquies'].map(fold))

const AT_THE_END: ReadonlySet<string> = new Set(BEHIND_A_NAME.map(fold))
const AT_THE_BEGINNING: ReadonlySet<string> = new Set(BEFORE_A_NAME.map(fold))
/** Those of them that begin no other word. */
const RUN_ON: readonly string[] = [...AT_THE_BEGINNING].filter((said) => said.length >= 9)
const SAID: ReadonlySet<string> = new Set([...WORDS, ...ROLES].map(fold).filter(isLong))
const SAID_SHORTLY: ReadonlySet<string> = new Set([...WORDS, ...ROLES].filter((word) => !isLong(fold(word))))
const BETWEEN: ReadonlySet<string> = new Set(['and', 'or', 'the', 'by', 'for', 'of'])
const NAMES: ReadonlySet<string> = new Set(DIRECTORY_NAMES.map(([name]) => fold(name)))
const CODES: ReadonlySet<unknown> = new Set(DIRECTORY.map(({ participant }) => participant))

/** A number as paragraphs and revisions bear it: `3`, `3 bis`, `PP2 alt`, `para 4`, `Rev.1`, `2.1`. */
const NUMBER =
  /^(no|paras?|paragraphs?|pp|op|rev|revision|section|article|art|option|annex)*\d+((bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\d*)?(alt\d*)?$/

/** A text among several, as they are offered for choice: `Option A`. */
const LETTERED = /^(option|alternative|version|draft)[ -][A-H]$/i

/** Whether a name may stand for a delegation or a group, so that it is read as nothing else. */
export function isDelegationName(value: unknown): value is ParticipantId {
  if (!isParticipantId(value)) return false
  return CODES.has(value) || !readsAsNotation(value)
}

function readsAsNotation(name: string): boolean {
  // A number behind a hyphen belongs to its name: CANZ-1.
  const words = name.split(/[^A-Za-z0-9&-]+|-(?!\d)|(?=&)|(?<=&)/).filter((word) => word !== '')
  return isNumber(name) || LETTERED.test(name) || hasNotationAtAnEnd(words) || isMadeOfNames(words)
}

/** Digits, or letters that look like them: beside one, or alone. */
function isNumber(name: string): boolean {
  const plain = name.replaceAll(/[^A-Za-z0-9]/g, '')
  const digits = plain.replaceAll(/[Oo]/g, '0').replaceAll(/[Il]/g, '1')
  return NUMBER.test(plain.toLowerCase()) || (/\d|^[Il]$/.test(plain) && /^\d+$/.test(digits))
}

/** With anything before or behind: `Wakanda on earlier wording`, `except COL`. */
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
 * Made of nothing but participants' names and words of the notation, and more than one name alone: `EU alternative`, `KEN and
 * COL`, `1 bis`. Of a single word: a name with a word of the notation behind or before it.
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
