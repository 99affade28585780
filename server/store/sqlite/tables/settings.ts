import type { KnownSecret } from '../../port.ts'
import type { SqliteDatabase } from '../connection.ts'

/** Settings of the database as a whole. */

const READ = 'SELECT value FROM settings WHERE name = ?'
const WRITE = `INSERT INTO settings (name, value) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`

const SERVED = `SELECT EXISTS (SELECT 1 FROM visits)
  OR EXISTS (SELECT 1 FROM log WHERE kind IN ('update', 'command')) AS served`

export function secret(db: SqliteDatabase): KnownSecret {
  const kept = db.get(READ, ['secret']) as { value: string } | undefined
  const { served } = db.get(SERVED) as { served: number }
  return { fingerprint: kept?.value ? kept.value : null, served: served === 1 }
}

export const adoptSecret = (db: SqliteDatabase, fingerprint: string): void =>
  db.run(WRITE, ['secret', fingerprint])

/** Writes a different value each time, since SQLite does not write unchanged pages. */
export const probe = (db: SqliteDatabase): void => db.run(WRITE, ['probe', `${process.hrtime.bigint()}`])
