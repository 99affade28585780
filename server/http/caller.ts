import type { FastifyRequest } from 'fastify'
import type { DocumentId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can, type Capability } from '#shared/model/role.ts'
import type { Visitor } from '../room/session.ts'
import { isDocumentId } from '../access/document-id.ts'
import { tokenHash } from '../access/token.ts'
import { findVisit, type Found } from '../access/visits.ts'
import type { HttpContext } from './context.ts'
import { isOwnOrigin } from './origin.ts'
import { RequestProblem } from './problem.ts'

/** Who makes a request: the visit behind its cookie or bearer token. */

export type Caller = Extract<Found, { ok: true }>

const COOKIE_PREFIX = 'informals_'

/** Where browsers heed it, a name that no neighbouring site can set: who could would slip its own session in. */
const prefixOf = ({ publicUrl }: HttpContext): string =>
  publicUrl?.startsWith('https:') ? `__Host-${COOKIE_PREFIX}` : COOKIE_PREFIX

export const cookieName = (context: HttpContext, document: DocumentId): string =>
  `${prefixOf(context)}${document}`

export function actorOf({ visit, invitation }: Pick<Caller, 'visit' | 'invitation'>): Actor {
  return {
    person: visit.person,
    name: visit.name,
    role: invitation.role,
    participant: invitation.participant,
  }
}

export function visitorOf(caller: Caller): Visitor {
  const { visit, invitation, bearer } = caller
  const ends = Math.min(visit.expiresAt, invitation.expiresAt ?? Number.MAX_SAFE_INTEGER)
  return {
    actor: actorOf(caller),
    invitation: invitation.id,
    visit: visit.tokenHash,
    bearer,
    expiresAt: ends === Number.MAX_SAFE_INTEGER ? null : ends,
  }
}

/** Whom a request counts for: its session, or its address where it has none. */
export function sessionKey(context: HttpContext, request: FastifyRequest): string {
  const { document } = request.params as { readonly document?: string }
  const { cookies, headers } = request
  const own = isDocumentId(document) ? cookies[cookieName(context, document)] : headers.cookie
  const token = bearerToken(request.headers.authorization) ?? own
  return token === undefined ? request.ip : tokenHash(token)
}

export function bearerToken(header: string | undefined): string | null {
  const match = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(header ?? '')
  return match?.[1] ?? null
}

/** The visit of a request that needs a capability on its document; throws the problem otherwise. */
export async function callerOf(
  context: HttpContext,
  request: FastifyRequest,
  document: unknown,
  capability: Capability,
): Promise<Caller & { readonly document: DocumentId }> {
  if (!isDocumentId(document)) throw new RequestProblem('no-document')
  const bearer = bearerToken(request.headers.authorization)
  const token = bearer ?? request.cookies[cookieName(context, document)]
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  const { origin, host } = request.headers
  if (bearer === null && changes && !isOwnOrigin(origin, host, context.publicUrl))
    throw new RequestProblem('foreign-origin')
  const found = token === undefined ? null : await findVisit(context, document, token)
  if (!found?.ok) {
    if ((await context.store.document(document)) === null) throw new RequestProblem('no-document')
    throw new RequestProblem(found?.reason ?? 'unauthorised')
  }
  if (!can(found.invitation.role, capability)) throw new RequestProblem('not-allowed')
  return { ...found, document }
}

/** Throws unless one of the sessions that come with the request, of whatever document, has the capability. */
export async function somebodyWho(
  context: HttpContext,
  request: FastifyRequest,
  capability: Capability,
): Promise<void> {
  const bearer = bearerToken(request.headers.authorization)
  const held = bearer === null ? cookieSessions(context, request) : await bearerSession(context, bearer)
  if (held.length === 0) throw new RequestProblem('unauthorised')
  for (const { document, token } of held) {
    const found = await findVisit(context, document, token)
    if (found.ok && can(found.invitation.role, capability)) return
  }
  throw new RequestProblem('not-allowed')
}

interface HeldSession {
  readonly document: DocumentId
  readonly token: string
}

function cookieSessions(context: HttpContext, request: FastifyRequest): HeldSession[] {
  const prefix = prefixOf(context)
  return Object.entries(request.cookies).flatMap(([name, token]) => {
    const document = name.slice(prefix.length)
    const ours = name.startsWith(prefix) && token !== undefined && isDocumentId(document)
    return ours ? [{ document, token }] : []
  })
}

async function bearerSession({ store }: HttpContext, token: string): Promise<HeldSession[]> {
  const hash = tokenHash(token)
  const visit = (await store.visitByToken(hash))?.visit ?? (await store.invitationByToken(hash))
  return visit ? [{ document: visit.document, token }] : []
}

/** How this server's links begin. */
export function baseUrl(context: HttpContext, request: FastifyRequest): string {
  return context.publicUrl ?? `${request.protocol}://${request.host}`
}
