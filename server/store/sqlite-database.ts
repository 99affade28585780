import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { StoreError } from './port.ts'
import { migrate } from './sqlite-migrations.ts'

type Values = readonly SQLInputValue[]

/** One connection with its prepared statements. Blocking: lives in a worker thread. */
export class SqliteDatabase {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(directory: string) {
    this.#db = openFile(directory)
  }

  /** Rows as the caller's own SQL shapes them. */
  all(sql: string, values: Values = []): unknown[] {
    return this.#statement(sql).all(...values)
  }

  /** The first row, or undefined. */
  get(sql: string, values: Values = []): unknown {
    return this.#statement(sql).get(...values)
  }

  run(sql: string, values: Values = []): void {
    this.#statement(sql).run(...values)
  }

  /** Takes the write lock at once, so that what is read inside cannot be outdated by another process. */
  write<T>(work: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', work)
  }

  /** One consistent view for several reads. */
  read<T>(work: () => T): T {
    return this.#transaction('BEGIN', work)
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #transaction<T>(begin: string, work: () => T): T {
    this.#db.exec(begin)
    try {
      const result = work()
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk may have rolled it back already.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** How often opening is tried again, 20 ms apart, while another process is at the file. */
const OPEN_ATTEMPTS = 500
const SQLITE_BUSY = 5

function openFile(directory: string): DatabaseSync {
  try {
    makeDirectory(directory)
    const path = join(directory, 'informals.db')
    // Two who turn a new file to write-ahead logging at once would wait for each other: SQLite does not wait then, but
    // refuses one of them at once, whatever its timeout.
    for (let attempt = 1; ; attempt++) {
      const db = tryToOpen(path, attempt < OPEN_ATTEMPTS)
      if (db) return db
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StoreError('unavailable', `The data directory ${directory} cannot be used: ${why}.`)
  }
}

/** Null: another was at it, and it may be tried again. */
function tryToOpen(path: string, again: boolean): DatabaseSync | null {
  const db = new DatabaseSync(path, { timeout: 5000 })
  try {
    // FULL: a commit returns when the write-ahead log is on the disk, not when the system has promised to write it.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    migrate(db)
    return db
  } catch (error) {
    db.close()
    if (again && isBusy(error)) return null
    throw error
  }
}

/** The low byte: the rest says at what it was busy. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY

/** Recursive only where it must be: Node never comes back from a recursive mkdir in /proc. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return
  mkdirSync(directory, { recursive: !existsSync(dirname(directory)), mode: 0o700 })
}
