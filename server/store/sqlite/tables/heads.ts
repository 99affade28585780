import type { Head } from '../../port.ts'
import type { SqliteDatabase } from '../connection.ts'
import { documentIds, documentRow } from './log.ts'

/** See {@link Store.heads}. */
export const heads = (db: SqliteDatabase): Head[] =>
  db.read(() =>
    documentIds(db).flatMap((document) => {
      const row = documentRow(db, document)
      if (!row) return []
      const access = { sequence: row.access_sequence, hash: row.access_hash }
      return [{ document, log: { sequence: row.sequence, hash: row.hash }, access }]
    }),
  )
