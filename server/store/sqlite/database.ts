import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../port.ts'
import { SqliteDatabase } from './connection.ts'
import { isBusy, isUnwritable } from './errors.ts'
import { migrate } from './migrations.ts'

/** Opening the database of a data directory. */

export const DATABASE_FILE = 'informals.db'

/** Tries to open the file, 20 ms apart, while another process is opening it too. */
const OPEN_ATTEMPTS = 500

/**
 * Opens the database of a data directory. Makes the directory and the database if necessary, and migrates an older one.
 * Throws `unavailable` with a message for the operator.
 */
export function openDatabase(directory: string): SqliteDatabase {
  try {
    makeDirectory(directory)
    const path = join(directory, DATABASE_FILE)
    // When two processes switch a new file to write-ahead logging at once, SQLite refuses one of them immediately,
    // whatever its timeout, to avoid a deadlock. So the timeout is not enough, and opening is tried again here.
    for (let attempt = 1; ; attempt++) {
      const db = tryToOpen(path, attempt < OPEN_ATTEMPTS)
      if (db) return new SqliteDatabase(db)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  } catch (error) {
    throw unusable(directory, error)
  }
}

/** Also reading fails on a full disk: SQLite needs 32 KiB for the memory shared between its processes. */
const NO_ROOM =
  'its disk is full, or takes nothing that is written. Make room and start again; all that was saved is there'

/** The error for a data directory that cannot be used. `error`: what opening it threw. */
export function unusable(directory: string, error: unknown): StoreError {
  const why = isUnwritable(error) ? NO_ROOM : error instanceof Error ? error.message : String(error)
  return new StoreError('unavailable', `The data directory ${directory} cannot be used: ${why}.`)
}

/** Opens and migrates the file. Null when another process had it locked and `again` allows another try. */
function tryToOpen(path: string, again: boolean): DatabaseSync | null {
  const db = new DatabaseSync(path, { timeout: 5000 })
  try {
    // FULL: a commit returns only when the write-ahead log has been flushed to the disk.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    migrate(db)
    return db
  } catch (error) {
    db.close()
    if (again && isBusy(error)) return null
    throw error
  }
}

/**
 * Makes the directory if necessary. Recursive only if its parent is missing: in /proc a recursive mkdir never
 * returns.
 */
export function makeDirectory(directory: string): void {
  if (existsSync(directory)) return
  mkdirSync(directory, { recursive: !existsSync(dirname(directory)), mode: 0o700 })
}
