import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from './port.ts'
import { makeDirectory, unusable } from './sqlite/database.ts'
import { isBusy } from './sqlite/errors.ts'

/**
 * Ensures that at most one server runs on a data directory, because rooms, presence and quotas live in its memory. The
 * lock is a file lock of the operating system, so it is released when the process ends in any way. Commands of the
 * command line do not take it.
 */
export interface ServerLock {
  release(): void
}

const LOCK = 'server.lock'
const PROCESS = 'server.pid'

/** Milliseconds to wait for a server that is just ending. */
const PATIENCE = 2_000

/** Takes the lock. Throws `unavailable`, with the process id in the message, when another server holds it. */
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

/** Locks the file; null when another process holds the lock. */
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

/** The process id of the lock's holder. Meaningful only while the lock is held. */
function holder(directory: string): string {
  try {
    return readFileSync(join(directory, PROCESS), 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
