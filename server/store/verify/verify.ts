import type { Damage, Head } from '../port.ts'
import type { SqliteDatabase } from '../sqlite/connection.ts'
import { documentIds } from '../sqlite/tables/log.ts'
import { verifyAccess } from './access.ts'
import { verifyDocument } from './document.ts'
import { verifyFile } from './file.ts'
import { Findings } from './findings.ts'

/** See {@link Store.verify}. Verifies, on one consistent view, the file, then each document and the access to it. */
export function verify(db: SqliteDatabase, noted: readonly Head[] = []): Damage[] {
  return db.read(() => {
    const findings = new Findings()
    verifyFile(db, findings)
    const ids = documentIds(db)
    for (const id of ids) {
      const head = noted.find(({ document }) => document === id) ?? null
      verifyDocument(db, id, head, findings)
      verifyAccess(db, id, head, findings)
    }
    for (const { document } of noted)
      if (!ids.includes(document)) findings.add(document, 'documents', null, 'was noted, and is not there')
    return findings.damage
  })
}
