import * as Y from 'yjs'
import { dueAt } from '#shared/document/issue/due.ts'
import { openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { DocumentId, PersonId } from '#shared/model/ids.ts'
import { CHAIN_START, bytesHash, rowHash } from '../chain.ts'
import { Owners } from '../owners.ts'
import type { Head } from '../port.ts'
import { differenceBetween, replay } from '../snapshot.ts'
import type { SqliteDatabase } from '../sqlite/connection.ts'
import { readSnapshot, snapshotSequences, type KeptSnapshot } from '../sqlite/tables/load.ts'
import { documentRow, type DocumentRow, type StoredLogRow } from '../sqlite/tables/log.ts'
import type { Findings } from './findings.ts'
import { readRows } from './rows.ts'

/** Verifies a document's log from its first row, and recomputes everything beside the log that follows from it. */
export function verifyDocument(
  db: SqliteDatabase,
  id: DocumentId,
  noted: Head | null,
  findings: Findings,
): void {
  const head = findings.attempt(id, 'documents', () => documentRow(db, id) ?? null)
  if (!head) findings.add(id, 'documents', null, 'is not listed, or cannot be read')
  const run = new Replay(db, id, findings)
  for (const row of readRows(db, id, head?.sequence ?? 0)) {
    if ('unreadable' in row) run.skip(row.sequence, row.unreadable)
    else run.take(row, noted)
  }
  run.end(head, noted)
}

/** Replays a log from its beginning and reports what is not as it should be. */
class Replay {
  readonly #db: SqliteDatabase
  readonly #id: DocumentId
  readonly #findings: Findings
  readonly #od: OutcomeDocument = openDocument(replay(null, []))
  readonly #owners = new Owners()
  readonly #snapshots: Map<number, KeptSnapshot | null>
  #sequence = 0
  #hash = CHAIN_START
  /** Whether every row so far could be read and applied. Only then can what follows from the log be computed. */
  #whole = true
  #first: { readonly at: number; readonly title: string } | null = null

  constructor(db: SqliteDatabase, id: DocumentId, findings: Findings) {
    this.#db = db
    this.#id = id
    this.#findings = findings
    const sequences = findings.attempt(id, 'snapshots', () => snapshotSequences(db, id)) ?? []
    this.#snapshots = new Map(sequences.map((sequence) => [sequence, readSnapshot(db, id, sequence)]))
  }

  take(row: StoredLogRow, noted: Head | null): void {
    this.#sequence++
    if (row.sequence !== this.#sequence) this.#log(row.sequence, 'a row is missing before this one')
    this.#sequence = row.sequence
    if (row.previous !== this.#hash) this.#log(row.sequence, 'does not continue the hash chain')
    if (row.hash !== rowHash(row.previous, row)) this.#log(row.sequence, 'the row is not what was written')
    this.#hash = row.hash
    if (noted?.log.sequence === row.sequence && noted.log.hash !== row.hash)
      this.#log(row.sequence, 'is another row than the one that was noted')
    if (this.#whole && !this.#apply(row)) {
      this.#whole = false
      this.#log(row.sequence, 'its update cannot be read')
    }
    this.#first ??= { at: row.at, title: recordGet(this.#od, 'title') ?? '' }
    if (this.#whole) this.#compareSnapshot()
  }

  skip(sequence: number, why: string): void {
    this.#whole = false
    this.#log(sequence, `cannot be read: ${why}`)
  }

  end(head: DocumentRow | null, noted: Head | null): void {
    if (head && (this.#sequence !== head.sequence || this.#hash !== head.hash))
      this.#log(null, `ends at row ${this.#sequence}, but should at row ${head.sequence}, with another hash`)
    if (noted && noted.log.sequence > this.#sequence)
      this.#log(null, `ends at row ${this.#sequence}, but had ${noted.log.sequence} rows when it was noted`)
    const { pendingStructs, pendingDs } = this.#od.doc.store
    if (pendingStructs || pendingDs) this.#log(null, 'updates are missing that others build on')
    if (this.#whole) this.#compareRest(head)
    this.#od.doc.destroy()
  }

  #apply(row: StoredLogRow): boolean {
    try {
      this.#owners.note(this.#od, row)
      if (row.bytes.length > 0) Y.applyUpdate(this.#od.doc, row.bytes)
      return true
    } catch {
      return false
    }
  }

  #compareSnapshot(): void {
    const snapshot = this.#snapshots.get(this.#sequence)
    if (snapshot === undefined) return
    this.#snapshots.delete(this.#sequence)
    const fault = snapshot === null ? 'cannot be read' : snapshotFault(this.#od.doc, snapshot)
    if (fault) this.#findings.add(this.#id, 'snapshots', this.#sequence, fault)
  }

  /** Compares the snapshots, title, client ids and due time that are stored with what the whole log gives. */
  #compareRest(head: DocumentRow | null): void {
    for (const orphan of this.#snapshots.keys())
      this.#findings.add(this.#id, 'snapshots', orphan, 'a snapshot of a row that is not there')
    if (head && this.#first && (head.title !== this.#first.title || head.created_at !== this.#first.at))
      this.#findings.add(
        this.#id,
        'documents',
        null,
        'the title or the day it was made is not that of its first row',
      )
    this.#findings.attempt(this.#id, 'clients', () => this.#compareOwners())
    this.#findings.attempt(this.#id, 'due', () => this.#compareDue())
  }

  #compareOwners(): void {
    const kept = this.#db.all('SELECT client, owner FROM clients WHERE document = ?', [this.#id]) as {
      client: number
      owner: PersonId | 'server'
    }[]
    const left = new Map(this.#owners.byClient)
    for (const { client, owner } of kept) {
      const said = left.get(client)
      left.delete(client)
      // The server claims an id for each load of a document. If it only deletes, nothing in the log bears that id.
      if (said !== owner && !(said === undefined && owner === 'server'))
        this.#clients(`client id ${client} is kept as ${owner}'s, and in the log it is ${said ?? 'nobody'}'s`)
    }
    for (const [client, owner] of left)
      this.#clients(`client id ${client} is ${owner}'s in the log, and is not kept`)
  }

  #compareDue(): void {
    const row = this.#db.get('SELECT at FROM due WHERE document = ?', [this.#id]) as
      { at: number } | undefined
    const [kept, said] = [row?.at ?? null, dueAt(this.#od)]
    if (kept !== said)
      this.#findings.add(
        this.#id,
        'due',
        null,
        `is kept as due at ${kept ?? 'no time'}, and is at ${said ?? 'no time'}`,
      )
  }

  #clients(message: string): void {
    this.#findings.add(this.#id, 'clients', null, message)
  }

  #log(sequence: number | null, message: string): void {
    this.#findings.add(this.#id, 'log', sequence, message)
  }
}

function snapshotFault(doc: Y.Doc, snapshot: KeptSnapshot): string | null {
  if (bytesHash(snapshot.bytes) !== snapshot.bytes_hash) return 'the snapshot is not what was written'
  const restored = replay(snapshot.bytes, [])
  const reason = differenceBetween(doc, restored)
  restored.destroy()
  return reason === null ? null : `the snapshot is not the log's state: ${reason}`
}
