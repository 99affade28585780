import * as Y from 'yjs'
import type { Run } from '../../model/decision.ts'

/**
 * Words that somebody deleted and brought back by undo are new characters, and only that replica knows which they
 * were. But Yjs puts them right before the ones they stand for, so they can be found there.
 */

/** The characters of `runs` as they stand now. `words`: what they read. */
export function returned(text: Y.Text, runs: readonly Run[], words: string): Run[] {
  return Y.transact(text.doc!, (transaction) => {
    const now: Run[] = []
    let offset = 0
    for (const [client, clock, length] of runs) {
      for (let done = 0; done < length;) {
        const item = Y.getItemCleanStart(transaction, Y.createID(client, clock + done))
        const size = Math.min(item.length, length - done)
        const back = size === item.length ? standIn(item, words.slice(offset, offset + size)) : null
        now.push(back ? [back.id.client, back.id.clock, size] : [client, clock + done, size])
        offset += size
        done += size
      }
    }
    return now
  })
}

/** What was put back for a deleted item, if it reads the same; null if it was not put back. */
function standIn(item: Y.Item, words: string): Y.Item | null {
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
