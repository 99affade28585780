import * as Y from 'yjs'
import type { Run, TextPiece } from '../../model/proposals/decision.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { TEXT_FORMATS } from '../schema.ts'
import { cutPieces, lengthOf, plain } from './wording.ts'

/**
 * Inserts text at a character's identity instead of an offset. Y.Text cannot do this: an offset counts visible
 * characters only, and at an offset it inserts behind all deleted items there. Words that are put back one
 * after the other would so end up in another order than they stood in.
 *
 * What holds afterwards: the new item stands directly between its two given neighbours; its characters have consecutive
 * clocks, so they are one {@link Run}; each piece has its own formats and no others, whatever formats surround it.
 */

/**
 * Inserts pieces right behind a character, which may be deleted; null stands for the start of the text. Returns
 * the new characters: one run, or none when the pieces are empty.
 */
export function putAfter(text: Y.Text, item: ItemId | null, pieces: readonly TextPiece[]): Run[] {
  if (lengthOf(pieces) === 0) return []
  return Y.transact(text.doc!, (transaction) => {
    const left = item && Y.getItemCleanEnd(transaction, transaction.doc.store, Y.createID(...item))
    return [put(transaction, text, left, left ? left.right : text._start, pieces)]
  })
}

/**
 * Puts deleted characters back. `pieces` is their text, `old` their identities, of the same total length. Each
 * copy is put directly left of the character it stands for, so copies and characters that arrive late keep the
 * original order. Returns the new characters in the order of `old`.
 */
export function putBack(text: Y.Text, old: readonly Run[], pieces: readonly TextPiece[]): Run[] {
  return Y.transact(text.doc!, (transaction) => {
    const fresh: Run[] = []
    let from = 0
    for (const [client, clock, length] of old) {
      for (let done = 0; done < length;) {
        const first = Y.getItemCleanStart(transaction, Y.createID(client, clock + done))
        const size = Math.min(consecutiveLength(first), length - done)
        const words = cutPieces(pieces, from, from + size)
        fresh.push(put(transaction, text, first.left, first, words))
        from += size
        done += size
      }
    }
    return fresh
  })
}

/**
 * How many characters from this item on have consecutive clocks of one client and are neighbours in the text.
 * They can be put back as one item.
 */
function consecutiveLength(first: Y.Item): number {
  let length = first.length
  let { right } = first
  while (right && right.id.client === first.id.client && right.id.clock === first.id.clock + length) {
    length += right.length
    right = right.right
  }
  return length
}

function put(
  transaction: Y.Transaction,
  text: Y.Text,
  left: Y.Item | null,
  right: Y.Item | null,
  pieces: readonly TextPiece[],
): Run {
  const { clientID, store } = transaction.doc
  const id = Y.createID(clientID, Y.getState(store, clientID))
  const content = new Y.ContentString(plain(pieces))
  const item = new Y.Item(id, left, left && left.lastId, right, right && right.id, text, null, content)
  const run: Run = [id.client, id.clock, item.length]
  item.integrate(transaction, 0)
  // The offsets that Y.Text caches are wrong now, because the item was integrated without its knowledge.
  text._searchMarker?.splice(0)
  format(text, item, pieces)
  return run
}

/**
 * Sets exactly each piece's formats on the new item: adds those that are missing and ends those that reach in
 * from before.
 */
function format(text: Y.Text, item: Y.Item, pieces: readonly TextPiece[]): void {
  const around = new Set<string>()
  let at = 0
  for (let before = text._start; before !== item && before !== null; before = before.right) {
    if (before.deleted) continue
    if (before.countable) at += before.length
    if (!(before.content instanceof Y.ContentFormat)) continue
    if (before.content.value === null) around.delete(before.content.key)
    else around.add(before.content.key)
  }
  for (const { insert, attributes } of pieces) {
    const change: Record<string, true | null> = {}
    for (const name of TEXT_FORMATS) {
      const wanted = attributes?.[name] === true
      if (wanted !== around.has(name)) change[name] = wanted || null
    }
    if (Object.keys(change).length > 0) text.format(at, insert.length, change)
    at += insert.length
  }
}
