import type { DocumentId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Role } from '#shared/model/role.ts'
import { seal } from '../../chain.ts'
import type { Invitation, Visit } from '../../port.ts'
import { noteAccess } from './access-log.ts'
import type { SqliteDatabase } from '../connection.ts'
import { unlessDamaged } from '../errors.ts'

/** Invitations and visits in SQLite. Only hashes of tokens are stored, never the tokens. */

export interface InvitationRow {
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
  /** Covers what the access log does not: see {@link followedSeal}. */
  seal: string
}

export interface VisitRow {
  token_hash: string
  invitation: string
  document: DocumentId
  person: PersonId
  name: string
  expires_at: number
  seal: string
}

export const followedSeal = (id: string, followedAt: number | null): string => seal(id, followedAt)

export const visitSeal = (visit: Visit): string =>
  seal(visit.tokenHash, visit.invitation, visit.document, visit.person, visit.name, visit.expiresAt)

export const invitationOf = (row: InvitationRow): Invitation => ({
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

export const visitOf = (row: VisitRow): Visit => ({
  tokenHash: row.token_hash,
  invitation: row.invitation,
  document: row.document,
  person: row.person,
  name: row.name,
  expiresAt: row.expires_at,
})

export function addInvitation(db: SqliteDatabase, invitation: Invitation): void {
  const { id, tokenHash, document, role, participant, createdAt, createdBy } = invitation
  const { expiresAt, revokedAt, followedAt } = invitation
  db.write(() => {
    db.run(
      `INSERT INTO invitations
         (id, token_hash, document, role, participant, created_at, created_by, expires_at, revoked_at,
          followed_at, seal)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, tokenHash, document, role, participant, createdAt, createdBy]
        .concat([expiresAt, revokedAt, followedAt])
        .concat(followedSeal(id, followedAt)),
    )
    noteAccess(db, document, { kind: 'invite', invitation })
    if (revokedAt !== null) noteAccess(db, document, { kind: 'revoke', invitation: id, at: revokedAt })
  })
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
    const row = db.get('SELECT * FROM invitations WHERE document = ? AND (id = ? OR token_hash = ?)', [
      document,
      idOrTokenHash,
      idOrTokenHash,
    ]) as InvitationRow | undefined
    if (!row) return null
    const invitation = invitationOf(row)
    if (invitation.revokedAt !== null) return invitation
    db.run('UPDATE invitations SET revoked_at = ? WHERE id = ?', [at, row.id])
    noteAccess(db, document, { kind: 'revoke', invitation: row.id, at })
    return { ...invitation, revokedAt: at }
  })
}

/** An invitation on a damaged page does not count as ended; its next use reports the damage. */
export function endedInvitations(db: SqliteDatabase, ids: readonly string[], now: number): string[] {
  const sql = 'SELECT 1 FROM invitations WHERE id = ? AND (revoked_at IS NOT NULL OR expires_at <= ?)'
  return ids.filter((id) =>
    unlessDamaged(
      () => db.get(sql, [id, now]) !== undefined,
      () => false,
    ),
  )
}

export function addVisit(db: SqliteDatabase, visit: Visit): void {
  const { tokenHash, invitation, document, person, name, expiresAt } = visit
  // Two first requests of a bearer may arrive at once; both add the same visit.
  db.run(
    `INSERT INTO visits (token_hash, invitation, document, person, name, expires_at, seal)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    [tokenHash, invitation, document, person, name, expiresAt, visitSeal(visit)],
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
  db.write(() => {
    const row = db.get('SELECT * FROM visits WHERE token_hash = ?', [tokenHash]) as VisitRow | undefined
    if (!row) return
    const renamed = { ...visitOf(row), name }
    db.run('UPDATE visits SET name = ?, seal = ? WHERE token_hash = ?', [name, visitSeal(renamed), tokenHash])
  })
}

export function endVisit(db: SqliteDatabase, tokenHash: string): void {
  db.run('DELETE FROM visits WHERE token_hash = ?', [tokenHash])
}

export function sweepVisits(db: SqliteDatabase, now: number): number {
  const expired = db.all('SELECT token_hash FROM visits WHERE expires_at <= ?', [now]) as {
    token_hash: string
  }[]
  return unlessDamaged(
    () => {
      db.run('DELETE FROM visits WHERE expires_at <= ?', [now])
      return expired.length
    },
    () => expired.filter(({ token_hash }) => isSwept(db, token_hash)).length,
  )
}

/** Deletes a visit. False when it is on a damaged page and stays. */
const isSwept = (db: SqliteDatabase, tokenHash: string): boolean =>
  unlessDamaged(
    () => {
      endVisit(db, tokenHash)
      return true
    },
    () => false,
  )

export function noteFollowed(db: SqliteDatabase, invitation: string, at: number): void {
  db.write(() => {
    const row = db.get('SELECT followed_at FROM invitations WHERE id = ?', [invitation]) as
      { followed_at: number | null } | undefined
    if (!row || (row.followed_at ?? 0) >= at) return
    db.run('UPDATE invitations SET followed_at = ?, seal = ? WHERE id = ?', [
      at,
      followedSeal(invitation, at),
      invitation,
    ])
  })
}
