import { DatabaseSync } from 'node:sqlite'
import type { DocumentId } from '#shared/model/ids.ts'
import type { DamagedPart } from '../port.ts'
import { SqliteDatabase } from '../sqlite/connection.ts'
import { migrate, schemaOf } from '../sqlite/migrations.ts'
import type { Findings } from './findings.ts'

/** Verifies the database file: SQLite's own checks, the declarations of tables and indexes, and the settings. */

/** Most lines of SQLite's integrity check; a single damaged page may cause many. */
const LINES = 200

export function verifyFile(db: SqliteDatabase, findings: Findings): void {
  const parts = findings.attempt(null, 'file', () => verifySchema(db, findings)) ?? new Map()
  findings.attempt(null, 'file', () => checkIntegrity(db, parts, findings))
  checkReferences(db, findings)
  findings.attempt(null, 'settings', () => checkSettings(db, findings))
}

/** Compares the declarations with those of this version. Returns for each root page the table that it belongs to. */
function verifySchema(db: SqliteDatabase, findings: Findings): Map<number, DamagedPart> {
  const fresh = new DatabaseSync(':memory:')
  migrate(fresh)
  const expected = new Map(schemaOf(new SqliteDatabase(fresh)).map(({ name, sql }) => [name, sql]))
  fresh.close()
  const found = schemaOf(db)
  for (const { name, sql } of found)
    if (expected.get(name) !== sql)
      findings.add(null, 'file', null, `“${name}” is not declared as it should be`)
  for (const name of expected.keys())
    if (!found.some((part) => part.name === name)) findings.add(null, 'file', null, `“${name}” is missing`)
  const roots = db.all('SELECT rootpage, tbl_name FROM sqlite_schema') as {
    rootpage: number
    tbl_name: DamagedPart
  }[]
  return new Map(roots.map(({ rootpage, tbl_name }) => [rootpage, tbl_name]))
}

function checkIntegrity(db: SqliteDatabase, parts: Map<number, DamagedPart>, findings: Findings): void {
  const rows = db.all(`PRAGMA integrity_check(${LINES})`) as { integrity_check: string }[]
  for (const { integrity_check: line } of rows) {
    if (line === 'ok') continue
    const tree = /^Tree (\d+) /.exec(line)?.[1]
    findings.add(null, parts.get(Number(tree)) ?? 'file', null, `SQLite says: ${line}`)
  }
}

/** Tables whose rows belong to a document, and those whose rows also belong to an invitation. */
const OF_DOCUMENTS = [
  'log',
  'snapshots',
  'clients',
  'due',
  'access_log',
  'invitations',
  'visits',
  'looks',
] as const
const OF_INVITATIONS = ['visits', 'looks'] as const

/** Reports rows that name a missing document or invitation, once for each document. */
function checkReferences(db: SqliteDatabase, findings: Findings): void {
  const check = (part: DamagedPart, column: string, parent: string) => {
    const sql = `SELECT DISTINCT document FROM ${part} WHERE ${column} NOT IN (SELECT id FROM ${parent})`
    for (const { document } of db.all(sql) as { document: DocumentId }[])
      findings.add(document, part, null, `a row names one of “${parent}” that is not there`)
  }
  for (const part of OF_DOCUMENTS) findings.attempt(null, part, () => check(part, 'document', 'documents'))
  for (const part of OF_INVITATIONS)
    findings.attempt(null, part, () => check(part, 'invitation', 'invitations'))
}

const FINGERPRINT = /^(?:[0-9a-f]{64})?$/

function checkSettings(db: SqliteDatabase, findings: Findings): void {
  const rows = db.all('SELECT name, value FROM settings ORDER BY name') as { name: string; value: string }[]
  const names = rows.map(({ name }) => name).join(', ')
  if (names !== 'probe, secret') findings.add(null, 'settings', null, `holds “${names}”`)
  const secret = rows.find(({ name }) => name === 'secret')?.value ?? ''
  if (!FINGERPRINT.test(secret)) findings.add(null, 'settings', null, 'the fingerprint of the secret is none')
}
