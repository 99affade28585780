import * as Y from 'yjs'
import { encodeState } from '#shared/document/updates.ts'
import { ROOTS, openDocument } from '#shared/document/schema.ts'
import { fail, type Result } from '#shared/model/result.ts'
import { bytesHash } from './chain.ts'

/** Making a snapshot, and telling whether two documents are the same. */

/** A new document in the state that a snapshot and the updates after it describe. The caller destroys it. */
export function replay(snapshot: Uint8Array | null, tail: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  openDocument(doc)
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot)
    for (const update of tail) if (update.length > 0) Y.applyUpdate(doc, update)
  })
  return doc
}

/** Encodes a document's state and checks that it loads to the same state again; otherwise says why not. */
export function encodeChecked(doc: Y.Doc): Result<{ bytes: Uint8Array }, 'not-reproducible'> {
  const bytes = encodeState(doc)
  const again = replay(bytes, [])
  const reason = differenceBetween(doc, again)
  again.destroy()
  return reason === null ? { ok: true, bytes } : fail('not-reproducible', reason)
}

/** In what two documents differ; null when they hold the same items, the same deletions and the same content. */
export function differenceBetween(a: Y.Doc, b: Y.Doc): string | null {
  if (a.store.pendingStructs || b.store.pendingStructs) return 'updates are missing that others build on'
  if (a.store.pendingDs || b.store.pendingDs) return 'deletions name items that are missing'
  if (!Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))) return 'items or deletions differ'
  if (fingerprint(a) !== fingerprint(b)) return 'content differs'
  return null
}

/**
 * A hash of the document's content, independent of how it was made: equal on all replicas in the same state. Exported
 * for tests.
 */
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
