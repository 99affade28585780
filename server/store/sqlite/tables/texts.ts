import type { DocumentId } from '#shared/model/ids.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { openDocument } from '#shared/document/schema.ts'
import { replay } from '../../snapshot.ts'
import type { SqliteDatabase } from '../connection.ts'
import { soundRows, soundSnapshot } from './load.ts'
import { findDocument } from './log.ts'

/** See {@link Store.textAt}. Computed from the log each time; former texts are not stored. */
export function textAt(db: SqliteDatabase, id: DocumentId, sequence: number): string | null {
  const found = db.read(() => {
    const entry = findDocument(db, id)
    if (!entry || sequence < 1 || sequence > entry.sequence) return null
    const snapshot = soundSnapshot(db, id, sequence)
    const rows = soundRows(db, id, snapshot?.sequence ?? 0, sequence)
    return { snapshot: snapshot?.bytes ?? null, tail: rows.map((row) => row.bytes) }
  })
  if (!found) return null
  const doc = replay(found.snapshot, found.tail)
  const text = JSON.stringify(freeze(openDocument(doc), sequence))
  doc.destroy()
  return text
}
