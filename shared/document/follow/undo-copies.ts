import * as Y from 'yjs'
import type { Run } from '../../model/proposals/decision.ts'

/**
 * Finds words that a person's undo has brought back. Undo inserts copies, and only the undoing replica's
 * UndoManager knows which characters they copy. They can be recognised all the same: Yjs puts each copy
 * directly to the left of the deleted item, with that item as its right origin.
 */

/**
 * Returns `runs` with each run that was brought back replaced by its copy. `words`: what the runs read, by
 * which a copy is recognised. The result has the same length and order.
 */
export function withUndoCopies(text: Y.Text, runs: readonly Run[], words: string): Run[] {
  return Y.transact(text.doc!, (transaction) => {
    const now: Run[] = []
    let offset = 0
    for (const [client, clock, length] of runs) {
      for (let done = 0; done < length;) {
        const item = Y.getItemCleanStart(transaction, Y.createID(client, clock + done))
        const size = Math.min(item.length, length - done)
        const back = size === item.length ? undoCopyOf(item, words.slice(offset, offset + size)) : null
        now.push(back ? [back.id.client, back.id.clock, size] : [client, clock + done, size])
        offset += size
        done += size
      }
    }
    return now
  })
}

/** Returns the visible copy of a deleted item when it reads `words`; null when there is none. */
function undoCopyOf(item: Y.Item, words: string): Y.Item | null {
  let current = item
  while (current.deleted) {
    const { left } = current
    if (!left?.rightOrigin || !Y.compareIDs(left.rightOrigin, current.id)) return null
    if (left.length !== item.length) return null
    current = left
  }
  return current !== item && current.content instanceof Y.ContentString && current.content.str === words
    ? current
    : null
}
