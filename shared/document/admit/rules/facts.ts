import * as Y from 'yjs'
import { cutQuote, QUOTE_LIMIT } from '../../../model/proposals/proposal.ts'
import type { ItemId, WordAnchor } from '../../../model/proposals/proposal.ts'
import type { HostId, ProposalId } from '../../../model/ids.ts'
import { hostText } from '../../schema.ts'
import { containerOf, knownState, storedItem } from '../structs/place.ts'
import type { Anchoring, Review } from '../review.ts'
import type { ClaimedHead } from '../decode/shape.ts'
import type { AdmissionCode } from '../verdict.ts'

/**
 * Judges what the head of a new proposal says of its author, its time and the words it quotes. A client may
 * leave the first two out, since the server knows them; what it does say must be true.
 */

/** By how much a `createdAt` may differ from the server's clock, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000

/**
 * How many characters are read for the quotes of one update at most. The server writes the quotes that were not
 * read.
 */
const READ_TOGETHER = 2_000_000

interface Budget {
  left: number
}

/**
 * Judges the heads of all created proposals. What they say of person and time must be true, and a quote must be of the
 * anchored words. Reads at most {@link READ_TOGETHER} characters for all quotes together.
 */
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
 * Adds the proposal to `review.quoted` when its quote reads as the words at its anchor. When others have
 * changed these words meanwhile, the quote must at least be something that the anchor's characters, deleted
 * ones included, once read.
 */
function judgeQuote(
  review: Review,
  id: ProposalId,
  { quote }: ClaimedHead,
  anchorings: readonly Anchoring[],
  budget: Budget,
): AdmissionCode | null {
  const [anchoring] = anchorings
  // Its author moved it before it was sent. The quote is of its first place, and the server writes a new one.
  if (!anchoring || anchorings.length > 1 || review.unanchored.has(id)) return null
  const { anchor } = anchoring
  if (anchor.kind !== 'range') return quote === '' ? null : 'untrue'
  // This update also writes among the words. The new words are in the quote but not in the document yet.
  if (isWrittenNow(review, anchor.host)) return null
  const characters = charactersOf(review, anchor, budget)
  // The words are in another document, written by this update, or too many to read.
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

/** How many earlier states of the words are tried at most. */
const MOMENTS = 64

/**
 * Yields how the characters read now, and how they read before each of the latest deletions, up to the length
 * of a quote.
 */
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
  /** Null: the character was deleted and its text is no longer known. */
  readonly unit: string | null
  /**
   * The number of the deletion, as {@link FormerWords} counts them; 0: it was earlier than these are known;
   * null: it is not deleted.
   */
  readonly goneAt: number | null
}

/** Returns the characters of a range, deleted ones included; null when some are not known or there are too many. */
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

/** Whether the quote can be formed from these characters by leaving some out. */
function isSaidBy(characters: readonly Character[], quote: string): boolean {
  // `cutQuote` may have replaced half of a surrogate pair at the end.
  const said = quote.length === QUOTE_LIMIT ? quote.slice(0, -1) : quote
  let at = 0
  for (const { unit } of characters) if (at < said.length && (unit === null || unit === said[at])) at++
  return at === said.length
}
