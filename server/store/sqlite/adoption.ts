import type { DocumentId } from '#shared/model/ids.ts'
import type { Looker } from '../port.ts'
import {
  followedSeal,
  invitationOf,
  visitOf,
  visitSeal,
  type InvitationRow,
  type VisitRow,
} from './tables/access.ts'
import { noteAccess } from './tables/access-log.ts'
import type { SqliteDatabase } from './connection.ts'
import { unlessDamaged } from './errors.ts'
import { lookSeal } from './tables/looks.ts'

/**
 * The migration that adds the access log and the seals: rows from earlier versions are chained and sealed as they are
 * found. A table with a damaged page is left unsealed, so that the others can be used; verification reports it.
 */
export function sealWhatIsThere(db: SqliteDatabase): void {
  for (const adopt of [adoptInvitations, sealVisits, sealLooks])
    unlessDamaged(
      () => adopt(db),
      () => undefined,
    )
}

function adoptInvitations(db: SqliteDatabase): void {
  const rows = db.all('SELECT * FROM invitations ORDER BY created_at, id') as InvitationRow[]
  for (const row of rows) {
    const invitation = invitationOf(row)
    noteAccess(db, row.document, { kind: 'invite', invitation })
    db.run('UPDATE invitations SET seal = ? WHERE id = ?', [followedSeal(row.id, row.followed_at), row.id])
  }
  const withdrawn = rows.filter((row) => row.revoked_at !== null)
  for (const { id, document, revoked_at } of withdrawn.sort((a, b) => at(a) - at(b)))
    noteAccess(db, document, { kind: 'revoke', invitation: id, at: revoked_at ?? 0 })
}

const at = (row: InvitationRow): number => row.revoked_at ?? 0

function sealVisits(db: SqliteDatabase): void {
  for (const row of db.all('SELECT * FROM visits') as VisitRow[])
    db.run('UPDATE visits SET seal = ? WHERE token_hash = ?', [visitSeal(visitOf(row)), row.token_hash])
}

interface LookRow {
  readonly document: DocumentId
  readonly invitation: string
  readonly name: string
  readonly sequence: number
  readonly at: number
}

function sealLooks(db: SqliteDatabase): void {
  for (const row of db.all('SELECT * FROM looks') as LookRow[]) {
    const looker: Looker = { document: row.document, invitation: row.invitation, name: row.name }
    db.run('UPDATE looks SET seal = ? WHERE document = ? AND invitation = ? AND name = ?', [
      lookSeal(looker, row.sequence, row.at),
      row.document,
      row.invitation,
      row.name,
    ])
  }
}
