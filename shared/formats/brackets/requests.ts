import type { ImportedRequest } from '../../model/import-brackets.ts'
import type { NameBook } from './name-book.ts'
import { readNames } from './name-list.ts'
import { readStatement } from './statement.ts'
import { deletionsOf, joinStatements, NOTHING_SAID, statementsOf } from './statements.ts'

/** Returns the index of the block that a reference such as `15` or `3 (a)` names; null when there is none. */
export type FindBlock = (reference: string) => number | null

type Asked = Pick<ImportedRequest, 'kind' | 'other'>

const PARAGRAPH = '(?:the )?(?:para(?:graph)?s?\\.? )?'
const AFTER = new RegExp(
  `^(?:to )?(?:be )?(?:move[d]?|place[d]?)(?: it| this)? (?:to )?(?:after|behind) ${PARAGRAPH}(.+)$`,
  'iu',
)
const TO_BEGINNING = /^(?:to )?(?:be )?moved?(?: it| this)? to the (?:beginning|start|top)$/iu
const MERGE = new RegExp(`^(?:to )?(?:be )?merged? with ${PARAGRAPH}(.+)$`, 'iu')
const SPLIT = /^split(?: paragraph| para)? here$/iu
const DELETE = /^(?:to )?delete(?: this| the)?(?: para(?:graph|\.)?)?$/iu
const RESERVE = /^(?:to )?reserves?(?: (?:its|their) position)?$/iu

/**
 * Reads a request in a bracket: `NOR: split here`, `AUS, NZL: move after 15; G77 delete`, `move after 7 – KEN`,
 * `… – KEN delete paragraph; EU retain`. Returns null for anything else.
 */
export function readRequest(
  text: string,
  find: FindBlock,
  names: NameBook,
): Omit<ImportedRequest, 'at'> | null {
  const words = text.trim()
  if (words.length > 400) return null
  return namedFirst(words, find, names) ?? namedBehind(words, find, names)
}

function namedFirst(words: string, find: FindBlock, names: NameBook): Omit<ImportedRequest, 'at'> | null {
  const match = /^([^:;]{1,200}):\s+([^;]+)(?:;\s*(.+))?$/u.exec(words)
  const asked = match && askedIn(match[2] ?? '', find)
  if (!match || !asked) return null
  const received = /^as received$/iu.test(match[1] ?? '')
  const wanting = received ? [] : readNames(match[1] ?? '', false)
  const others = match[3] === undefined ? null : readStatement(match[3])
  if (!wanting || (match[3] !== undefined && !others)) return null
  const proposed = statementsOf(
    { clauses: [{ verb: 'want', names: wanting, except: [] }], base: false, received, condition: null },
    names,
  )
  const said = others ? statementsOf(others, names) : NOTHING_SAID
  return { ...asked, ...joinStatements(proposed, asked.kind === 'delete-paragraph' ? retaining(said) : said) }
}

/** Reads a bracket that says only who deletes, of the paragraph that it stands in: `G77 delete`, `EU, JPN to delete`. */
export function readDeletion(text: string, names: NameBook): Omit<ImportedRequest, 'at'> | null {
  const said = readStatement(text, true)
  const [first] = said?.clauses ?? []
  if (!said || first?.verb !== 'delete' || first.names.length === 0) return null
  if (said.clauses.some(({ verb }) => verb === 'want')) return null
  const [asked] = deletionsOf(said, names)
  return asked ? { kind: 'delete-paragraph', other: null, ...asked } : null
}

/** Who retains a paragraph opposes its deletion. */
const retaining = (said: ReturnType<typeof statementsOf>): ReturnType<typeof statementsOf> => ({
  ...said,
  positions: said.positions.map((one) => (one.position === 'support' ? { ...one, position: 'oppose' } : one)),
})

function namedBehind(words: string, find: FindBlock, names: NameBook): Omit<ImportedRequest, 'at'> | null {
  const [head = '', ...behind] = words.split(/\s+[–—-]\s+/u)
  const said = behind.length === 1 ? readStatement(behind[0] ?? '') : null
  if (/^(?:…|\.\.\.)$/u.test(head) && said) {
    if (/\bdelete para/iu.test(words))
      return { kind: 'delete-paragraph', other: null, ...(deletionsOf(said, names)[0] ?? NOTHING_SAID) }
    return null
  }
  const asked = behind.length <= 1 ? askedIn(head, find) : null
  if (!asked || asked.kind === 'delete-paragraph' || asked.kind === 'reservation') return null
  if (behind.length === 1 && !said) return null
  return { ...asked, ...statementsOf(said, names) }
}

function askedIn(text: string, find: FindBlock): Asked | null {
  const words = text.trim().replace(/\.$/u, '')
  if (SPLIT.test(words)) return { kind: 'split', other: null }
  if (DELETE.test(words)) return { kind: 'delete-paragraph', other: null }
  if (RESERVE.test(words)) return { kind: 'reservation', other: null }
  if (TO_BEGINNING.test(words)) return { kind: 'move', other: null }
  const after = AFTER.exec(words)
  const merged = after ? null : MERGE.exec(words)
  const other = find((after ?? merged)?.[1] ?? '')
  if (other === null) return null
  return after ? { kind: 'move', other } : merged ? { kind: 'join', other } : null
}
