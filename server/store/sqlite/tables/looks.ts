import type { Looked } from '#shared/protocol/http.ts'
import { seal } from '../../chain.ts'
import type { Looker } from '../../port.ts'
import type { SqliteDatabase } from '../connection.ts'
import { findDocument } from './log.ts'

/** Up to which log row each person has seen a document, and when they marked it as seen. */

export const lookSeal = ({ document, invitation, name }: Looker, sequence: number, at: number): string =>
  seal(document, invitation, name, sequence, at)

export function looked(db: SqliteDatabase, { document, invitation, name }: Looker): Looked {
  const row = db.get('SELECT sequence, at FROM looks WHERE document = ? AND invitation = ? AND name = ?', [
    document,
    invitation,
    name,
  ]) as NonNullable<Looked> | undefined
  return row ? { sequence: row.sequence, at: row.at } : null
}

export function look(db: SqliteDatabase, looker: Looker, at: number): Looked {
  const { document, invitation, name } = looker
  return db.write(() => {
    const entry = findDocument(db, document)
    if (!entry) return null
    db.run(
      `INSERT INTO looks (document, invitation, name, sequence, at, seal) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET sequence = excluded.sequence, at = excluded.at, seal = excluded.seal`,
      [document, invitation, name, entry.sequence, at, lookSeal(looker, entry.sequence, at)],
    )
    return looked(db, looker)
  })
}
