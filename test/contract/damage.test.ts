import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import type { Damage } from '#server/store/port.ts'
import { spaceId } from '#server/store/space-id.ts'
import { SqliteDatabase } from '#server/store/sqlite/connection.ts'
import { DATABASE_FILE, openDatabase } from '#server/store/sqlite/database.ts'
import { load } from '#server/store/sqlite/tables/load.ts'
import { createDocument, dueDocuments, listDocuments } from '#server/store/sqlite/tables/log.ts'
import { takeSnapshot } from '#server/store/sqlite/tables/snapshots.ts'
import { verify } from '#server/store/verify/verify.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'

/** A negotiated document, its private space and another document in one small database, and what is done to it. */

const STORED = join(import.meta.dirname, '../kit/stored')
const NEGOTIATED = 'gj9ckn4bdmvb9k9f' as DocumentId
const OTHER = 'k'.repeat(16) as DocumentId
const PAGE = 4_096

let sound: Buffer
let said: Map<string, string>

const workshop = mkdtempSync(join(tmpdir(), 'informals-'))
afterAll(() => rmSync(workshop, { recursive: true, force: true }))

const newFolder = (): string => mkdtempSync(join(workshop, 'one-'))

beforeAll(() => {
  const folder = newFolder()
  cpSync(STORED, folder, { recursive: true })
  const db = openDatabase(folder)
  const bytes = new Uint8Array([0, 0])
  createDocument(db, { id: OTHER, title: '', at: 5, actor: 'server', bytes, client: 7 })
  takeSnapshot(db, OTHER)
  db.run('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  const file = new DatabaseSync(join(folder, DATABASE_FILE))
  file.exec('PRAGMA journal_mode = DELETE; VACUUM')
  file.close()
  sound = readFileSync(join(folder, DATABASE_FILE))
  said = opened(sound, contentOf)
})

/** The database laid open as it is, without bringing it up to date. */
function opened<T>(bytes: Buffer, look: (db: DatabaseSync, path: string) => T): T {
  const path = join(newFolder(), DATABASE_FILE)
  writeFileSync(path, bytes)
  const db = new DatabaseSync(path)
  try {
    return look(db, path)
  } finally {
    db.close()
    rmSync(dirname(path), { recursive: true })
  }
}

const TABLES = [
  'documents',
  'log',
  'snapshots',
  'clients',
  'due',
  'access_log',
  'invitations',
  'visits',
  'looks',
  'settings',
] as const

/** Every row of every table, by document, as a scan and as the indexes give it; what cannot be read is said so. */
function contentOf(db: DatabaseSync): Map<string, string> {
  const content = new Map<string, string>()
  for (const document of [NEGOTIATED, spaceId(NEGOTIATED, 'KEN' as ParticipantId), OTHER])
    content.set(document, indexed(db, document))
  for (const table of TABLES)
    try {
      for (const row of db.prepare(`SELECT * FROM ${table}`).iterate()) {
        const document = String(row['document'] ?? (table === 'documents' ? row['id'] : ''))
        content.set(document, `${content.get(document) ?? ''}${JSON.stringify(row, hexadecimal)}`)
      }
    } catch (error) {
      content.set(table, String(error))
    }
  return content
}

function indexed(db: DatabaseSync, document: DocumentId): string {
  const rows = TABLES.filter((table) => table !== 'settings').map((table) => {
    try {
      const key = table === 'documents' ? 'id' : 'document'
      return JSON.stringify(db.prepare(`SELECT * FROM ${table} WHERE ${key} = ?`).all(document), hexadecimal)
    } catch (error) {
      return String(error)
    }
  })
  return rows.join('')
}

const hexadecimal = (_key: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value

/** A database that cannot be opened says so at every start: that is found too. */
function damageIn(db: DatabaseSync): Damage[] {
  try {
    return verify(new SqliteDatabase(db))
  } catch (error) {
    return [{ document: null, part: 'file', sequence: null, message: String(error) }]
  }
}

describe('a byte that turned', () => {
  it('17.3 in whatever page is found, and no other document is blamed; or nothing that is stored has changed', () => {
    const random = new Random(41)
    const silent: string[] = []
    const blamed: string[] = []
    let found = 0
    for (let page = 0; page < sound.length / PAGE; page++)
      for (let time = 0; time < Math.max(1, histories(0.005)); time++) {
        const at = page * PAGE + (time === 0 ? random.int(16) : random.int(PAGE))
        const bytes = Buffer.from(sound)
        bytes[at]! ^= 1 << random.int(8)
        opened(bytes, (db) => {
          const damage = damageIn(db)
          const content = contentOf(db)
          if (damage.length > 0) found++
          else if (JSON.stringify([...content]) !== JSON.stringify([...said])) silent.push(`byte ${at}`)
          // Where SQLite itself finds something, an index may lead astray as well.
          const readable = !damage.some(({ document }) => document === null)
          for (const { document, message } of damage)
            if (
              readable &&
              document !== null &&
              said.has(document) &&
              content.get(document) === said.get(document)
            )
              blamed.push(`byte ${at}: ${document} ${message}`)
        })
      }
    expect(silent).toEqual([])
    expect(blamed).toEqual([])
    expect(found).toBeGreaterThan(40)
  })
})

type Row = Record<string, SQLOutputValue>

/** Where each row stands, for an UPDATE or DELETE of nothing else. */
function keyOf(table: (typeof TABLES)[number], row: Row): { where: string; values: SQLOutputValue[] } {
  const keys = {
    documents: ['id'],
    log: ['document', 'sequence'],
    snapshots: ['document', 'sequence'],
    clients: ['document', 'client'],
    due: ['document'],
    access_log: ['document', 'sequence'],
    invitations: ['id'],
    visits: ['token_hash'],
    looks: ['document', 'invitation', 'name'],
    settings: ['name'],
  }[table]
  return {
    where: keys.map((key) => `${key} = ?`).join(' AND '),
    values: keys.map((key) => row[key] ?? null),
  }
}

function altered(value: SQLOutputValue): SQLOutputValue {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'bigint') return value + 1n
  if (value instanceof Uint8Array) return Uint8Array.from([...value, 1])
  return value === null ? 1 : `${value.slice(0, -1)}${value.endsWith('x') ? 'y' : 'x'}`
}

/** Does something to a row; null where the database itself does not allow it. */
function tampered(
  table: (typeof TABLES)[number],
  row: Row,
  column: string | null,
): { damage: Damage[]; changed: boolean } | null {
  return opened(sound, (db) => {
    const { where, values } = keyOf(table, row)
    db.exec('PRAGMA foreign_keys = OFF')
    try {
      if (column === null) db.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...values)
      else
        db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(
          altered(row[column] ?? null),
          ...values,
        )
    } catch {
      return null
    }
    const changed = JSON.stringify([...contentOf(db)]) !== JSON.stringify([...said])
    return { damage: damageIn(db), changed }
  })
}

