import type { FastifyRequest } from 'fastify'
import type { DocumentId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can, type Capability } from '#shared/model/role.ts'
import type { Failure } from '#shared/model/result.ts'
import { stripText } from '#shared/model/characters/text-policy.ts'
import { accountOf, type Payer } from '../room/limits/quota.ts'
import type { Visitor } from '../room/session/session.ts'
import { isDocumentId } from '../access/document-id.ts'
import { tokenHash } from '../access/token.ts'
import { NO_VISIT, findVisit, type FoundVisit, type NoVisit } from '../access/visits.ts'
import type { HttpContext } from './context.ts'
import { sessionsIn, tokenIn, type Cookies } from './cookies.ts'
import { isOwnOrigin } from './origin.ts'
import { RequestProblem, failureOf, type ProblemCode } from './problem.ts'
import { hostHeaderOf, schemeOf } from './proxies.ts'

/** Identifies who makes a request: the visit of its cookie or bearer token. */

export type Caller = Extract<FoundVisit, { ok: true }>

/** What a request presents to identify its caller. */
export interface Presented {
  /** Its network address. */
  readonly address: string
  /** The token of its `Authorization` header; null for none. */
  readonly bearer: string | null
  readonly cookies: Cookies
  /** Its `?as=`, which selects one of the browser's sessions. */
  readonly as: unknown
}

const presentedBy = (request: FastifyRequest): Presented => ({
  address: request.ip,
  bearer: bearerToken(request.headers.authorization),
  cookies: request.cookies,
  as: (request.query as { readonly as?: unknown }).as,
})

/** `too-many`: the address has had too many unknown callers, so nothing was looked up. */
export type NoSession = Failure<NoVisit['code'] | 'no-document' | 'too-many'>

/**
 * The session that a request asks for. When the browser holds only other ones, the request has none, so that nobody acts
 * as another person by mistake.
 */
export async function presentedSession(
  context: HttpContext,
  document: DocumentId,
  { bearer, cookies, as, address }: Presented,
): Promise<Caller | NoSession> {
  const token = bearer ?? tokenIn(context, cookies, document, as)
  const find = async (): Promise<Caller | NoSession> => {
    const found = token === undefined ? NO_VISIT : await findVisit(context, document, token)
    const meant = bearer === null && as !== undefined && found.invitation?.id !== as ? NO_VISIT : found
    return meant.ok || (await context.store.document(document)) !== null ? meant : NO_DOCUMENT
  }
  const session = token === undefined ? null : tokenHash(token)
  return (
    (await context.quotas.unknownCallers.lookUp(accountOf(address), session, find, ({ ok }) => ok)) ??
    TOO_MANY
  )
}

const NO_DOCUMENT = failureOf('no-document')
const TOO_MANY = failureOf('too-many')

export function actorOf({ visit, invitation }: Pick<Caller, 'visit' | 'invitation'>): Actor {
  return {
    person: visit.person,
    // A name entered in an earlier version may contain characters that are not allowed any more.
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

/** The key by which a request is rate-limited: its session if that is known to be valid, else its address. */
export function sessionKey(context: HttpContext, request: FastifyRequest): string {
  return request.caller?.visit.tokenHash ?? familiarSession(context, request) ?? accountOf(request.ip)
}

/** The hash of the first session of a request that was valid when it was last looked up; null for none. */
export function familiarSession(context: HttpContext, request: FastifyRequest): string | null {
  const bearer = bearerToken(request.headers.authorization)
  const tokens = bearer === null ? sessionsIn(context, request.cookies).map(({ token }) => token) : [bearer]
  return tokens.map(tokenHash).find((hash) => context.quotas.unknownCallers.isFamiliar(hash)) ?? null
}

export function bearerToken(header: string | undefined): string | null {
  const match = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(header ?? '')
  return match?.[1] ?? null
}

/** The caller of a request that needs a capability on a document. Throws {@link RequestProblem} otherwise. */
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
  if (!found.ok) throw new RequestProblem(found.code)
  if (!can(found.invitation.role, capability)) throw new RequestProblem('not-allowed')
  return { ...found, document }
}

function isFromHere({ isTrustedProxy, publicUrl }: HttpContext, { raw, headers }: FastifyRequest): boolean {
  return isOwnOrigin(headers, hostHeaderOf(raw, isTrustedProxy), schemeOf(raw, isTrustedProxy), publicUrl)
}

export type DocumentCaller = Caller & { readonly document: DocumentId }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The capability that a session needs on the document in the URL. Checked before any of the body is read. */
    needs?: Capability
  }
  interface FastifyRequest {
    /** Set for routes with `needs`. */
    caller: DocumentCaller | null
  }
}

/** The caller of a request to a route with `needs`. Throws for any other route. */
export function callerIn({ caller }: FastifyRequest): DocumentCaller {
  if (!caller) throw new Error('a route that does not say what it needs has no caller')
  return caller
}

export const payerOf = ({ invitation }: Caller, request: FastifyRequest): Payer => ({
  invitation: invitation.id,
  address: accountOf(request.ip),
})

/** Before a request's body is read: identifies the caller, checks its capability, and charges the body. */
export async function knowCaller(context: HttpContext, request: FastifyRequest): Promise<void> {
  const { needs } = request.routeOptions.config
  if (needs === undefined) return
  const { document } = request.params as { readonly document?: unknown }
  const caller = await callerOf(context, request, document, needs)
  pay(context, request, caller)
  request.caller = caller
}

/** The size of a request's body in bytes; the largest allowed one when the request does not state it. */
export function bodyBytes({ headers, routeOptions }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return routeOptions.bodyLimit
  return Number(headers['content-length'] ?? 0)
}

/** Charges the caller for a request and the bytes of its body. Throws {@link RequestProblem} when it is too much. */
export function pay({ quotas }: HttpContext, request: FastifyRequest, caller: Caller): void {
  const payer = payerOf(caller, request)
  if (!quotas.spend(payer, 'frames', 1) || !quotas.spend(payer, 'received', bodyBytes(request)))
    throw new RequestProblem('too-many')
}

/** A session of the request, of any document, that has the capability. Throws {@link RequestProblem} if none has. */
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

/** The beginning of this server's links. The request's host was checked before. */
export function baseUrl({ isTrustedProxy, publicUrl }: HttpContext, { raw }: FastifyRequest): string {
  return publicUrl ?? `${schemeOf(raw, isTrustedProxy)}://${hostHeaderOf(raw, isTrustedProxy)}`
}
