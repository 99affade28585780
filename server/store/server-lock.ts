import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from './port.ts'
import { makeDirectory, unusable } from './sqlite-database.ts'
import { isBusy } from './sqlite-errors.ts'

/**
 * At most one server runs on a data directory: what it keeps in memory (rooms, presence, quotas) no other could see. The
 * lock is the system's, on a file of its own, so it ends with the process, however that ends; command lines need none.
 */
export interface ServerLock {
  release(): void
}

const LOCK = 'server.lock'
const PROCESS = 'server.pid'

/** How long a server that is just ending is waited for, milliseconds. */
const PATIENCE = 2_000

/** Throws `unavailable`, naming the process, when a server runs. */
export function takeServerLock(directory: string): ServerLock {
  try {
    makeDirectory(directory)
    const db = lockedFile(join(directory, LOCK))
    if (db) {
      writeFileSync(join(directory, PROCESS), `${process.pid}\n`)
      return { release: () => db.close() }
    }
  } catch (error) {
    throw unusable(directory, error)
  }
  throw new StoreError(
    'unavailable',
    `A server runs on ${directory} already (process ${holder(directory)}). End it first, or set DATA_DIR to another directory.`,
  )
}

/** Null: another process has it. */
function lockedFile(path: string): DatabaseSync | null {
  const db = new DatabaseSync(path, { timeout: PATIENCE })
  try {
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    if (isBusy(error)) return null
    throw error
  }
}

/** What the file says counts only while the lock is held. */
function holder(directory: string): string {
  try {
    return readFileSync(join(directory, PROCESS), 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
