import type { FastifyRequest } from 'fastify'
import type { DocumentId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can, type Capability } from '#shared/model/role.ts'
import { stripText } from '#shared/model/text-policy.ts'
import { accountOf, type Payer } from '../room/quota.ts'
import type { Visitor } from '../room/session.ts'
import { isDocumentId } from '../access/document-id.ts'
import { tokenHash } from '../access/token.ts'
import { findVisit, type Found } from '../access/visits.ts'
import type { HttpContext } from './context.ts'
import { sessionsIn, tokenIn, type Cookies } from './cookies.ts'
import { isOwnOrigin } from './origin.ts'
import { RequestProblem, type ProblemCode } from './problem.ts'
import { hostHeaderOf, schemeOf } from './proxies.ts'

/** Who makes a request: the visit behind its cookie or bearer token. */

export type Caller = Extract<Found, { ok: true }>

/** What a request brings along to say whose it is. */
export interface Presented {
  /** Where it comes from. */
  readonly address: string
  /** An invitation's own token. */
  readonly bearer: string | null
  readonly cookies: Cookies
  /** Its `?as=`: which of the browser's sessions. */
  readonly as: unknown
}

const presentedBy = (request: FastifyRequest): Presented => ({
  address: request.ip,
  bearer: bearerToken(request.headers.authorization),
  cookies: request.cookies,
  as: (request.query as { readonly as?: unknown }).as,
})

export interface NotFound {
  readonly ok: false
  /** `too-many`: from there came too many who are nobody, so nothing was looked up. */
  readonly reason: Extract<Found, { ok: false }>['reason'] | 'no-document' | 'too-many'
}

/** The session that a request means. Another one than it asks for is none: nobody acts in somebody else's name by it. */
export async function presentedSession(
  context: HttpContext,
  document: DocumentId,
  { bearer, cookies, as, address }: Presented,
): Promise<Caller | NotFound> {
  const token = bearer ?? tokenIn(context, cookies, document, as)
  const find = async (): Promise<Caller | NotFound> => {
    const found = token === undefined ? NOBODY : await findVisit(context, document, token)
    const meant = bearer === null && as !== undefined && found.invitation?.id !== as ? NOBODY : found
    return meant.ok || (await context.store.document(document)) !== null ? meant : NO_DOCUMENT
  }
  const session = token === undefined ? null : tokenHash(token)
  return (
    (await context.quotas.unknownCallers.lookUp(accountOf(address), session, find, ({ ok }) => ok)) ??
    TOO_MANY
  )
}

const NOBODY: Found = { ok: false, reason: 'unauthorised', invitation: null }
const NO_DOCUMENT: NotFound = { ok: false, reason: 'no-document' }
const TOO_MANY: NotFound = { ok: false, reason: 'too-many' }

export function actorOf({ visit, invitation }: Pick<Caller, 'visit' | 'invitation'>): Actor {
  return {
    person: visit.person,
    // Given before there was a policy for names, it may hold what no proposal may bear.
    name: stripText(visit.name, 'line').text,
    role: invitation.role,
    participant: invitation.participant,
  }
}

export function visitorOf(caller: Caller, address: string): Visitor {
  const { visit, invitation, bearer } = caller
  const ends = Math.min(visit.expiresAt, invitation.expiresAt ?? Number.MAX_SAFE_INTEGER)
  return {
    actor: actorOf(caller),
    invitation: invitation.id,
    address: accountOf(address),
    visit: visit.tokenHash,
    bearer,
    expiresAt: ends === Number.MAX_SAFE_INTEGER ? null : ends,
  }
}

/** Whom a request counts for: a session that is somebody's, or else its address. What it merely says is no session. */
export function sessionKey(context: HttpContext, request: FastifyRequest): string {
  return request.caller?.visit.tokenHash ?? familiarSession(context, request) ?? accountOf(request.ip)
}

