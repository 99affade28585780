import type { DocumentId } from '#shared/model/ids.ts'
import type { SqliteDatabase } from '../sqlite/connection.ts'
import { isDamage } from '../sqlite/errors.ts'
import { storedRows, type StoredLogRow } from '../sqlite/tables/log.ts'

export interface UnreadableRow {
  readonly sequence: number
  readonly unreadable: string
}

const ROWS_AT_ONCE = 1_000
/** After this many consecutive unreadable rows the rest of the log is not tried. */
const PATIENCE = 1_000

/**
 * Yields a log's rows from the first. Where a damaged page is met, the rows are read one by one up to the sequence
 * `until`, and those that cannot be read are yielded as {@link UnreadableRow}.
 */
export function* readRows(
  db: SqliteDatabase,
  id: DocumentId,
  until: number,
): Generator<StoredLogRow | UnreadableRow> {
  for (let after = 0; ;) {
    const rows = readOrFail(() => storedRows(db, id, after, ROWS_AT_ONCE))
    if ('unreadable' in rows) {
      const end = Math.min(after + ROWS_AT_ONCE, until)
      yield* readSingly(db, id, after, end)
      if (end >= until || end - after >= PATIENCE) return
      after = end
      continue
    }
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.sequence
  }
}

function* readSingly(
  db: SqliteDatabase,
  id: DocumentId,
  after: number,
  until: number,
): Generator<StoredLogRow | UnreadableRow> {
  for (let sequence = after + 1; sequence <= until; sequence++) {
    const sql = 'SELECT * FROM log WHERE document = ? AND sequence = ?'
    const row = readOrFail(() => (db.get(sql, [id, sequence]) as StoredLogRow | undefined) ?? null)
    if (row !== null) yield 'unreadable' in row ? { sequence, ...row } : row
  }
}

function readOrFail<T>(read: () => T): T | { readonly unreadable: string } {
  try {
    return read()
  } catch (error) {
    if (!isDamage(error)) throw error
    return { unreadable: error instanceof Error ? error.message : String(error) }
  }
}
