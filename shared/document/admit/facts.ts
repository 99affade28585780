import * as Y from 'yjs'
import { cutQuote, QUOTE_LIMIT } from '../../model/proposal.ts'
import type { ItemId, WordAnchor } from '../../model/proposal.ts'
import type { HostId, ProposalId } from '../../model/ids.ts'
import { hostText } from '../schema.ts'
import { containerOf, knownState, storedItem } from './place.ts'
import type { Anchoring, Review } from './review.ts'
import type { ClaimedHead } from './shape.ts'
import type { AdmissionCode } from './verdict.ts'

/**
 * What a new proposal says of who wrote it, when, and on which words. A client need not say the first two, which the
 * server knows; what it says must be so.
 */

/** By how much a client's clock may differ from the server's where it tells the time, milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000

/** Characters read for the quotes of one update, at most: the server itself writes what is not read for. */
const READ_TOGETHER = 2_000_000

interface Budget {
  left: number
}

export function judgeFacts(review: Review): AdmissionCode | null {
  if (review.created.size === 0) return null
  const anchorings = new Map<ProposalId, Anchoring[]>()
  for (const anchoring of review.anchorings) {
    const known = anchorings.get(anchoring.proposal)
    if (known) known.push(anchoring)
    else anchorings.set(anchoring.proposal, [anchoring])
  }
  const budget: Budget = { left: READ_TOGETHER }
  for (const [id, { head }] of review.created) {
    if (!head) continue
    if (!isOwnWord(review, head)) return 'untrue'
    const code = judgeQuote(review, id, head, anchorings.get(id) ?? [], budget)
    if (code) return code
  }
  return null
}

function isOwnWord({ actor, now }: Review, { person, createdAt }: ClaimedHead): boolean {
  if (person !== undefined && person !== '' && person !== actor.name) return false
  return createdAt === undefined || Math.abs(createdAt - now) <= CLOCK_TOLERANCE
}

/**
 * Notes in `review.quoted` whose quote reads as the words that are there. Where somebody else has changed those
 * meanwhile, the characters that the anchor covers must at least be able to say what the quote says.
 */
function judgeQuote(
  review: Review,
  id: ProposalId,
  { quote }: ClaimedHead,
  anchorings: readonly Anchoring[],
  budget: Budget,
): AdmissionCode | null {
  const [anchoring] = anchorings
  // Put elsewhere before it was sent: the quote is of where it was put first, and the server writes another.
  if (!anchoring || anchorings.length > 1 || review.unanchored.has(id)) return null
  const { anchor } = anchoring
  if (anchor.kind !== 'range') return quote === '' ? null : 'untrue'
  // The same update writes among the words: what it puts there is in the quote, and not yet in the document.
  if (isWrittenNow(review, anchor.host)) return null
  const characters = charactersOf(review, anchor, budget)
  // In another document, written by this very update, or too many.
  if (!characters) return null
  for (const reading of readings(characters, budget)) {
    if (reading !== quote) continue
    review.quoted.add(id)
    return null
  }
  return quote === '' || isSaidBy(characters, quote) ? null : 'untrue'
}

function isWrittenNow(review: Review, host: HostId): boolean {
  const text = hostText(review.od, host)
  return text !== undefined && review.writings.has(containerOf(review, text as Y.AbstractType<unknown>))
}

/** Moments looked at, at most. */
const MOMENTS = 64

/** What the characters say, and what they said before each of the last deletions among them, as far as a quote has it. */
function* readings(characters: readonly Character[], budget: Budget): Generator<string> {
  yield readAt(characters, Infinity, budget)
  const moments = new Set(
    characters.flatMap(({ goneAt }) => (goneAt === null || goneAt === 0 ? [] : [goneAt])),
  )
  for (const moment of [...moments].sort((a, b) => b - a).slice(0, MOMENTS))
    if (budget.left > 0) yield readAt(characters, moment, budget)
}

function readAt(characters: readonly Character[], moment: number, budget: Budget): string {
  let text = ''
  for (const { unit, goneAt } of characters) {
    budget.left--
    if (goneAt === null || goneAt >= moment) text += unit ?? ''
    if (text.length === QUOTE_LIMIT) break
  }
  return cutQuote(text)
}

interface Character {
  /** Null: it was deleted, and what it said is not known any more. */
  readonly unit: string | null
  /** When it was deleted, as {@link FormerWords} counts; 0: earlier than is known; null: it was not. */
  readonly goneAt: number | null
}

/** The characters from the first to the last of a range, deleted ones too. Null: they are not all known, or too many. */
function charactersOf(
  review: Review,
  { start, end }: Extract<WordAnchor, { kind: 'range' }>,
  budget: Budget,
): Character[] | null {
  if (!isKnown(review, start) || !isKnown(review, end)) return null
  const characters: Character[] = []
  const first = storedItem(review, { client: start[0], clock: start[1] })
  for (let item: Y.Item | null = first instanceof Y.Item ? first : null; item; item = item.right) {
    const from = item === first ? start[1] - item.id.clock : 0
    const isLast =
      item.id.client === end[0] && item.id.clock <= end[1] && end[1] < item.id.clock + item.length
    const to = isLast ? end[1] + 1 - item.id.clock : item.length
    budget.left -= to - from
    if (budget.left < 0) return null
    if (item.countable || item.deleted) addCharacters(review, characters, item, from, to)
    if (isLast) return characters
  }
  return null
}

function addCharacters(
  { former }: Review,
  characters: Character[],
  { id, content, deleted }: Y.Item,
  from: number,
  to: number,
): void {
  const text = content instanceof Y.ContentString ? content.str : null
  for (let i = from; i < to; i++) {
    const gone = deleted ? former?.at([id.client, id.clock + i]) : null
    characters.push({ unit: text?.[i] ?? gone?.unit ?? null, goneAt: deleted ? (gone?.at ?? 0) : null })
  }
}

const isKnown = (review: Review, [client, clock]: ItemId): boolean => clock < knownState(review, client)

/** Whether some of the characters, in their order, read so. */
function isSaidBy(characters: readonly Character[], quote: string): boolean {
  // The cut may have gone through a surrogate pair.
  const said = quote.length === QUOTE_LIMIT ? quote.slice(0, -1) : quote
  let at = 0
  for (const { unit } of characters) if (at < said.length && (unit === null || unit === said[at])) at++
  return at === said.length
}
