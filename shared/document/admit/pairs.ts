import * as Y from 'yjs'
import type { Id } from './decode.ts'
import { followedStruct, knownState, storedItem } from './place.ts'
import type { Review } from './review.ts'

/**
 * Text is counted in UTF-16 units, and Yjs can be told to split an item between the two halves of a surrogate pair.
 * It then puts U+FFFD for both, on the replicas that happen to hold the item whole: so they would differ for ever.
 */

/** Would a cut right after this unit go through a pair? */
export const cutsAfter = (review: Review, id: Id): boolean => (unitAt(review, id) & 0xfc00) === 0xd800

/** Would a cut right before this unit go through a pair? */
export const cutsBefore = (review: Review, id: Id): boolean => (unitAt(review, id) & 0xfc00) === 0xdc00

/** Strings are well formed when they arrive, so that the other half always is in the same one. 0: not text. */
function unitAt(review: Review, id: Id): number {
  if (id.clock < knownState(review, id.client)) {
    const item = storedItem(review, id)
    const content = item instanceof Y.Item ? item.content : null
    return content instanceof Y.ContentString ? content.str.charCodeAt(id.clock - item.id.clock) : 0
  }
  const struct = followedStruct(review, id)
  return struct?.content.kind === 'string' ? struct.content.text.charCodeAt(id.clock - struct.clock) : 0
}
