import type { Command, CommandResult } from '#shared/model/command.ts'
import type { DocumentId, PersonId } from '#shared/model/ids.ts'
import { fail } from '#shared/model/result.ts'
import { CHAIN_START, rowHash } from '../../chain.ts'
import type {
  Append,
  Appended,
  CommandOutcome,
  DocumentEntry,
  LogActor,
  LogEntry,
  LogRow,
  NewDocument,
} from '../../port.ts'
import { StoreError } from '../../port.ts'
import { spaceOwner } from '../../space-id.ts'
import type { SqliteDatabase } from '../connection.ts'
import { unlessDamaged } from '../errors.ts'

/**
 * Documents and their logs in SQLite.
 *
 * Invariants:
 *
 * - Rows of a document are numbered from 1 without gaps, and form one hash chain (chain.ts).
 * - `documents.sequence` and `documents.hash` are those of the last row; both change in the transaction that appends
 *   it.
 * - A command key occurs at most once in a document's log.
 */

export interface DocumentRow {
  id: DocumentId
  title: string
  created_at: number
  sequence: number
  hash: string
  access_sequence: number
  access_hash: string
}

export interface StoredLogRow {
  document: DocumentId
  sequence: number
  kind: LogEntry['kind']
  actor: string
  at: number
  bytes: Uint8Array
  key: string | null
  command: string | null
  result: string | null
  previous: string
  hash: string
}

export const entryOf = (row: DocumentRow): DocumentEntry => ({
  id: row.id,
  title: row.title,
  createdAt: row.created_at,
  sequence: row.sequence,
})

export const documentRow = (db: SqliteDatabase, id: DocumentId): DocumentRow | undefined =>
  db.get('SELECT * FROM documents WHERE id = ?', [id]) as DocumentRow | undefined

export function createDocument(db: SqliteDatabase, document: NewDocument): void {
  db.write(() => {
    db.run('INSERT INTO documents (id, title, created_at, sequence, hash) VALUES (?, ?, ?, 0, ?)', [
      document.id,
      document.title,
      document.at,
      CHAIN_START,
    ])
    const { id, actor, at, bytes, client, due = null } = document
    const appended = appendRows(db, {
      document: id,
      expected: 0,
      entries: [{ kind: 'create', actor, at, bytes }],
      claims: [{ client, owner: 'server' }],
      due,
    })
    if (!appended.ok) throw new StoreError('failed', 'A new document had a log already.')
  })
}

export const listDocuments = (db: SqliteDatabase): DocumentEntry[] =>
  unlessDamaged(
    () => db.all('SELECT * FROM documents ORDER BY created_at, id') as DocumentRow[],
    () => legibleDocuments(db),
  )
    .filter((row) => spaceOwner(row.id) === null)
    .map(entryOf)

/** The documents whose row in `documents` can still be read, found through the log. */
const legibleDocuments = (db: SqliteDatabase): DocumentRow[] =>
  documentIds(db)
    .flatMap((id) =>
      unlessDamaged(
        () => documentRow(db, id) ?? [],
        () => [],
      ),
    )
    .sort((a, b) => a.created_at - b.created_at)

/** Ids of all documents and private spaces, also of those that a damaged page hides but another table still names. */
export function documentIds(db: SqliteDatabase): DocumentId[] {
  const found = new Set<DocumentId>()
  for (const table of ['SELECT id FROM documents', 'SELECT DISTINCT document AS id FROM log'])
    for (const { id } of unlessDamaged(
      () => db.all(table) as { id: DocumentId }[],
      () => [],
    ))
      found.add(id)
  return [...found].sort()
}

export function findDocument(db: SqliteDatabase, id: DocumentId): DocumentEntry | null {
  const row = documentRow(db, id)
  return row ? entryOf(row) : null
}

const KEY_TAKEN = fail('key-taken', 'A command with this key is in the log already.')
const SEQUENCE_TAKEN = fail('sequence-taken', 'Another writer has appended to the log meanwhile.')

export function append(db: SqliteDatabase, request: Append): Appended {
  return db.write(() => {
    for (const entry of request.entries) {
      if (entry.kind !== 'command') continue
      const taken = db.get('SELECT 1 FROM log WHERE document = ? AND key = ?', [request.document, entry.key])
      if (taken) return KEY_TAKEN
    }
    return appendRows(db, request)
  })
}

