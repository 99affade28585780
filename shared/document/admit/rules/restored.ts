import { sameItem } from '../../../model/proposals/proposal.ts'
import * as Y from 'yjs'
import type { ItemId } from '../../../model/proposals/proposal.ts'
import type { Id } from '../decode/decode.ts'
import { followedStruct, knownState, storedItem } from '../structs/place.ts'
import type { Review } from '../review.ts'
import { indexAt } from '../../text/search.ts'
import { sameId } from '../structs/sequence.ts'

/**
 * Whether a character restores a deleted one. Undo inserts the restored text directly before the deleted items,
 * so the first of these is the new run's right origin. A new run restores the run that it names there when both
 * read the same.
 *
 * - `proved`: it restores that character and can restore no other.
 * - `unproved`: its position fits, but the text of the deleted character is no longer known; or it could
 *   restore several, as with equal letters in a row, or two copies of which neither restores the other.
 * - `no`: it does not restore it.
 */
export type Restored = 'proved' | 'unproved' | 'no'

/**
 * How many characters are searched at most, for one anchor and for all anchors of an update. Beyond that
 * nothing is proved.
 */
const STEPS = 20_000
export const STEPS_TOGETHER = 400_000

/**
 * A character may have been restored several times in succession; copies made concurrently share the one they
 * restore.
 */
export function isRestored(review: Review, from: ItemId, to: ItemId): Restored {
  if (sameItem(from, to)) return 'proved'
  const said = [characterAt(review, from)?.text ?? null, characterAt(review, to)?.text ?? null]
  if (said[0] !== null && said[1] !== null && said[0] !== said[1]) return 'no'
  const granted = Math.min(STEPS, review.repairs.steps)
  const budget = { left: granted }
  const restored = howRestored(review, from, to, budget)
  review.repairs.steps -= granted - Math.max(0, budget.left)
  return restored === 'proved' && said.includes(null) ? 'unproved' : restored
}

function howRestored(review: Review, from: ItemId, to: ItemId, budget: { left: number }): Restored {
  if (isLost(review, from) && originsOf(review, to, budget, sourceOf).has(keyOf(from))) return 'proved'
  const origins = originsOf(review, from, budget, sourcesOf)
  const related = [...originsOf(review, to, budget, sourcesOf)].some((key) => origins.has(key))
  return related || budget.left <= 0 ? 'unproved' : 'no'
}

interface Character {
  /** Null: the character was deleted and its text is no longer known. */
  readonly text: string | null
  readonly origin: Id | null
  readonly rightOrigin: Id | null
}

/** Returns a character of a text, stored or written by this update. */
function characterAt(review: Review, [client, clock]: ItemId): Character | null {
  const id = { client, clock }
  if (clock < knownState(review, client)) {
    const item = storedItem(review, id)
    if (!(item instanceof Y.Item)) return null
    const offset = clock - item.id.clock
    const { content, rightOrigin } = item
    const stored = content instanceof Y.ContentString ? content.str[offset] : undefined
    const text = stored ?? review.former?.at([client, clock])?.unit ?? null
    return { text, rightOrigin, origin: offset > 0 ? { client, clock: clock - 1 } : item.origin }
  }
  const struct = followedStruct(review, id)
  if (!struct) return null
  const offset = clock - struct.clock
  const { content, rightOrigin } = struct
  const text = content.kind === 'string' ? (content.text[offset] ?? null) : null
  return { text, rightOrigin, origin: offset > 0 ? { client, clock: clock - 1 } : struct.origin }
}

/** Returns the keys of the character and of all characters that it may restore, directly or in several steps. */
function originsOf(
  review: Review,
  item: ItemId,
  budget: { left: number },
  sources: typeof sourcesOf,
): ReadonlySet<string> {
  const found = new Set<string>([keyOf(item)])
  const open = [item]
  for (let next = open.pop(); next && budget.left > 0; next = open.pop()) {
    for (const source of sources(review, next, budget)) {
      if (found.has(keyOf(source))) continue
      found.add(keyOf(source))
      open.push(source)
    }
  }
  return found
}

/** The most likely one: the run was restored whole. Text typed directly in front of restored text is rare. */
const sourceOf: typeof sourcesOf = (review, item, budget) => sourcesOf(review, item, budget).slice(-1)

/**
 * Returns the deleted characters that this one may restore: for each start of the run that reads like the
 * deleted run, the character at the same distance from the start.
 */
function sourcesOf(review: Review, [client, clock]: ItemId, budget: { left: number }): ItemId[] {
  const unit = characterAt(review, [client, clock])
  const named = unit?.rightOrigin
  if (!unit || !named) return []
  const sources: ItemId[] = []
  for (let back = 0, first: Character | null = unit; first && budget.left > 0; back++, budget.left--) {
    const start: ItemId = [client, clock - back]
    if (saysTheSame(review, start, [named.client, named.clock], back + 1, budget))
      sources.push([named.client, named.clock + back])
    first = previousInRun(review, start, first)
  }
  return sources
}

/**
 * Returns the character before this one when it was written in the same run (same client, previous clock, same
 * right origin).
 */
function previousInRun(
  review: Review,
  [client, clock]: ItemId,
  { origin, rightOrigin }: Character,
): Character | null {
  if (origin?.client !== client || origin.clock !== clock - 1) return null
  const previous = characterAt(review, [client, clock - 1])
  return previous && sameId(previous.rightOrigin, rightOrigin) ? previous : null
}

function saysTheSame(
  review: Review,
  [client, clock]: ItemId,
  [other, start]: ItemId,
  length: number,
  budget: { left: number },
): boolean {
  // Compares from the end, where most runs differ.
  for (let i = length - 1; i >= 0; i--) {
    if (--budget.left < 0) return false
    if (!isLost(review, [other, start + i])) return false
    const [a, b] = [characterAt(review, [client, clock + i]), characterAt(review, [other, start + i])]
    if (!a || !b || (a.text !== null && b.text !== null && a.text !== b.text)) return false
  }
  return true
}

/** Whether the character is deleted, by the document or by this update. */
function isLost(review: Review, [client, clock]: ItemId): boolean {
  if (clock < knownState(review, client)) {
    const item = storedItem(review, { client, clock })
    if (!(item instanceof Y.Item) || item.deleted) return true
  } else if (followedStruct(review, { client, clock })?.content.kind === 'deleted') return true
  const ranges = review.deletes.get(client) ?? []
  const range = ranges[indexAt(ranges, clock)]
  return range !== undefined && range.clock <= clock && clock < range.clock + range.length
}

const keyOf = ([client, clock]: ItemId): string => `${client}/${clock}`
