import { idFrom, type DocumentId, type PersonId, type RandomBytes } from '#shared/model/ids.ts'
import { fail, type Failure, type Result } from '#shared/model/result.ts'
import type { Invitation, Store, Visit } from '../store/port.ts'
import { invitationState } from './invite.ts'
import { isTokenShaped, newToken, tokenHash } from './token.ts'

/**
 * Visits, which HTTP calls sessions. A browser that follows a link gets a cookie with a token of its own. A program
 * may use the link's token directly as bearer, and that is then the visit's token.
 */

/** Milliseconds after which a browser must follow a link again. */
const VISIT_LASTS = 180 * 24 * 60 * 60 * 1000

/** Why a token or a link gives no access, each with the sentence for its bearer. */
export const NO_ACCESS = {
  unauthorised: 'Open your invitation link to take part in this document.',
  unknown: 'This link leads nowhere.',
  revoked: 'Your invitation was withdrawn. Ask the secretariat for a new link.',
  expired: 'Your invitation has expired. Ask the secretariat for a new link.',
} as const

const noAccess = <Code extends keyof typeof NO_ACCESS>(code: Code): Failure<Code> =>
  fail(code, NO_ACCESS[code])

export type FoundVisit =
  | { readonly ok: true; readonly visit: Visit; readonly invitation: Invitation; readonly bearer: boolean }
  | NoVisit

/** `invitation`: null when the token is unknown for this document. */
export type NoVisit = Failure<'unauthorised' | 'revoked' | 'expired'> & {
  readonly invitation: Invitation | null
}

export const NO_VISIT: NoVisit = { ...noAccess('unauthorised'), invitation: null }

export interface Desk {
  readonly store: Store
  readonly random: RandomBytes
  readonly now: () => number
}

/** Finds the visit of a token, from a cookie or as bearer, for a document. */
export async function findVisit(desk: Desk, document: DocumentId, token: string): Promise<FoundVisit> {
  if (!isTokenShaped(token)) return NO_VISIT
  const hash = tokenHash(token)
  const known = (await desk.store.visitByToken(hash)) ?? (await bearerVisit(desk, hash))
  if (!known || known.visit.document !== document) return NO_VISIT
  const { visit, invitation } = known
  const now = desk.now()
  const state = invitationState(invitation, now)
  if (state !== 'good') return { ...noAccess(state), invitation }
  if (visit.expiresAt <= now) return { ...noAccess('unauthorised'), invitation }
  return { ok: true, visit, invitation, bearer: visit.tokenHash === invitation.tokenHash }
}

/**
 * Begins the visit of a link's own token at its first use. All who use it are one person. Null for an unknown token.
 */
async function bearerVisit(
  desk: Desk,
  hash: string,
): Promise<{ visit: Visit; invitation: Invitation } | null> {
  const invitation = await desk.store.invitationByToken(hash)
  if (!invitation) return null
  const person = `bearer-${invitation.id}` as PersonId
  await desk.store.addVisit(visitOf(invitation, hash, person, '', Number.MAX_SAFE_INTEGER))
  await desk.store.noteFollowed(invitation.id, desk.now())
  return desk.store.visitByToken(hash)
}

/**
 * Most sessions of one document in one browser, since the size of a request's headers is limited. Exported for tests.
 */
export const SESSIONS_PER_BROWSER = 12

/** A session's cookie. `as`: id of the invitation it is named after; null for that of the link followed last. */
export interface Carried {
  readonly as: string | null
  readonly token: string
}

export type Followed = Result<BegunSession, 'unknown' | 'revoked' | 'expired'>

export interface BegunSession {
  readonly invitation: Invitation
  readonly token: string
  readonly expiresAt: number
  /** Token hashes of visits that have ended by this. */
  readonly ended: readonly string[]
  /** Ids of the invitations whose cookies should be deleted. */
  readonly forgotten: readonly string[]
}

interface Earlier {
  readonly visit: Visit
  readonly invitation: Invitation
  readonly token: string
}

/**
 * A browser follows a link. `carried`: the cookies that it has for a document.
 *
 * - The same link again keeps the session.
 * - Another link begins a further session as another person, so that unsent work of one is never sent as the other.
 * - A link for the same role and participant as one that was revoked or has expired continues that person.
 */
export async function follow(
  desk: Desk,
  token: string,
  carried: (document: DocumentId) => readonly Carried[],
): Promise<Followed> {
  const invitation = isTokenShaped(token) ? await desk.store.invitationByToken(tokenHash(token)) : null
  if (!invitation) return noAccess('unknown')
  const now = desk.now()
  const state = invitationState(invitation, now)
  if (state !== 'good') return noAccess(state)

  const cookies = carried(invitation.document)
  const earlier = await earlierVisits(desk, invitation.document, cookies)
  const good = earlier.filter((one) => isGood(one, now))
  const same = good.find((one) => one.invitation.id === invitation.id)
  const heir = same ? undefined : earlier.find((one) => !good.includes(one) && isSameSeat(one, invitation))
  const others = good.filter((one) => one !== same).sort((a, b) => b.visit.expiresAt - a.visit.expiresAt)
  const kept = others.slice(0, SESSIONS_PER_BROWSER - 1)
  const session = same
    ? { token: same.token, expiresAt: same.visit.expiresAt }
    : await begin(desk, invitation, heir?.visit)
  const ended = [...others.slice(kept.length), ...(heir ? [heir] : [])].map(({ visit }) => visit.tokenHash)
  for (const hash of ended) await desk.store.endVisit(hash)
  await desk.store.noteFollowed(invitation.id, now)
  const stays = new Set([invitation.id, ...kept.map((one) => one.invitation.id)])
  const forgotten = cookies.flatMap(({ as }) => (as === null || stays.has(as) ? [] : [as]))
  return { ok: true, invitation, ...session, ended, forgotten }
}

async function earlierVisits(
  { store }: Desk,
  document: DocumentId,
  cookies: readonly Carried[],
): Promise<Earlier[]> {
  const found: Earlier[] = []
  for (const token of new Set(cookies.map((cookie) => cookie.token))) {
    const known = isTokenShaped(token) ? await store.visitByToken(tokenHash(token)) : null
    if (known?.visit.document === document) found.push({ ...known, token })
  }
  return found
}

const isGood = ({ visit, invitation }: Earlier, now: number): boolean =>
  visit.expiresAt > now && invitationState(invitation, now) === 'good'

const isSameSeat = ({ invitation }: Earlier, { role, participant }: Invitation): boolean =>
  invitation.role === role && invitation.participant === participant

async function begin(
  desk: Desk,
  invitation: Invitation,
  heir: Visit | undefined,
): Promise<{ token: string; expiresAt: number }> {
  const token = newToken(desk.random)
  const expiresAt = Math.min(desk.now() + VISIT_LASTS, invitation.expiresAt ?? Number.MAX_SAFE_INTEGER)
  const person = heir?.person ?? (idFrom(desk.random(16)) as PersonId)
  await desk.store.addVisit(visitOf(invitation, tokenHash(token), person, heir?.name ?? '', expiresAt))
  return { token, expiresAt }
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
