import * as Y from 'yjs'
import type { Run } from '../../model/proposals/decision.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'

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

/** How many items before a deleted character are searched for its copies. */
const SEARCHED = 256

/**
 * Returns the characters that an undo may have made in the place of a deleted one, visible or deleted again. A visible one
 * is returned only when it ends what `quote` ends in. Every replica returns the same.
 */
export function undoCopiesOf(text: Y.Text, [client, clock]: ItemId, quote: string): ItemId[] {
  const found: ItemId[] = []
  const { store } = text.doc!
  if (Y.getState(store, client) <= clock) return found
  const item = Y.getItem(store, Y.createID(client, clock))
  if (!(item instanceof Y.Item) || item.parent !== text) return found
  let left = item.left
  for (let steps = 0; left && steps < SEARCHED; steps++, left = left.left) {
    const origin = left.rightOrigin
    if (origin?.client !== client || origin.clock > clock) continue
    const copy = firstPart(left).id.clock + clock - origin.clock
    if (copy < left.id.clock || copy >= left.id.clock + left.length) continue
    if (!left.deleted && !endsAlike(left, copy, quote)) continue
    found.push([left.id.client, copy])
  }
  return found
}

/** Returns the part that an item which was cut began with. */
function firstPart(item: Y.Item): Y.Item {
  let first = item
  for (let left = first.left; left; left = first.left) {
    const isCut =
      left.id.client === first.id.client &&
      left.id.clock + left.length === first.id.clock &&
      Y.compareIDs(left.rightOrigin, first.rightOrigin)
    if (!isCut) break
    first = left
  }
  return first
}

function endsAlike({ content, id }: Y.Item, clock: number, quote: string): boolean {
  if (!(content instanceof Y.ContentString)) return false
  const words = content.str.slice(0, clock - id.clock + 1)
  return words.endsWith(quote) || quote.endsWith(words)
}
