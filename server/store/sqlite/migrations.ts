import type { DatabaseSync } from 'node:sqlite'
import { CHAIN_START } from '../chain.ts'
import { sealWhatIsThere } from './adoption.ts'
import { SqliteDatabase } from './connection.ts'

/** Applied in order; SQLite's `user_version` counts those applied. Never change a released one; add another. */
const MIGRATIONS: readonly (string | ((db: SqliteDatabase) => void))[] = [
  `
  CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE TABLE log (
    document TEXT NOT NULL REFERENCES documents (id),
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('create', 'update', 'command', 'settle')),
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    key TEXT,
    command TEXT,
    result TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (document, sequence)
  ) STRICT;
  CREATE UNIQUE INDEX log_key ON log (document, key) WHERE key IS NOT NULL;

  CREATE TABLE snapshots (
    document TEXT NOT NULL REFERENCES documents (id),
    sequence INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    bytes_hash TEXT NOT NULL,
    PRIMARY KEY (document, sequence)
  ) STRICT;

  CREATE TABLE clients (
    document TEXT NOT NULL REFERENCES documents (id),
    client INTEGER NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (document, client)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents (id),
    role TEXT NOT NULL,
    participant TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
  ) STRICT;
  CREATE INDEX invitations_document ON invitations (document);

  CREATE TABLE visits (
    token_hash TEXT PRIMARY KEY,
    invitation TEXT NOT NULL REFERENCES invitations (id),
    document TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE due (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX due_at ON due (at);
  `,
  `
  CREATE TABLE looks (
    document TEXT NOT NULL REFERENCES documents (id),
    invitation TEXT NOT NULL REFERENCES invitations (id),
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (document, invitation, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE invitations ADD COLUMN followed_at INTEGER;
  CREATE INDEX visits_expiry ON visits (expires_at);
  `,
  `
  CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO settings (name, value) VALUES ('secret', ''), ('probe', '');

  CREATE TABLE access_log (
    document TEXT NOT NULL REFERENCES documents (id),
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invite', 'revoke')),
    invitation TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (document, sequence)
  ) STRICT;
  ALTER TABLE documents ADD COLUMN access_sequence INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE documents ADD COLUMN access_hash TEXT NOT NULL DEFAULT '${CHAIN_START}';
  ALTER TABLE invitations ADD COLUMN seal TEXT NOT NULL DEFAULT '';
  ALTER TABLE visits ADD COLUMN seal TEXT NOT NULL DEFAULT '';
  ALTER TABLE looks ADD COLUMN seal TEXT NOT NULL DEFAULT '';
  `,
  sealWhatIsThere,
]

export interface SchemaPart {
  readonly name: string
  readonly sql: string | null
}

/** The tables and indexes of a database, with the SQL that declares them, sorted by name. */
export const schemaOf = (db: SqliteDatabase): SchemaPart[] =>
  db.all('SELECT name, sql FROM sqlite_schema ORDER BY name') as SchemaPart[]

export function migrate(db: DatabaseSync): void {
  if (versionOf(db) === MIGRATIONS.length) return
  // Read again under the lock: another process may have migrated the database meanwhile.
  db.exec('BEGIN IMMEDIATE')
  try {
    const version = versionOf(db)
    if (version > MIGRATIONS.length)
      throw new Error('the database was written by a newer version of Informals')
    for (const migration of MIGRATIONS.slice(version)) {
      if (typeof migration === 'string') db.exec(migration)
      else migration(new SqliteDatabase(db))
    }
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

function versionOf(db: DatabaseSync): number {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number }
  return row.user_version
}
