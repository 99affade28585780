import type { DocumentId } from '#shared/model/ids.ts'
import { fail } from '#shared/model/result.ts'
import { bytesHash } from '../../chain.ts'
import type { SnapshotOutcome } from '../../port.ts'
import { encodeChecked, replay } from '../../snapshot.ts'
import type { SqliteDatabase } from '../connection.ts'
import { unlessDamaged } from '../errors.ts'
import { load, snapshotSequences } from './load.ts'

/** Snapshots kept of a document. If the newest is damaged, the one before it still saves replaying the whole log. */
const SNAPSHOTS_KEPT = 2

export function takeSnapshot(db: SqliteDatabase, id: DocumentId): SnapshotOutcome {
  const stored = load(db, id)
  if (!stored) return fail('no-document', `There is no document ${id}.`)
  const { sequence } = stored.entry
  if (stored.snapshotSequence === sequence) return { ok: true, sequence }
  const doc = replay(stored.snapshot, stored.tail)
  const encoded = encodeChecked(doc)
  doc.destroy()
  if (!encoded.ok) return encoded
  const { bytes } = encoded
  db.run(
    `INSERT INTO snapshots (document, sequence, bytes, bytes_hash) VALUES (?, ?, ?, ?)
     ON CONFLICT (document, sequence) DO UPDATE SET bytes = excluded.bytes, bytes_hash = excluded.bytes_hash`,
    [id, sequence, bytes, bytesHash(bytes)],
  )
  // One by one: a snapshot on a damaged page can be neither read nor deleted, and must not keep the others.
  for (const old of snapshotSequences(db, id).slice(0, -SNAPSHOTS_KEPT))
    unlessDamaged(
      () => db.run('DELETE FROM snapshots WHERE document = ? AND sequence = ?', [id, old]),
      () => undefined,
    )
  return { ok: true, sequence }
}