/** The first session of a request that was somebody's when it was looked up last, hashed; null: none was. */
export function familiarSession(context: HttpContext, request: FastifyRequest): string | null {
  const bearer = bearerToken(request.headers.authorization)
  const tokens = bearer === null ? sessionsIn(context, request.cookies).map(({ token }) => token) : [bearer]
  return tokens.map(tokenHash).find((hash) => context.quotas.unknownCallers.isFamiliar(hash)) ?? null
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
): Promise<DocumentCaller> {
  if (!isDocumentId(document)) throw new RequestProblem('no-document')
  const presented = presentedBy(request)
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  if (presented.bearer === null && changes && !isFromHere(context, request))
    throw new RequestProblem('foreign-origin')
  const found = await presentedSession(context, document, presented)
  if (!found.ok) throw new RequestProblem(found.reason)
  if (!can(found.invitation.role, capability)) throw new RequestProblem('not-allowed')
  return { ...found, document }
}

function isFromHere({ isTrustedProxy, publicUrl }: HttpContext, { raw, headers }: FastifyRequest): boolean {
  return isOwnOrigin(headers, hostHeaderOf(raw, isTrustedProxy), schemeOf(raw, isTrustedProxy), publicUrl)
}

export type DocumentCaller = Caller & { readonly document: DocumentId }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a session must be able to do on the document in the address, before anything of the body is read. */
    needs?: Capability
  }
  interface FastifyRequest {
    /** Of a route with `needs`. */
    caller: DocumentCaller | null
  }
}

/** Who makes a request to a route with `needs`. */
export function callerIn({ caller }: FastifyRequest): DocumentCaller {
  if (!caller) throw new Error('a route that does not say what it needs has no caller')
  return caller
}

export const payerOf = ({ invitation }: Caller, request: FastifyRequest): Payer => ({
  invitation: invitation.id,
  address: accountOf(request.ip),
})

/** Before a request's body is read: who asks, whether he may, and whether there is enough left on his account. */
export async function knowCaller(context: HttpContext, request: FastifyRequest): Promise<void> {
  const { needs } = request.routeOptions.config
  if (needs === undefined) return
  const { document } = request.params as { readonly document?: unknown }
  const caller = await callerOf(context, request, document, needs)
  pay(context, request, caller)
  request.caller = caller
}

/** The bytes of a request's body; as many as it may have at most where it does not say how many. */
export function bodyBytes({ headers, routeOptions }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return routeOptions.bodyLimit
  return Number(headers['content-length'] ?? 0)
}

/** A request, and the bytes that will have to be read of it. */
export function pay({ quotas }: HttpContext, request: FastifyRequest, caller: Caller): void {
  const payer = payerOf(caller, request)
  if (!quotas.spend(payer, 'frames', 1) || !quotas.spend(payer, 'received', bodyBytes(request)))
    throw new RequestProblem('too-many')
}

/** Throws unless one of the sessions that come with the request, of whatever document, has the capability. */
export async function somebodyWho(
  context: HttpContext,
  request: FastifyRequest,
  capability: Capability,
): Promise<Caller> {
  const bearer = bearerToken(request.headers.authorization)
  const carried = bearer === null ? sessionsIn(context, request.cookies) : null
  if (carried?.length === 0) throw new RequestProblem('unauthorised')
  const session = bearer === null ? null : tokenHash(bearer)
  const find = async (): Promise<Caller | ProblemCode> => {
    const held = carried ?? (bearer === null ? [] : await bearerSession(context, bearer))
    if (held.length === 0) return 'unauthorised'
    for (const { document, token } of held) {
      const found = await findVisit(context, document, token)
      if (found.ok && can(found.invitation.role, capability)) return found
    }
    return 'not-allowed'
  }
  const isKnown = (found: Caller | ProblemCode) => typeof found !== 'string'
  const account = accountOf(request.ip)
  const found = (await context.quotas.unknownCallers.lookUp(account, session, find, isKnown)) ?? 'too-many'
  if (typeof found === 'string') throw new RequestProblem(found)
  return found
}

interface HeldSession {
  readonly document: DocumentId
  readonly token: string
}

async function bearerSession({ store }: HttpContext, token: string): Promise<HeldSession[]> {
  const hash = tokenHash(token)
  const visit = (await store.visitByToken(hash))?.visit ?? (await store.invitationByToken(hash))
  return visit ? [{ document: visit.document, token }] : []
}

/** How this server's links begin. Only known hosts come so far. */
export function baseUrl({ isTrustedProxy, publicUrl }: HttpContext, { raw }: FastifyRequest): string {
  return publicUrl ?? `${schemeOf(raw, isTrustedProxy)}://${hostHeaderOf(raw, isTrustedProxy)}`
}
