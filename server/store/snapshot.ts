import * as Y from 'yjs'
import { encodeState } from '#shared/document/updates.ts'
import { ROOTS, openDocument } from '#shared/document/schema.ts'
import { bytesHash } from './chain.ts'

/** Making a snapshot, and telling whether two documents are the same. */

/** A document brought to the state that a snapshot and the updates after it describe. */
export function replay(snapshot: Uint8Array | null, tail: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  openDocument(doc)
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot)
    for (const update of tail) if (update.length > 0) Y.applyUpdate(doc, update)
  })
  return doc
}

/** Bytes that are known to reload to the same state, or why they do not. */
export function encodeChecked(doc: Y.Doc): { ok: true; bytes: Uint8Array } | { ok: false; reason: string } {
  const bytes = encodeState(doc)
  const again = replay(bytes, [])
  const reason = differenceBetween(doc, again)
  again.destroy()
  return reason === null ? { ok: true, bytes } : { ok: false, reason }
}

/** Null when the two hold the same items, the same deletions and the same content. */
export function differenceBetween(a: Y.Doc, b: Y.Doc): string | null {
  if (a.store.pendingStructs || b.store.pendingStructs) return 'updates are missing that others build on'
  if (a.store.pendingDs || b.store.pendingDs) return 'deletions name items that are missing'
  if (!Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))) return 'items or deletions differ'
  if (fingerprint(a) !== fingerprint(b)) return 'content differs'
  return null
}

/** A hash of all that can be read in the document, the same on every replica in the same state. */
export function fingerprint(doc: Y.Doc): string {
  const content = ROOTS.map((root) => readable(doc.getMap(root)))
  return bytesHash(Buffer.from(JSON.stringify(content)))
}

function readable(value: unknown): unknown {
  if (value instanceof Y.Text) return value.toDelta()
  if (value instanceof Y.Map)
    return [...value.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, readable(inner)])
  return value
}
