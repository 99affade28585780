import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { invitationId, tokenHash } from '../../access/token.ts'
import { follow, type Followed } from '../../access/visits.ts'
import { accountOf } from '../../room/limits/quota.ts'
import { baseUrl, familiarSession } from '../caller.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import type { HttpContext } from '../context.ts'
import { cookieName, sessionsIn } from '../cookies.ts'
import { DEAD_LINK, NOT_BUILT, renderPage } from './pages.ts'
import { RequestProblem, sendProblem } from '../problem.ts'

/**
 * The key by which following a link is rate-limited: a known session; else the address and the link, so that different
 * links do not affect each other. Unknown links from an address count together, because anybody can make them up.
 */
function linkKey(context: HttpContext, request: FastifyRequest): string {
  const session = familiarSession(context, request)
  if (session !== null) return session
  const link = tokenHash((request.params as { readonly token: string }).token)
  const address = accountOf(request.ip)
  return context.quotas.unknownCallers.isFamiliar(link) ? `${address} ${link}` : address
}

/** Routes for browsers: the application, and the links that lead into it. */
export async function pageRoutes(app: FastifyInstance, context: HttpContext): Promise<void> {
  healthRoutes(app, context)

  await app.register(fastifyStatic, {
    root: context.clientDir,
    index: false,
    suppressWarning: true,
    preCompressed: true,
    // Names of built files contain a hash of their content, so they can be cached for ever.
    setHeaders: (reply, path) => {
      const built = path.includes('/assets/')
      reply.header('cache-control', built ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })

  const application = (reply: FastifyReply) => {
    if (existsSync(join(context.clientDir, 'index.html'))) return reply.sendFile('index.html')
    context.log.warn('The interface is not built: run `npm run build`.')
    return reply.code(503).type('text/html; charset=utf-8').send(renderPage(NOT_BUILT))
  }
  app.get('/', (_request, reply) => application(reply))
  app.get('/d/:document', (_request, reply) => application(reply))
  // For an unknown URL a browser gets the application, which shows a page for it; programs get a problem.
  app.setNotFoundHandler((request, reply) => {
    const { method, url, headers } = request
    const person = method === 'GET' && (headers.accept ?? '').includes('text/html')
    if (!person || /^\/(?:api|sync|assets)\//.test(url))
      return sendProblem(reply, new RequestProblem('not-found'))
    return application(reply.code(404))
  })
  linkRoute(app, context)
}

function linkRoute(app: FastifyInstance, context: HttpContext): void {
  app.get<{ Params: { token: string } }>(
    '/i/:token',
    {
      config: {
        rateLimit: {
          max: context.rates.links,
          timeWindow: '1 minute',
          keyGenerator: (request: FastifyRequest) => linkKey(context, request),
        },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      const followed = await followInTurn(context, request)
      if (!followed.ok) {
        const status = followed.code === 'unknown' ? 404 : 410
        return reply.code(status).type('text/html; charset=utf-8').send(renderPage(DEAD_LINK[followed.code]))
      }
      const { invitation, token, expiresAt, ended, forgotten } = followed
      context.registry.end('unauthorised', (visitor) => ended.includes(visitor.visit))
      const { document, id } = invitation
      const common = {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: baseUrl(context, request).startsWith('https:'),
      } as const
      const maxAge = Math.floor((expiresAt - context.now()) / 1000)
      for (const as of [null, id])
        reply.setCookie(cookieName(context, document, as), token, { ...common, maxAge })
      for (const as of forgotten) reply.clearCookie(cookieName(context, document, as), common)
      return reply.redirect(`/d/${document}?as=${id}`, 303)
    },
  )
}

/** Whether the link exists. Null, for a link that too many follow at once, counts as existing. */
const isLink = (followed: Followed | null): boolean =>
  followed === null || followed.ok || followed.code !== 'unknown'

/** Follows a link, which writes a session. For each link one at a time, with a limit for all who have it. */
async function followInTurn(
  context: HttpContext,
  { params, cookies, ip }: FastifyRequest<{ Params: { token: string } }>,
): Promise<Followed> {
  const link = tokenHash(params.token)
  const invitation = invitationId(link)
  // The link may not exist, so this is charged to it alone and not to the address, which others may share.
  if (!context.quotas.spend({ invitation, address: null }, 'writes', 3)) throw new RequestProblem('too-many')
  const carried = sessionsIn(context, cookies)
  const carriedTo = (document: DocumentId) => carried.filter((session) => session.document === document)
  const inTurn = () => context.turns.take(invitation, () => follow(context, params.token, carriedTo))
  // Each guess costs a read of the store; guesses are limited by address.
  const followed = await context.quotas.unknownCallers.lookUp(accountOf(ip), link, inTurn, isLink)
  if (!followed) throw new RequestProblem('too-many')
  return followed
}

function healthRoutes(app: FastifyInstance, context: HttpContext): void {
  // Tells only that the process runs. It checks nothing else, so that no supervisor restarts it for a full disk.
  app.get('/healthz', { logLevel: 'silent' }, () => ({ ok: true }))
  app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
    const readiness = await context.readiness()
    return reply
      .code(readiness.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(readiness)
  })
}
