import { chmodSync, closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DocumentId } from '#shared/model/ids.ts'
import type { Store } from '#server/store/port.ts'
import { openSqliteStore } from '#server/store/sqlite/sqlite.ts'
import { openDatabase } from '#server/store/sqlite/database.ts'
import { storeErrorOf } from '#server/store/sqlite/errors.ts'
import { load } from '#server/store/sqlite/tables/load.ts'
import * as log from '#server/store/sqlite/tables/log.ts'
import { importDraft } from '#server/operate/documents.ts'
import { plainDraft } from '#test/kit/drafts.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { Random } from '#test/kit/random.ts'
import { storeContract } from './store-contract.ts'

async function opened(folder: string): Promise<Store> {
  const store = await openSqliteStore(folder)
  onTestFinished(() => store.close().catch(() => {}))
  return store
}

storeContract('SQLite', async () => {
  const folder = temporaryFolder()
  const [store, another] = await Promise.all([opened(folder), opened(folder)])
  return { store, another }
})

async function documentIn(folder: string, paragraphs = 2): Promise<{ store: Store; id: DocumentId }> {
  const store = await opened(folder)
  const random = new Random(5)
  const making = { store, random: (n: number) => random.bytes(n), now: 1, actor: 'server' as const }
  const { id } = await importDraft(making, plainDraft(paragraphs))
  return { store, id }
}

/** A document of one snapshot between rows, and its database laid open. */
async function damaged(sql: string): Promise<{ store: Store; id: DocumentId }> {
  const folder = temporaryFolder()
  const { store, id } = await documentIn(folder)
  const append = (expected: number) =>
    store.append({
      document: id,
      expected,
      entries: [1, 2].map(() => ({
        kind: 'settle',
        actor: 'server',
        at: 2,
        bytes: new Uint8Array([0, 0]),
      })),
      claims: [],
    })
  await append(1)
  await store.snapshot(id)
  await append(3)
  expect(await store.verify()).toEqual([])
  const db = new DatabaseSync(join(folder, 'informals.db'))
  db.exec(sql)
  db.close()
  return { store, id }
}

describe('SQLite: damage', () => {
  it.each([
    ['UPDATE log SET actor = \'"somebody"\' WHERE sequence = 2', 2, 'not what was written'],
    ['UPDATE log SET at = 3 WHERE sequence = 5', 5, 'not what was written'],
    ["UPDATE log SET bytes = x'0001' WHERE sequence = 4", 4, 'not what was written'],
    ['DELETE FROM log WHERE sequence = 2', 3, 'hash chain'],
    ['DELETE FROM log WHERE sequence = 5', null, 'ends at row 4'],
    ["UPDATE snapshots SET bytes = x'0000'", 3, 'snapshot is not what was written'],
    ['UPDATE snapshots SET sequence = 99', 99, 'not there'],
  ])('%s is found', async (sql, sequence, message) => {
    const { store } = await damaged(sql)
    const damage = await store.verify()
    expect(damage).toContainEqual(
      expect.objectContaining({ sequence, message: expect.stringContaining(message) as string }),
    )
  })

  it('in the tail keeps a document from being loaded', async () => {
    const { store, id } = await damaged("UPDATE log SET bytes = x'0001' WHERE sequence = 4")
    await expect(store.load(id)).rejects.toMatchObject({ code: 'damaged' })
  })

  it('of a snapshot costs nothing: the log is replayed instead', async () => {
    const { store, id } = await damaged("UPDATE snapshots SET bytes = x'0000'")
    expect(await store.load(id)).toMatchObject({ snapshot: null, snapshotSequence: 0 })
  })
})

/** What the first version had. */
const FIRST_TABLES = ['documents', 'log', 'snapshots', 'clients', 'invitations', 'visits']

/** Takes back what later versions added to those. */
const ADDED_TO_THEM = [
  'DROP INDEX visits_expiry',
  'ALTER TABLE invitations DROP COLUMN followed_at',
  'ALTER TABLE invitations DROP COLUMN seal',
  'ALTER TABLE visits DROP COLUMN seal',
  'ALTER TABLE documents DROP COLUMN access_sequence',
  'ALTER TABLE documents DROP COLUMN access_hash',
]

