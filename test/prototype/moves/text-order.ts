import * as Y from 'yjs'
import type { ItemId } from '#shared/model/proposal.ts'
import { sameItem } from '#shared/model/proposal.ts'

/** The order of a text's characters, deleted ones included: it never changes. */

/** Null: the document does not know the character. */
export function structOf(doc: Y.Doc, [client, clock]: ItemId): Y.Item | null {
  if (Y.getState(doc.store, client) <= clock) return null
  const struct = Y.getItem(doc.store, Y.createID(client, clock)) as Y.Item | Y.GC
  return struct instanceof Y.Item ? struct : null
}

export function isVisible(doc: Y.Doc, item: ItemId): boolean {
  const struct = structOf(doc, item)
  return struct !== null && !struct.deleted && struct.countable
}

/**
 * The first character that counts, from one to another (null: the end of the text), both included; to the right (1) or to the left (-1). Null: none
 * does. Takes time by the number of characters between.
 */
export function firstThatCounts(
  doc: Y.Doc,
  from: ItemId,
  to: ItemId | null,
  direction: 1 | -1,
  counts: (item: ItemId, visible: boolean) => boolean,
): ItemId | null {
  let struct = structOf(doc, from)
  let offset = struct ? from[1] - struct.id.clock : 0
  while (struct) {
    const visible = !struct.deleted && struct.countable
    for (; offset >= 0 && offset < struct.length; offset += direction) {
      const item: ItemId = [struct.id.client, struct.id.clock + offset]
      if (counts(item, visible)) return item
      if (to && sameItem(item, to)) return null
    }
    struct = direction > 0 ? struct.right : struct.left
    offset = direction > 0 || !struct ? 0 : struct.length - 1
  }
  return null
}

/** Whether a character stands right of another one of its text. */
export function isRightOf(doc: Y.Doc, item: ItemId, of: ItemId): boolean {
  const [client, clock] = of
  for (let struct = structOf(doc, item); struct; struct = struct.left) {
    const { id, length } = struct
    if (id.client === client && clock >= id.clock && clock < id.clock + length)
      return item[0] !== client || item[1] >= id.clock + length || item[1] < id.clock || item[1] > clock
  }
  return false
}
