import type { DatabaseSync } from 'node:sqlite'

/** Applied in order; `user_version` counts them. Never change one that has been released: add another. */
const MIGRATIONS: readonly string[] = [
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
]

export function migrate(db: DatabaseSync): void {
  if (versionOf(db) === MIGRATIONS.length) return
  // Two processes may start at once: the second finds the work done when it gets the lock.
  db.exec('BEGIN IMMEDIATE')
  try {
    const version = versionOf(db)
    if (version > MIGRATIONS.length)
      throw new Error('the database was written by a newer version of Informals')
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration)
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
