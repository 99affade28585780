import * as Y from 'yjs'
import type { DocumentId } from '#shared/model/ids.ts'
import { CHAIN_START, bytesHash, rowHash } from './chain.ts'
import type { Damage } from './port.ts'
import { difference, replay } from './snapshot.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { type KeptSnapshot, storedRows } from './sqlite-log.ts'

/** Reads everything: the chain from the first row on, and each snapshot against the log replayed up to it. */

interface Head {
  id: DocumentId
  sequence: number
  hash: string
}

const ROWS_AT_ONCE = 1_000

export function verify(db: SqliteDatabase): Damage[] {
  return db.read(() => {
    const heads = db.all('SELECT id, sequence, hash FROM documents ORDER BY id') as Head[]
    return heads.flatMap((head) => verifyDocument(db, head))
  })
}

function verifyDocument(db: SqliteDatabase, head: Head): Damage[] {
  const snapshots = new Map(
    (
      db.all('SELECT sequence, bytes, bytes_hash FROM snapshots WHERE document = ?', [
        head.id,
      ]) as KeptSnapshot[]
    ).map((snapshot) => [snapshot.sequence, snapshot]),
  )
  const damage: Damage[] = []
  const report = (sequence: number | null, message: string) =>
    damage.push({ document: head.id, sequence, message })
  const doc = replay(null, [])
  let sequence = 0
  let hash = CHAIN_START
  let rows = storedRows(db, head.id, 0, ROWS_AT_ONCE)
  while (rows.length > 0) {
    for (const row of rows) {
      sequence++
      if (row.sequence !== sequence) report(sequence, 'a row is missing before this one')
      sequence = row.sequence
      if (row.previous !== hash) report(sequence, 'does not continue the hash chain')
      if (row.hash !== rowHash(row.previous, row)) report(sequence, 'the row is not what was written')
      hash = row.hash
      if (!applies(doc, row.bytes)) report(sequence, 'its update cannot be read')
      const snapshot = snapshots.get(sequence)
      if (snapshot) for (const message of snapshotFaults(doc, snapshot)) report(sequence, message)
      snapshots.delete(sequence)
    }
    rows = storedRows(db, head.id, sequence, ROWS_AT_ONCE)
  }
  if (sequence !== head.sequence || hash !== head.hash)
    report(null, `its log ends at row ${sequence}, but should at row ${head.sequence}`)
  for (const orphan of snapshots.keys()) report(orphan, 'a snapshot of a row that is not there')
  doc.destroy()
  return damage
}

function applies(doc: Y.Doc, bytes: Uint8Array): boolean {
  try {
    if (bytes.length > 0) Y.applyUpdate(doc, bytes)
    return true
  } catch {
    return false
  }
}

function snapshotFaults(doc: Y.Doc, snapshot: KeptSnapshot): string[] {
  if (bytesHash(snapshot.bytes) !== snapshot.bytes_hash) return ['the snapshot is not what was written']
  const restored = replay(snapshot.bytes, [])
  const reason = difference(doc, restored)
  restored.destroy()
  return reason === null ? [] : [`the snapshot is not the log's state: ${reason}`]
}
