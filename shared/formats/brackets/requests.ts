import type { ImportedRequest } from '../../model/import-brackets.ts'
import type { NameBook } from './name-book.ts'
import { readStatement } from './statement.ts'
import { BEHIND_DELETION, deletionsOf, joinStatements, NOTHING_SAID, statementsOf } from './statements.ts'

/** Returns the index of the block that a reference such as `15` or `3 (a)` names; null when there is none. */
export type FindBlock = (reference: string) => number | null

type Asked = Pick<ImportedRequest, 'kind' | 'other' | 'below' | 'under'>

const PARAGRAPH = '(?:the )?(?:para(?:graph)?s?\\.? )?'
const AFTER = new RegExp(
  `^(?:to )?(?:be )?(?:move[d]?|place[d]?)(?: it| this)? (?:to )?(?<side>after|behind|below|under) ${PARAGRAPH}(?<reference>.+)$`,
  'iu',
)
const TO_BEGINNING = /^(?:to )?(?:be )?moved?(?: it| this)? to the (?:beginning|start|top)$/iu
const MERGE = new RegExp(`^(?:to )?(?:be )?merged? with ${PARAGRAPH}(.+)$`, 'iu')
const SPLIT = /^split(?: paragraph| para)? here$/iu
const DELETE = /^(?:to )?delete(?: this| the)?(?: para(?:graph|\.)?)?$/iu
const BELOW = /,? with (?:all|everything) below(?: it)?/iu
const RESERVE =
  /^(?:to )?(?:reserves?(?: (?:its|their) position)?|(?:put |place )?(?:in )?(?:square )?brackets?)$/iu

/**
 * Reads a request in a bracket: `NOR: split here`, `AUS, NZL: move after 15; G77 delete`, `move after 7 – KEN`, `move below 7 – KEN`,
 * `… – KEN delete paragraph; EU retain`. Returns null for anything else. `exact`: it is one of an export, where those who ask stand first.
 */
export function readRequest(
  text: string,
  find: FindBlock,
  names: NameBook,
  exact = false,
): Omit<ImportedRequest, 'at'> | null {
  const words = text.trim()
  if (exact) return namedFirst(words, find, names, EXACT)
  if (words.length > 400) return null
  return namedFirst(words, find, names) ?? namedBehind(words, find, names)
}

/** Names may be many in an export. */
const EXACT = /^([^:;]{1,3000}):\s+([^;]+)(?:;\s*(.+))?$/u
const IN_WORDS = /^([^:;]{1,200}):\s+([^;]+)(?:;\s*(.+))?$/u

function namedFirst(
  words: string,
  find: FindBlock,
  names: NameBook,
  form = IN_WORDS,
): Omit<ImportedRequest, 'at'> | null {
  const match = form.exec(words)
  const asked = match && askedIn(match[2] ?? '', find)
  if (!match || !asked) return null
  const proposing = readStatement(match[1] ?? '')
  const others = match[3] === undefined ? null : readStatement(match[3])
  if (!proposing || (match[3] !== undefined && !others)) return null
  if (proposing.clauses.some(({ verb }) => verb !== 'want')) return null
  const proposed = statementsOf(proposing, names)
  const meaning = asked.kind === 'delete-paragraph' ? BEHIND_DELETION : undefined
  return { ...asked, ...joinStatements(proposed, statementsOf(others, names, meaning)) }
}

/** Reads a bracket that says only who deletes, of the paragraph that it stands in: `G77 delete`, `EU, JPN to delete`. */
export function readDeletion(text: string, names: NameBook): Omit<ImportedRequest, 'at'> | null {
  const said = readStatement(text, true)
  const [first] = said?.clauses ?? []
  if (!said || first?.verb !== 'delete' || first.names.length === 0) return null
  if (said.clauses.some(({ verb }) => verb === 'want')) return null
  const [asked] = deletionsOf(said, names)
  return asked ? { kind: 'delete-paragraph', other: null, below: false, ...asked.said } : null
}

function namedBehind(words: string, find: FindBlock, names: NameBook): Omit<ImportedRequest, 'at'> | null {
  const [head = '', ...behind] = words.replace(BELOW, '').split(/\s+[–—-]\s+/u)
  const below = BELOW.test(words)
  const said = behind.length === 1 ? readStatement(behind[0] ?? '') : null
  if (/^(?:…|\.\.\.)$/u.test(head) && said) {
    if (/\bdelete para/iu.test(words))
      return {
        kind: 'delete-paragraph',
        other: null,
        below,
        ...(deletionsOf(said, names)[0]?.said ?? NOTHING_SAID),
      }
    return null
  }
  const asked = behind.length <= 1 ? askedIn(below ? `${head} with everything below` : head, find) : null
  if (!asked || asked.kind === 'delete-paragraph' || asked.kind === 'reservation') return null
  if (behind.length === 1 && !said) return null
  return { ...asked, ...statementsOf(said, names) }
}

function askedIn(text: string, find: FindBlock): Asked | null {
  const said = text.trim().replace(/\.$/u, '')
  const words = said.replace(BELOW, '')
  const below = words !== said
  if (SPLIT.test(words)) return { kind: 'split', other: null, below: false }
  if (DELETE.test(words)) return { kind: 'delete-paragraph', other: null, below }
  if (RESERVE.test(words)) return { kind: 'reservation', other: null, below: false }
  if (TO_BEGINNING.test(words)) return { kind: 'move', other: null, below }
  const after = AFTER.exec(words)
  const merged = after ? null : MERGE.exec(words)
  const other = find(after?.groups?.['reference'] ?? merged?.[1] ?? '')
  if (other === null) return null
  if (after) return { kind: 'move', other, below, ...(isUnder(after) ? { under: true } : {}) }
  return merged ? { kind: 'join', other, below: false } : null
}

const isUnder = ({ groups }: RegExpExecArray): boolean => /^(?:below|under)$/iu.test(groups?.['side'] ?? '')