function appendRows(db: SqliteDatabase, request: Append): Appended {
  const head = documentRow(db, request.document)
  if (!head) throw new StoreError('failed', `There is no document ${request.document}.`)
  if (head.sequence !== request.expected) return SEQUENCE_TAKEN
  let { sequence, hash } = head
  for (const entry of request.entries) {
    sequence++
    hash = insertRow(db, request.document, sequence, hash, entry)
  }
  db.run('UPDATE documents SET sequence = ?, hash = ? WHERE id = ?', [sequence, hash, request.document])
  for (const claim of request.claims)
    db.run('INSERT INTO clients (document, client, owner) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [
      request.document,
      claim.client,
      claim.owner,
    ])
  setDue(db, request)
  return { ok: true, sequence }
}

function setDue(db: SqliteDatabase, { document, due }: Append): void {
  if (due === undefined) return
  if (due === null) db.run('DELETE FROM due WHERE document = ?', [document])
  else
    db.run(
      'INSERT INTO due (document, at) VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET at = excluded.at',
      [document, due],
    )
}

/** All documents, where it cannot be read which are due: a room does what is due, and nothing else. */
export const dueDocuments = (db: SqliteDatabase, now: number): DocumentId[] =>
  unlessDamaged(
    () => {
      const due = db.all('SELECT document FROM due WHERE at <= ? ORDER BY at, document', [now])
      return (due as { document: DocumentId }[]).map((row) => row.document)
    },
    () => documentIds(db).filter((id) => spaceOwner(id) === null),
  )

function insertRow(
  db: SqliteDatabase,
  id: DocumentId,
  sequence: number,
  previous: string,
  entry: LogEntry,
): string {
  const isCommand = entry.kind === 'command'
  const row = {
    document: id,
    sequence,
    kind: entry.kind,
    actor: JSON.stringify(entry.actor),
    at: entry.at,
    bytes: entry.bytes,
    // SQLite stores well-formed text only, and the hash must be of the very text that is stored.
    key: isCommand ? entry.key.toWellFormed() : null,
    command: isCommand ? JSON.stringify(entry.command) : null,
    result: isCommand ? JSON.stringify(entry.result) : null,
  }
  const hash = rowHash(previous, row)
  db.run(
    `INSERT INTO log (document, sequence, kind, actor, at, bytes, key, command, result, previous, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, sequence, row.kind, row.actor, row.at, row.bytes, row.key, row.command, row.result, previous, hash],
  )
  return hash
}

export function outcomes(db: SqliteDatabase, id: DocumentId, keys: readonly string[]): CommandOutcome[] {
  const found: CommandOutcome[] = []
  for (const key of keys) {
    const row = db.get('SELECT * FROM log WHERE document = ? AND key = ?', [id, key]) as
      StoredLogRow | undefined
    if (!row) continue
    const actor = JSON.parse(row.actor) as LogActor
    found.push({
      key,
      person: actor === 'server' ? ('server' as PersonId) : actor.person,
      command: JSON.parse(row.command ?? 'null') as Command,
      result: JSON.parse(row.result ?? 'null') as CommandResult,
    })
  }
  return found
}

export const rows = (db: SqliteDatabase, id: DocumentId, after: number, limit: number): LogRow[] =>
  storedRows(db, id, after, limit).map(logRow)

export const storedRows = (
  db: SqliteDatabase,
  id: DocumentId,
  after: number,
  limit: number,
): StoredLogRow[] =>
  db.all('SELECT * FROM log WHERE document = ? AND sequence > ? ORDER BY sequence LIMIT ?', [
    id,
    after,
    limit,
  ]) as StoredLogRow[]

export function recentUpdates(
  db: SqliteDatabase,
  id: DocumentId,
  until: number,
  most: { readonly rows: number; readonly bytes: number },
): Uint8Array[] {
  const last = 'WHERE document = ? AND sequence <= ? ORDER BY sequence DESC LIMIT ?'
  const sized = db.all(`SELECT length(bytes) AS size FROM log ${last}`, [id, until, most.rows])
  let room = most.bytes
  const tooMuch = (sized as { size: number }[]).findIndex(({ size }) => (room -= size) < 0)
  const fitting = tooMuch < 0 ? sized.length : tooMuch
  const found = db.all(`SELECT bytes FROM log ${last}`, [id, until, fitting]) as { bytes: Uint8Array }[]
  return found
    .map(({ bytes }) => bytes)
    .filter(({ length }) => length > 0)
    .reverse()
}

function logRow(row: StoredLogRow): LogRow {
  const { sequence, previous, hash, at, bytes } = row
  const base = { sequence, previous, hash, at, bytes, actor: JSON.parse(row.actor) as LogActor }
  if (row.kind !== 'command') return { ...base, kind: row.kind }
  return {
    ...base,
    kind: 'command',
    key: row.key ?? '',
    command: JSON.parse(row.command ?? 'null') as Command,
    result: JSON.parse(row.result ?? 'null') as CommandResult,
  }
}
