import type { DocumentId } from '#shared/model/ids.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { openDocument } from '#shared/document/schema.ts'
import { CHAIN_START, bytesHash, rowHash } from './chain.ts'
import { StoreError } from './port.ts'
import { replay } from './snapshot.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import type { KeptSnapshot } from './sqlite-log.ts'
import { findDocument, storedRows } from './sqlite-log.ts'

/** What the text said after any row: read from the log, which holds all of them, and never stored besides. */
export function textAt(db: SqliteDatabase, id: DocumentId, sequence: number): string | null {
  const found = db.read(() => {
    const entry = findDocument(db, id)
    if (!entry || sequence < 1 || sequence > entry.sequence) return null
    const snapshot = snapshotBefore(db, id, sequence)
    return { snapshot: snapshot?.bytes ?? null, tail: soundRows(db, id, snapshot?.sequence ?? 0, sequence) }
  })
  if (!found) return null
  const doc = replay(found.snapshot, found.tail)
  const text = JSON.stringify(freeze(openDocument(doc), sequence))
  doc.destroy()
  return text
}

/** The newest sound one that holds no later row. */
function snapshotBefore(db: SqliteDatabase, id: DocumentId, sequence: number): KeptSnapshot | null {
  const kept = db.all(
    'SELECT sequence, bytes, bytes_hash FROM snapshots WHERE document = ? AND sequence <= ? ORDER BY sequence DESC',
    [id, sequence],
  ) as KeptSnapshot[]
  return kept.find((snapshot) => bytesHash(snapshot.bytes) === snapshot.bytes_hash) ?? null
}

/** The updates after one row and up to another, each row proved by its hash and by its predecessor's. */
function soundRows(db: SqliteDatabase, id: DocumentId, after: number, until: number): Uint8Array[] {
  const anchor = db.get('SELECT hash FROM log WHERE document = ? AND sequence = ?', [id, after]) as
    { hash: string } | undefined
  let hash = anchor?.hash ?? CHAIN_START
  let sequence = after
  const rows = storedRows(db, id, after, until - after).map((row) => {
    sequence++
    if (row.sequence !== sequence || row.previous !== hash || row.hash !== rowHash(hash, row))
      throw new StoreError('damaged', `Row ${sequence} of document ${id} is damaged.`)
    hash = row.hash
    return row.bytes
  })
  if (sequence !== until) throw new StoreError('damaged', `Row ${sequence + 1} of document ${id} is missing.`)
  return rows
}
