import * as Y from 'yjs'
import type { Id } from '../decode/decode.ts'
import { followedStruct, knownState, storedItem } from './place.ts'
import type { Review } from '../review.ts'

/**
 * Text is counted in UTF-16 units, and an update can make Yjs split an item between the two halves of a
 * surrogate pair. Yjs then replaces both halves by U+FFFD, but only on replicas that hold the item whole, so
 * replicas would differ for ever.
 */

/** Whether a cut right behind this unit splits a surrogate pair. */
export const cutsAfter = (review: Review, id: Id): boolean => (unitAt(review, id) & 0xfc00) === 0xd800

/** Whether a cut right before this unit splits a surrogate pair. */
export const cutsBefore = (review: Review, id: Id): boolean => (unitAt(review, id) & 0xfc00) === 0xdc00

/**
 * Returns a UTF-16 unit, or 0 when it is no text. Incoming strings are well formed, so both halves of a pair
 * are in the same string.
 */
function unitAt(review: Review, id: Id): number {
  if (id.clock < knownState(review, id.client)) {
    const item = storedItem(review, id)
    const content = item instanceof Y.Item ? item.content : null
    return content instanceof Y.ContentString ? content.str.charCodeAt(id.clock - item.id.clock) : 0
  }
  const struct = followedStruct(review, id)
  return struct?.content.kind === 'string' ? struct.content.text.charCodeAt(id.clock - struct.clock) : 0
}
