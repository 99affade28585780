import type { DocumentId } from '#shared/model/ids.ts'
import { CHAIN_START, bytesHash, rowHash } from '../../chain.ts'
import type { Claim, StoredDocument } from '../../port.ts'
import { StoreError } from '../../port.ts'
import type { SqliteDatabase } from '../connection.ts'
import { unlessDamaged } from '../errors.ts'
import { entryOf, documentRow, storedRows, type StoredLogRow } from './log.ts'

/**
 * Loading a document. Everything beside the log is derived from it and therefore dispensable: damaged snapshots are
 * passed over, and client ids that cannot be read are left to `claimsInLog`.
 */

/** A document whose claims are null when they cannot be read. */
export type Loaded = Omit<StoredDocument, 'claims'> & { readonly claims: readonly Claim[] | null }

export interface KeptSnapshot {
  sequence: number
  bytes: Uint8Array
  bytes_hash: string
}

export function load(db: SqliteDatabase, id: DocumentId): Loaded | null {
  return db.read(() => {
    const head = documentRow(db, id)
    if (!head) return null
    const snapshot = soundSnapshot(db, id)
    const from = snapshot?.sequence ?? 0
    const tail = soundRows(db, id, from, head.sequence)
    if ((tail.at(-1)?.hash ?? hashAt(db, id, from)) !== head.hash || hasMore(db, id, head.sequence))
      throw new StoreError('damaged', `The log of document ${id} does not end where it should.`)
    return {
      entry: entryOf(head),
      snapshot: snapshot?.bytes ?? null,
      snapshotSequence: from,
      tail: tail.map((row) => row.bytes),
      claims: unlessDamaged(
        () => db.all('SELECT client, owner FROM clients WHERE document = ?', [id]) as Claim[],
        () => null,
      ),
    }
  })
}

/** The newest snapshot that is sound and holds no row after `until`; null when there is none. */
export function soundSnapshot(
  db: SqliteDatabase,
  id: DocumentId,
  until: number = Number.MAX_SAFE_INTEGER,
): KeptSnapshot | null {
  for (const sequence of snapshotSequences(db, id).reverse())
    if (sequence <= until) {
      const kept = readSnapshot(db, id, sequence)
      if (kept && bytesHash(kept.bytes) === kept.bytes_hash) return kept
    }
  return null
}

/** Sequences of the document's snapshots, ascending; empty when they cannot be read. */
export const snapshotSequences = (db: SqliteDatabase, id: DocumentId): number[] =>
  unlessDamaged(
    () => {
      const rows = db.all('SELECT sequence FROM snapshots WHERE document = ? ORDER BY sequence', [id])
      return (rows as { sequence: number }[]).map((row) => row.sequence)
    },
    () => [],
  )

/** The snapshot at this sequence; null when there is none or it cannot be read. Its hash is not checked. */
export const readSnapshot = (db: SqliteDatabase, id: DocumentId, sequence: number): KeptSnapshot | null =>
  unlessDamaged(
    () => {
      const sql = 'SELECT sequence, bytes, bytes_hash FROM snapshots WHERE document = ? AND sequence = ?'
      return (db.get(sql, [id, sequence]) as KeptSnapshot | undefined) ?? null
    },
    () => null,
  )

/**
 * The rows after the sequence `after` up to `until`. The hash of each row, and its link to the one before, are checked.
 * Throws `damaged` when a row is missing or is not what was written.
 */
export function soundRows(
  db: SqliteDatabase,
  id: DocumentId,
  after: number,
  until: number,
): readonly StoredLogRow[] {
  const rows = storedRows(db, id, after, until - after)
  let hash = hashAt(db, id, after)
  let sequence = after
  for (const row of rows) {
    sequence++
    if (row.sequence !== sequence || row.previous !== hash || row.hash !== rowHash(hash, row))
      throw new StoreError('damaged', `Row ${sequence} of document ${id} is damaged.`)
    hash = row.hash
  }
  if (sequence !== until) throw new StoreError('damaged', `Row ${sequence + 1} of document ${id} is missing.`)
  return rows
}

function hashAt(db: SqliteDatabase, id: DocumentId, sequence: number): string {
  const row = db.get('SELECT hash FROM log WHERE document = ? AND sequence = ?', [id, sequence])
  return (row as { hash: string } | undefined)?.hash ?? CHAIN_START
}

const hasMore = (db: SqliteDatabase, id: DocumentId, sequence: number): boolean =>
  db.get('SELECT 1 FROM log WHERE document = ? AND sequence > ? LIMIT 1', [id, sequence]) !== undefined
