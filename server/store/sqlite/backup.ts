import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { bytesHash } from '../chain.ts'
import type { Damage, Enclosed } from '../port.ts'
import { StoreError } from '../port.ts'
import { SqliteDatabase } from './connection.ts'
import { DATABASE_FILE, openDatabase } from './database.ts'
import { storeErrorOf } from './errors.ts'
import { secret } from './tables/settings.ts'
import { verify } from '../verify/verify.ts'
import { giveName } from '../whole-file.ts'

/**
 * A backup is a single file: an SQLite database as of one moment, with an additional table that holds the small files
 * belonging to it.
 */
const ENCLOSED = `CREATE TABLE enclosed (
  name TEXT PRIMARY KEY,
  content BLOB NOT NULL,
  hash TEXT NOT NULL
) STRICT`

/** See {@link Store.backup}. The file gets its name only when it is complete, verified and flushed to the disk. */
export function backup(db: SqliteDatabase, file: string, enclosed: readonly Enclosed[]): Damage[] {
  if (existsSync(file)) throw new StoreError('failed', `${file} is there already.`)
  const partial = `${file}.partial`
  rmSync(partial, { force: true })
  try {
    writeFileSync(partial, '', { mode: 0o600, flag: 'wx' })
    db.run('VACUUM INTO ?', [partial])
    const damage = verifyCopy(partial)
    enclose(partial, enclosed)
    sync(partial)
    giveName(partial, file)
    sync(dirname(file))
    return damage
  } catch (error) {
    throw new StoreError(
      storeErrorOf(error).code,
      `The backup ${file} could not be written: ${textOf(error)}.`,
    )
  } finally {
    rmSync(partial, { force: true })
  }
}

function verifyCopy(path: string): Damage[] {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return verify(new SqliteDatabase(db))
  } finally {
    db.close()
  }
}

function enclose(path: string, enclosed: readonly Enclosed[]): void {
  const db = new DatabaseSync(path)
  try {
    db.exec(ENCLOSED)
    const insert = db.prepare('INSERT INTO enclosed (name, content, hash) VALUES (?, ?, ?)')
    for (const { name, content } of enclosed) insert.run(name, content, bytesHash(content))
  } finally {
    db.close()
  }
}

/** The database's files. The second and third exist while it is open, or after it was not closed properly. */
export const DATABASE_FILES = [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`]

export interface OpenedBackup {
  readonly damage: readonly Damage[]
  readonly enclosed: readonly Enclosed[]
  /** Fingerprint of the secret that the data belong to; null when none was adopted. */
  readonly fingerprint: string | null
}

/**
 * Restores a backup as the database of a new directory, migrates and verifies it, and returns the enclosed files.
 * Throws `unavailable` when the file cannot be read or is not a backup.
 */
export function openBackup(file: string, directory: string): OpenedBackup {
  try {
    mkdirSync(directory, { mode: 0o700 })
    const path = join(directory, DATABASE_FILE)
    copyFileSync(file, path)
    const enclosed = takeOut(path)
    const db = openDatabase(directory)
    const damage = verify(db)
    const { fingerprint } = secret(db)
    db.close()
    sync(path)
    return { damage, enclosed, fingerprint }
  } catch (error) {
    throw new StoreError('unavailable', `${file} cannot be used as a backup: ${textOf(error)}.`)
  }
}

/** Reads and checks the enclosed files, and removes their table. Throws `damaged`. */
function takeOut(path: string): Enclosed[] {
  const db = new DatabaseSync(path)
  try {
    const rows = db.prepare('SELECT name, content, hash FROM enclosed').all() as {
      name: string
      content: Uint8Array
      hash: string
    }[]
    for (const { name, content, hash } of rows)
      if (bytesHash(content) !== hash)
        throw new StoreError('damaged', `“${name}” in it is not what was written`)
    db.exec('DROP TABLE enclosed')
    return rows.map(({ name, content }) => ({ name, content }))
  } finally {
    db.close()
  }
}

/** Flushes a file, or a directory's list of names, to the disk. */
export function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
