import * as Y from 'yjs'
import { openDocument } from '#shared/document/schema.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import { Owners } from '../../owners.ts'
import type { Claim } from '../../port.ts'
import { replay } from '../../snapshot.ts'
import type { SqliteDatabase } from '../connection.ts'
import { soundRows } from './load.ts'

/**
 * The claims up to the sequence `until`, computed by replaying the whole log. Slow; used only when the `clients` table
 * cannot be read.
 */
export function claimsInLog(db: SqliteDatabase, id: DocumentId, until: number): Claim[] {
  const owners = new Owners()
  const od = openDocument(replay(null, []))
  for (const row of soundRows(db, id, 0, until)) {
    owners.note(od, row)
    if (row.bytes.length > 0) Y.applyUpdate(od.doc, row.bytes)
  }
  od.doc.destroy()
  return [...owners.byClient].map(([client, owner]) => ({ client, owner }))
}
