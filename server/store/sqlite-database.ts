import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from './port.ts'
import { SqliteDatabase } from './sqlite-connection.ts'
import { isBusy, isUnwritable } from './sqlite-errors.ts'
import { migrate } from './sqlite-migrations.ts'

/** Opening the database of a data directory. */

export const DATABASE_FILE = 'informals.db'

/** How often opening is tried again, 20 ms apart, while another process is at the file. */
const OPEN_ATTEMPTS = 500

/** Makes the directory and the database where there is none, and brings an older one up to date. */
export function openDatabase(directory: string): SqliteDatabase {
  try {
    makeDirectory(directory)
    const path = join(directory, DATABASE_FILE)
    // Two who turn a new file to write-ahead logging at once would wait for each other: SQLite does not wait then, but
    // refuses one of them at once, whatever its timeout.
    for (let attempt = 1; ; attempt++) {
      const db = tryToOpen(path, attempt < OPEN_ATTEMPTS)
      if (db) return new SqliteDatabase(db)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  } catch (error) {
    throw unusable(directory, error)
  }
}

/** Even to read, SQLite needs room for the memory that its processes share, 32 KiB. */
const NO_ROOM =
  'its disk is full, or takes nothing that is written. Make room and start again; all that was saved is there'

/** `error`: what opening it threw. */
export function unusable(directory: string, error: unknown): StoreError {
  const why = isUnwritable(error) ? NO_ROOM : error instanceof Error ? error.message : String(error)
  return new StoreError('unavailable', `The data directory ${directory} cannot be used: ${why}.`)
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

/** Recursive only where it must be: Node never comes back from a recursive mkdir in /proc. */
export function makeDirectory(directory: string): void {
  if (existsSync(directory)) return
  mkdirSync(directory, { recursive: !existsSync(dirname(directory)), mode: 0o700 })
}
