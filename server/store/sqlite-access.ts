import type { DocumentId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Role } from '#shared/model/role.ts'
import type { Invitation, Visit } from './port.ts'
import type { SqliteDatabase } from './sqlite-database.ts'

/** Invitations and visits in SQLite. Tokens themselves are never stored, only their hashes. */

interface InvitationRow {
  id: string
  token_hash: string
  document: DocumentId
  role: Role
  participant: ParticipantId | null
  created_at: number
  created_by: PersonId | 'operator'
  expires_at: number | null
  revoked_at: number | null
  followed_at: number | null
}

interface VisitRow {
  token_hash: string
  invitation: string
  document: DocumentId
  person: PersonId
  name: string
  expires_at: number
}

const invitationOf = (row: InvitationRow): Invitation => ({
  id: row.id,
  tokenHash: row.token_hash,
  document: row.document,
  role: row.role,
  participant: row.participant,
  createdAt: row.created_at,
  createdBy: row.created_by,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  followedAt: row.followed_at,
})

const visitOf = (row: VisitRow): Visit => ({
  tokenHash: row.token_hash,
  invitation: row.invitation,
  document: row.document,
  person: row.person,
  name: row.name,
  expiresAt: row.expires_at,
})

export function addInvitation(db: SqliteDatabase, invitation: Invitation): void {
  db.run(
    `INSERT INTO invitations
       (id, token_hash, document, role, participant, created_at, created_by, expires_at, revoked_at,
        followed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      invitation.id,
      invitation.tokenHash,
      invitation.document,
      invitation.role,
      invitation.participant,
      invitation.createdAt,
      invitation.createdBy,
      invitation.expiresAt,
      invitation.revokedAt,
      invitation.followedAt,
    ],
  )
}

export const listInvitations = (db: SqliteDatabase, document: DocumentId): Invitation[] =>
  (
    db.all('SELECT * FROM invitations WHERE document = ? ORDER BY created_at, id', [
      document,
    ]) as InvitationRow[]
  ).map(invitationOf)

export function invitationByToken(db: SqliteDatabase, tokenHash: string): Invitation | null {
  const row = db.get('SELECT * FROM invitations WHERE token_hash = ?', [tokenHash]) as
    InvitationRow | undefined
  return row ? invitationOf(row) : null
}

export function revokeInvitation(
  db: SqliteDatabase,
  document: DocumentId,
  idOrTokenHash: string,
  at: number,
): Invitation | null {
  return db.write(() => {
    db.run(
      `UPDATE invitations SET revoked_at = coalesce(revoked_at, ?)
       WHERE document = ? AND (id = ? OR token_hash = ?)`,
      [at, document, idOrTokenHash, idOrTokenHash],
    )
    const row = db.get('SELECT * FROM invitations WHERE document = ? AND (id = ? OR token_hash = ?)', [
      document,
      idOrTokenHash,
      idOrTokenHash,
    ]) as InvitationRow | undefined
    return row ? invitationOf(row) : null
  })
}

export function endedInvitations(db: SqliteDatabase, ids: readonly string[], now: number): string[] {
  return ids.filter((id) =>
    db.get('SELECT 1 FROM invitations WHERE id = ? AND (revoked_at IS NOT NULL OR expires_at <= ?)', [
      id,
      now,
    ]),
  )
}

export function addVisit(db: SqliteDatabase, visit: Visit): void {
  // A bearer's first two requests may come at once; they make the same visit.
  db.run(
    `INSERT INTO visits (token_hash, invitation, document, person, name, expires_at)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    [visit.tokenHash, visit.invitation, visit.document, visit.person, visit.name, visit.expiresAt],
  )
}

export function visitByToken(
  db: SqliteDatabase,
  tokenHash: string,
): { visit: Visit; invitation: Invitation } | null {
  const row = db.get('SELECT * FROM visits WHERE token_hash = ?', [tokenHash]) as VisitRow | undefined
  if (!row) return null
  const invitation = db.get('SELECT * FROM invitations WHERE id = ?', [row.invitation]) as
    InvitationRow | undefined
  return invitation ? { visit: visitOf(row), invitation: invitationOf(invitation) } : null
}

export function nameVisit(db: SqliteDatabase, tokenHash: string, name: string): void {
  db.run('UPDATE visits SET name = ? WHERE token_hash = ?', [name, tokenHash])
}

export function endVisit(db: SqliteDatabase, tokenHash: string): void {
  db.run('DELETE FROM visits WHERE token_hash = ?', [tokenHash])
}

export function sweepVisits(db: SqliteDatabase, now: number): number {
  return db.write(() => {
    const { expired } = db.get('SELECT count(*) AS expired FROM visits WHERE expires_at <= ?', [now]) as {
      expired: number
    }
    db.run('DELETE FROM visits WHERE expires_at <= ?', [now])
    return expired
  })
}

export function noteFollowed(db: SqliteDatabase, invitation: string, at: number): void {
  db.run('UPDATE invitations SET followed_at = max(coalesce(followed_at, 0), ?) WHERE id = ?', [
    at,
    invitation,
  ])
}
