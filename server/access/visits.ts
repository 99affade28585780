import { idFrom, type DocumentId, type PersonId, type RandomBytes } from '#shared/model/ids.ts'
import type { Invitation, Store, Visit } from '../store/port.ts'
import { standing } from './invite.ts'
import { isTokenShaped, newToken, tokenHash } from './token.ts'

/**
 * Invitations become visits: a browser that follows a link gets a cookie of its own; a program may use the link's
 * token as it is, and then that is the visit's token too.
 */

/** A browser that follows no link for so long is asked for one again, milliseconds. */
export const VISIT_LASTS = 180 * 24 * 60 * 60 * 1000

export type Found =
  | { readonly ok: true; readonly visit: Visit; readonly invitation: Invitation; readonly bearer: boolean }
  | { readonly ok: false; readonly reason: 'unauthorised' | 'revoked' | 'expired' }

export interface Desk {
  readonly store: Store
  readonly random: RandomBytes
  readonly now: () => number
}

/** Whose a token is, cookie or bearer, for this document. */
export async function findVisit(desk: Desk, document: DocumentId, token: string): Promise<Found> {
  if (!isTokenShaped(token)) return { ok: false, reason: 'unauthorised' }
  const hash = tokenHash(token)
  const known = (await desk.store.visitByToken(hash)) ?? (await bearerVisit(desk, hash))
  if (!known || known.visit.document !== document) return { ok: false, reason: 'unauthorised' }
  const { visit, invitation } = known
  const now = desk.now()
  const state = standing(invitation, now)
  if (state !== 'good') return { ok: false, reason: state }
  if (visit.expiresAt <= now) return { ok: false, reason: 'unauthorised' }
  return { ok: true, visit, invitation, bearer: visit.tokenHash === invitation.tokenHash }
}

/** An invitation's own token, seen for the first time. Everybody who uses it is one person. */
async function bearerVisit(
  desk: Desk,
  hash: string,
): Promise<{ visit: Visit; invitation: Invitation } | null> {
  const invitation = await desk.store.invitationByToken(hash)
  if (!invitation) return null
  const person = `bearer-${invitation.id}` as PersonId
  await desk.store.addVisit(visitOf(invitation, hash, person, '', Number.MAX_SAFE_INTEGER))
  return desk.store.visitByToken(hash)
}

export type Followed =
  | { readonly ok: true; readonly invitation: Invitation; readonly token: string; readonly expiresAt: number }
  | { readonly ok: false; readonly reason: 'unknown' | 'revoked' | 'expired' }

/**
 * A browser follows a link. `carried` is the cookie it has for the document, if any: the same link again keeps the
 * session, another role's link ends it and begins one for the same person, who keeps the name.
 */
export async function follow(
  desk: Desk,
  token: string,
  carried: (document: DocumentId) => string | undefined,
): Promise<Followed & { readonly ended?: string }> {
  const invitation = isTokenShaped(token) ? await desk.store.invitationByToken(tokenHash(token)) : null
  if (!invitation) return { ok: false, reason: 'unknown' }
  const now = desk.now()
  const state = standing(invitation, now)
  if (state !== 'good') return { ok: false, reason: state }

  const cookie = carried(invitation.document)
  const before = cookie === undefined ? null : await desk.store.visitByToken(tokenHash(cookie))
  const earlier = before && before.visit.document === invitation.document ? before.visit : null
  if (cookie !== undefined && earlier?.invitation === invitation.id && earlier.expiresAt > now)
    return { ok: true, invitation, token: cookie, expiresAt: earlier.expiresAt }

  const fresh = newToken(desk.random)
  const expiresAt = Math.min(now + VISIT_LASTS, invitation.expiresAt ?? Number.MAX_SAFE_INTEGER)
  const person = earlier?.person ?? (idFrom(desk.random(16)) as PersonId)
  await desk.store.addVisit(visitOf(invitation, tokenHash(fresh), person, earlier?.name ?? '', expiresAt))
  if (earlier) await desk.store.endVisit(earlier.tokenHash)
  return {
    ok: true,
    invitation,
    token: fresh,
    expiresAt,
    ...(earlier ? { ended: earlier.tokenHash } : {}),
  }
}

const visitOf = (
  invitation: Invitation,
  hash: string,
  person: PersonId,
  name: string,
  expiresAt: number,
): Visit => ({
  tokenHash: hash,
  invitation: invitation.id,
  document: invitation.document,
  person,
  name,
  expiresAt,
})
