import { isParagraphId, isParticipantId, isProposalId } from '../../../model/ids.ts'
import type { HostId } from '../../../model/ids.ts'
import { DIVISIONS } from '../../../model/division.ts'
import type { Anchor, ItemId, NewBlock, TypedHead } from '../../../model/proposals/proposal.ts'
import { HEADING_LEVELS, TYPED_KINDS, QUOTE_LIMIT } from '../../../model/proposals/proposal.ts'
import { faultIn } from '../../../model/characters/text-policy.ts'
import { TEXT_FORMATS } from '../../schema.ts'
import type { Value } from './cursor.ts'
import type { Content } from './decode.ts'

/** The shapes of the values that a client may write: exactly these fields and no others. */

const PERSON_LIMIT = 120

/**
 * Whether this kind of content may be in a text. Which characters it may hold is judged later, with its
 * neighbours.
 */
export function isTextContent(content: Content): boolean {
  switch (content.kind) {
    case 'string':
      return true
    case 'format':
      return (
        (TEXT_FORMATS as readonly string[]).includes(content.key) &&
        (content.value === 'true' || content.value === 'null')
      )
    case 'deleted':
      return true
    case 'any':
    case 'type':
    case 'void':
    case 'other':
      return false
  }
}

const objectOf = (value: Value): ReadonlyMap<string, Value> | null => (value instanceof Map ? value : null)

/** The head as a client writes it. It may also name the person and the time, as earlier clients did. */
export interface ClaimedHead extends TypedHead {
  readonly person?: string
  readonly createdAt?: number
}

/** Returns the head that a struct writes, or null when it is not exactly one. */
export function headOf(content: Content): ClaimedHead | null {
  if (content.kind !== 'any' || content.values.length !== 1) return null
  const fields = objectOf(content.values[0])
  if (!fields) return null
  const via = fields.get('via')
  const claims = ['via', 'person', 'createdAt', 'block'].filter((name) => fields.get(name) !== undefined)
  if (fields.size !== 4 + claims.length) return null
  const kind = TYPED_KINDS.find((known) => known === fields.get('kind'))
  const by = fields.get('by')
  const person = fields.has('person') ? textOf(fields.get('person'), PERSON_LIMIT) : undefined
  const quote = textOf(fields.get('quote'), QUOTE_LIMIT)
  const createdAt = fields.get('createdAt')
  const paragraph = fields.get('paragraph')
  if (kind === undefined || !isParticipantId(by) || quote === null || person === null) return null
  if (via !== undefined && !isParticipantId(via)) return null
  if (!isParagraphId(paragraph)) return null
  if (createdAt !== undefined && typeof createdAt !== 'number') return null
  const block = fields.has('block') ? blockOf(fields.get('block')) : undefined
  if (block === null || (block && kind !== 'paragraph')) return null
  return {
    kind,
    by,
    paragraph,
    quote,
    ...(via === undefined ? {} : { via }),
    ...(person === undefined ? {} : { person }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(block === undefined ? {} : { block }),
  }
}

/** Returns what a proposed block is, or null when the value is not exactly that. */
function blockOf(value: Value): NewBlock | null {
  const fields = objectOf(value)
  if (fields?.get('kind') === 'paragraph')
    return fields.size === 2 && fields.get('under') === true ? { kind: 'paragraph', under: true } : null
  const level = fields?.get('level')
  if (!fields || fields.get('kind') !== 'heading' || !isNumber(level) || level > HEADING_LEVELS) return null
  const division = DIVISIONS.find((known) => known === fields.get('division'))
  if (fields.size !== (division ? 3 : 2)) return null
  return { kind: 'heading', level, ...(division ? { division } : {}) }
}

const textOf = (value: Value, limit: number): string | null =>
  typeof value === 'string' && value.length <= limit ? value : null

/** A quote is cut out of a text, so what stood beside it is not known. */
const CUT_OUT = { before: null, goesOn: true }

/** Whether the texts of a head hold only characters that the text policy allows. */
export const isReadable = ({ person = '', quote }: ClaimedHead): boolean =>
  !faultIn(person, 'line') && !faultIn(quote, 'line', CUT_OUT)

/** Returns the anchor that a value is, or null when it is not exactly one. */
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