/** What may go without a word: it is made anew when it is missing, or nobody can do anything by it. */
function isHarmless(table: string, row: Row, column: string | null): boolean {
  if (column === null && ['snapshots', 'visits', 'looks'].includes(table)) return true
  if (table === 'settings') return column === 'value'
  return table === 'clients' && row['owner'] === 'server' && column !== 'owner'
}

describe.each(TABLES)('a row of %s', (table) => {
  const rows = () => opened(sound, (db) => db.prepare(`SELECT * FROM ${table}`).all())

  it('17.3 that is missing or altered is found, and its document named', () => {
    const random = new Random(TABLES.indexOf(table))
    const unnamed: string[] = []
    let found = 0
    // A few rows of each table; all of them in a long run.
    const chosen = rows()
      .map((row) => ({ row, order: random.next() }))
      .sort((a, b) => a.order - b.order)
      .slice(0, Math.max(1, histories(0.006)))
    for (const { row } of chosen)
      for (const column of [null, ...Object.keys(row)]) {
        const outcome = tampered(table, row, column)
        if (!outcome?.changed) continue
        const own = row['document'] ?? (table === 'documents' ? row['id'] : null)
        const named = outcome.damage.some(({ document }) => document === own)
        if (outcome.damage.length > 0) found++
        if (
          !named &&
          !isHarmless(table, row, column) &&
          !(column === 'document' && outcome.damage.length > 0)
        )
          unnamed.push(`${column ?? 'all'} of ${JSON.stringify(row, hexadecimal).slice(0, 200)}`)
      }
    expect(unnamed).toEqual([])
    expect(found).toBeGreaterThan(0)
  })
})

/** The content of one page is gone: as after a bad sector. */
function withoutPages(of: string): Buffer {
  const pages = opened(sound, (db) =>
    db.prepare('SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno').all(of),
  ) as { pageno: number }[]
  const bytes = Buffer.from(sound)
  expect(pages.length).toBeGreaterThan(0)
  for (const { pageno } of pages) bytes.fill(0x5a, (pageno - 1) * PAGE, pageno * PAGE)
  return bytes
}

function housed<T>(bytes: Buffer, look: (db: SqliteDatabase) => T): T {
  const folder = newFolder()
  writeFileSync(join(folder, DATABASE_FILE), bytes)
  const db = openDatabase(folder)
  try {
    return look(db)
  } finally {
    db.close()
  }
}

describe('a damaged page', () => {
  it('17.4 of snapshots, of client ids or of what is due closes no document, and is named', () => {
    for (const table of ['snapshots', 'clients', 'due'])
      housed(withoutPages(table), (db) => {
        expect(load(db, NEGOTIATED)).toMatchObject({ entry: { sequence: 38 } })
        expect(listDocuments(db).map(({ id }) => id)).toEqual([OTHER, NEGOTIATED])
        expect(dueDocuments(db, Number.MAX_SAFE_INTEGER)).toContain(NEGOTIATED)
        expect(verify(db).map(({ part }) => part)).toContain(table)
      })
  })
})
