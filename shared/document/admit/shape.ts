import { isParagraphId, isParticipantId, isProposalId } from '../../model/ids.ts'
import type { HostId } from '../../model/ids.ts'
import type { Anchor, ItemId, ProposalHead } from '../../model/proposal.ts'
import { TYPED_KINDS, QUOTE_LIMIT } from '../../model/proposal.ts'
import { TEXT_FORMATS } from '../schema.ts'
import type { Value } from './cursor.ts'
import type { Content } from './decode.ts'

/** The values that a client may write, field by field: exactly these fields, nothing beside them. */

const PERSON_LIMIT = 120
/**
 * The last moment that a date can hold. A clock may be wrong by a year, its owner's or the server's, and then every one
 * of her proposals would be refused; the log has the true time anyway.
 */
const LAST_MOMENT = 8.64e15

/** Control characters (C0, C1, DEL) and the line and paragraph separators. */
const UNCLEAN = /[\p{Cc}\u2028\u2029]/u

/** They would make one name look like another. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/u

export const isClean = (text: string): boolean => !UNCLEAN.test(text)

export function isTextContent(content: Content): boolean {
  switch (content.kind) {
    case 'string':
      return isClean(content.text)
    case 'format':
      return (
        (TEXT_FORMATS as readonly string[]).includes(content.key) &&
        (content.value === 'true' || content.value === 'null')
      )
    case 'deleted':
      return true
    case 'any':
    case 'type':
    case 'other':
      return false
  }
}

const objectOf = (value: Value): ReadonlyMap<string, Value> | null => (value instanceof Map ? value : null)

export function headOf(content: Content): ProposalHead | null {
  if (content.kind !== 'any' || content.values.length !== 1) return null
  const fields = objectOf(content.values[0])
  if (!fields) return null
  const via = fields.get('via')
  if (fields.size !== (via === undefined ? 6 : 7)) return null
  const kind = TYPED_KINDS.find((known) => known === fields.get('kind'))
  const by = fields.get('by')
  const person = cleanText(fields.get('person'), PERSON_LIMIT)
  const quote = cleanText(fields.get('quote'), QUOTE_LIMIT)
  const createdAt = fields.get('createdAt')
  const paragraph = fields.get('paragraph')
  if (kind === undefined || !isParticipantId(by) || quote === null) return null
  if (via !== undefined && !isParticipantId(via)) return null
  if (person === null || TURNING.test(person)) return null
  if (!isParagraphId(paragraph)) return null
  if (typeof createdAt !== 'number' || !(createdAt >= 0 && createdAt <= LAST_MOMENT)) return null
  const head = { kind, by, person, createdAt, paragraph, quote }
  return via === undefined ? head : { ...head, via }
}

const cleanText = (value: Value, limit: number): string | null =>
  typeof value === 'string' && value.length <= limit && isClean(value) ? value : null

export function anchorOf(value: Value): Anchor | null {
  const fields = objectOf(value)
  if (!fields) return null
  const kind = fields.get('kind')
  const paragraph = fields.get('paragraph')
  const host = fields.get('host')
  if (!isParagraphId(paragraph)) return null
  if (kind === 'after') return fields.size === 2 ? { kind, paragraph } : null
  if (!isHostId(host)) return null
  if (kind === 'point') {
    const at = fields.get('at')
    const item = at === null ? null : itemId(at)
    return fields.size === 4 && item !== undefined ? { kind, host, paragraph, at: item } : null
  }
  const start = itemId(fields.get('start'))
  const end = itemId(fields.get('end'))
  return kind === 'range' && fields.size === 5 && start && end ? { kind, host, paragraph, start, end } : null
}

const isHostId = (value: Value): value is HostId => isParagraphId(value) || isProposalId(value)

function itemId(value: Value): ItemId | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const [client, clock] = value as readonly Value[]
  return isNumber(client) && isNumber(clock) ? [client, clock] : undefined
}

const isNumber = (value: Value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)