describe('SQLite: a database of the first version', () => {
  it('is brought up to date with all that is in it, by several at once', async () => {
    const folder = temporaryFolder()
    const { store, id } = await documentIn(folder)
    await store.close()
    const db = new DatabaseSync(join(folder, 'informals.db'))
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as {
      name: string
    }[]
    for (const { name } of tables) if (!FIRST_TABLES.includes(name)) db.exec(`DROP TABLE ${name}`)
    for (const later of ADDED_TO_THEM) db.exec(later)
    db.exec('PRAGMA user_version = 1')
    db.close()
    const [one, another] = await Promise.all([opened(folder), opened(folder)])
    expect(await one.verify()).toEqual([])
    expect(await another.document(id)).toMatchObject({ sequence: 1 })
    expect(await one.dueDocuments(Number.MAX_SAFE_INTEGER)).toEqual([])
    const entry = { kind: 'settle', actor: 'server', at: 2, bytes: new Uint8Array([0, 0]) } as const
    await one.append({ document: id, expected: 1, entries: [entry], claims: [], due: 9 })
    expect(await another.dueDocuments(9)).toEqual([id])
  })
})

describe('SQLite: a new folder', () => {
  it('may be opened by several at once', async () => {
    for (let round = 0; round < 5; round++) {
      const folder = temporaryFolder()
      const stores = await Promise.all([opened(folder), opened(folder), opened(folder), opened(folder)])
      for (const store of stores) expect(await store.documents()).toEqual([])
    }
  })
})

describe('SQLite: a folder that cannot be used', () => {
  it('is said so', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(openSqliteStore(file)).rejects.toMatchObject({ code: 'unavailable' })
    const broken = join(folder, 'informals.db')
    writeFileSync(broken, 'this is not a database, and it is long enough to be looked at'.repeat(40))
    chmodSync(broken, 0o600)
    await expect(openSqliteStore(folder)).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('SQLite: the lane for long work', () => {
  it('is opened again when it could not be', async () => {
    const folder = temporaryFolder()
    const { store, id } = await documentIn(folder)
    renameSync(folder, `${folder}.away`)
    writeFileSync(folder, '')
    await expect(store.snapshot(id)).rejects.toMatchObject({ code: 'unavailable' })
    rmSync(folder)
    renameSync(`${folder}.away`, folder)
    expect(await store.snapshot(id)).toEqual({ ok: true, sequence: 1 })
  })
})

describe('SQLite: a damaged page of snapshots', () => {
  it('17.4 costs nothing, and the next snapshot stands beside it', async () => {
    const folder = temporaryFolder()
    const { store, id } = await documentIn(folder, 60)
    await store.snapshot(id)
    await store.close()
    spoilSnapshots(join(folder, 'informals.db'))
    const again = await opened(folder)
    expect(await again.load(id)).toMatchObject({ snapshot: null, entry: { sequence: 1 } })
    const entry = { kind: 'settle', actor: 'server', at: 2, bytes: new Uint8Array([0, 0]) } as const
    await again.append({ document: id, expected: 1, entries: [entry], claims: [] })
    expect(await again.snapshot(id)).toEqual({ ok: true, sequence: 2 })
    expect(await again.load(id)).toMatchObject({ snapshotSequence: 2 })
    expect(await again.verify()).toContainEqual(
      expect.objectContaining({ document: id, part: 'snapshots', sequence: 1 }),
    )
  })
})

/** As after a bad sector: where the long values of the table go on, nothing is right. */
function spoilSnapshots(path: string): void {
  const db = new DatabaseSync(path)
  const sql = "SELECT pageno FROM dbstat WHERE name = 'snapshots' AND pagetype = 'overflow'"
  const pages = db.prepare(sql).all() as { pageno: number }[]
  db.close()
  const file = openSync(path, 'r+')
  for (const { pageno } of pages) writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, (pageno - 1) * 4_096)
  closeSync(file)
}

describe('SQLite: a full disk', () => {
  it('17.9 takes nothing, says so, and keeps what it had', () => {
    const db = openDatabase(temporaryFolder())
    onTestFinished(() => db.close())
    const entry = { kind: 'settle', actor: 'server', at: 2, bytes: new Uint8Array(100_000) } as const
    const id = '0'.repeat(16) as DocumentId
    const request = { document: id, expected: 1, entries: [entry], claims: [] }
    log.createDocument(db, {
      id,
      title: '',
      at: 1,
      actor: 'server',
      bytes: new Uint8Array([0, 0]),
      client: 7,
    })
    // SQLite does not go below what there is.
    db.get('PRAGMA max_page_count = 1')
    let failure: unknown = null
    try {
      log.append(db, request)
    } catch (error) {
      failure = error
    }
    const told = { code: 'unwritable', message: "Not saved: the server's disk is full." }
    expect(storeErrorOf(failure)).toMatchObject(told)
    expect(load(db, id)).toMatchObject({ entry: { sequence: 1 } })
    db.get('PRAGMA max_page_count = 100000')
    expect(log.append(db, request)).toEqual({ ok: true, sequence: 2 })
  })
})
