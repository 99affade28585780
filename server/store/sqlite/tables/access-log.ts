import { createHash } from 'node:crypto'
import type { DocumentId } from '#shared/model/ids.ts'
import { CHAIN_START } from '../../chain.ts'
import type { Invitation } from '../../port.ts'
import type { SqliteDatabase } from '../connection.ts'

/**
 * The access log: who was invited to a document and which links were revoked. Each document has one beside its log,
 * with a hash chain of its own. The table `invitations` holds the same facts for quick queries, and is verified
 * against it.
 *
 *     hash = SHA-256( JSON array [previous, document, sequence, kind, invitation, content], as UTF-8 )
 */
export interface AccessRow {
  readonly document: DocumentId
  readonly sequence: number
  readonly kind: 'invite' | 'revoke'
  /** The invitation's id. */
  readonly invitation: string
  /** JSON: the {@link Terms} of an invitation; `{ at }` in milliseconds since 1970 for a revocation. */
  readonly content: string
  readonly previous: string
  readonly hash: string
}

/** The properties of an invitation that never change. */
type Terms = Omit<Invitation, 'id' | 'document' | 'revokedAt' | 'followedAt'>

type Act =
  | { readonly kind: 'invite'; readonly invitation: Invitation }
  | { readonly kind: 'revoke'; readonly invitation: string; readonly at: number }

export const accessHash = (previous: string, row: Omit<AccessRow, 'previous' | 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, row.document, row.sequence, row.kind, row.invitation, row.content]))
    .digest('hex')

/** Appends a row to the document's access log. Call inside a write transaction. */
export function noteAccess(db: SqliteDatabase, document: DocumentId, act: Act): void {
  const head = db.get('SELECT access_sequence, access_hash FROM documents WHERE id = ?', [document]) as
    { access_sequence: number; access_hash: string } | undefined
  const previous = head?.access_hash ?? CHAIN_START
  const row = {
    document,
    sequence: (head?.access_sequence ?? 0) + 1,
    kind: act.kind,
    invitation: act.kind === 'invite' ? act.invitation.id : act.invitation,
    content: JSON.stringify(act.kind === 'invite' ? termsOf(act.invitation) : { at: act.at }),
  }
  const hash = accessHash(previous, row)
  db.run(
    `INSERT INTO access_log (document, sequence, kind, invitation, content, previous, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [document, row.sequence, row.kind, row.invitation, row.content, previous, hash],
  )
  db.run('UPDATE documents SET access_sequence = ?, access_hash = ? WHERE id = ?', [
    row.sequence,
    hash,
    document,
  ])
}

function termsOf({ tokenHash, role, participant, createdAt, createdBy, expiresAt }: Invitation): Terms {
  return { tokenHash, role, participant, createdAt, createdBy, expiresAt }
}

/**
 * By id the invitations that follow from a complete access log. It does not hold `followedAt`. Throws on broken JSON.
 */
export function invitationsIn(rows: readonly AccessRow[]): Map<string, Omit<Invitation, 'followedAt'>> {
  const found = new Map<string, Omit<Invitation, 'followedAt'>>()
  for (const { kind, invitation: id, document, content } of rows) {
    const known = found.get(id)
    if (kind === 'invite') found.set(id, { ...(JSON.parse(content) as Terms), id, document, revokedAt: null })
    else if (known) found.set(id, { ...known, revokedAt: (JSON.parse(content) as { at: number }).at })
  }
  return found
}
