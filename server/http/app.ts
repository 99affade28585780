import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify'
import { StoreError } from '../store/port.ts'
import { knowCaller, sessionKey } from './caller.ts'
import type { HttpContext } from './context.ts'
import { documentRoutes } from './document-routes.ts'
import { importRoutes } from './import-routes.ts'
import { hostCheck } from './hosts.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { RequestProblem, sendProblem } from './problem.ts'
import { hostHeaderOf } from './proxies.ts'
import { rateWindows } from './rate-windows.ts'
import { AddressRates } from '../room/address-rates.ts'
import { createHttpServer } from './server.ts'
import { serveSync, type SyncServer } from './sync.ts'
import { textRoutes } from './text-routes.ts'

/** A supervisor asks by whatever address it has, and learns nothing of any document. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** The HTTP server with all its routes, not listening yet. */
export async function buildApp(context: HttpContext): Promise<{ app: FastifyInstance; sync: SyncServer }> {
  const isTrustedProxy = context.isTrustedProxy ?? (() => false)
  const arrivals = new AddressRates(context.limits.connections, context)
  const { deadlines } = context
  const app = fastify({
    loggerInstance: context.log,
    // Addresses hold tokens: what is logged of a request is its route, see below.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // An address that cannot be decoded never reaches the error handler.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error)),
    serverFactory: (handler) => createHttpServer(handler, { isTrustedProxy, arrivals, deadlines }),
    trustProxy: (address) => isTrustedProxy(address),
    routerOptions: { maxParamLength: 200 },
  })
  const knowsHost = context.knowsHost ?? hostCheck({ publicUrl: context.publicUrl, host: 'localhost' })
  app.addHook('onRequest', async (request) => {
    if (!PROBES.has(request.routeOptions.url ?? '') && !knowsHost(hostHeaderOf(request.raw, isTrustedProxy)))
      throw new RequestProblem('unknown-host')
  })
  await app.register(cookie)
  await app.register(helmet, helmetOptions(context.publicUrl))
  await app.register(rateLimit, {
    global: false,
    store: rateWindows(context.monotonic),
    // By address only who has no session: a whole hall may share one, and one guest in it must not lock out the others.
    keyGenerator: (request) => sessionKey(context, request),
    errorResponseBuilder: () => new RequestProblem('too-many'),
  })
  app.decorateRequest('caller', null)
  // Of every route that says what it needs: nothing of a body is read before.
  app.addHook('onRequest', (request) => knowCaller(context, request))
  // A form of another site can send this type without being asked.
  app.removeContentTypeParser('text/plain')
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const milliseconds = Math.round(reply.elapsedTime)
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, milliseconds }, 'request')
  })
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500) request.log.error(error, 'request failed')
    // What is still to come of a body that nobody wants is not waited for.
    if (Number(request.headers['content-length'] ?? Infinity) > DISCARDED && hasBody(request))
      reply.header('connection', 'close')
    return sendProblem(reply, problem)
  })
  documentRoutes(app, context)
  importRoutes(app, context)
  invitationRoutes(app, context)
  textRoutes(app, context)
  await pageRoutes(app, context)
  const sync = serveSync(app.server, { ...context, knowsHost, arrivals }, (header) => app.parseCookie(header))
  return { app, sync }
}

/** A body of up to so many bytes is read and thrown away, so that the connection can be used again. */
const DISCARDED = 64 * 1024

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined

function problemOf(error: FastifyError | Error): RequestProblem {
  if (error instanceof RequestProblem) return error
  if (error instanceof StoreError)
    switch (error.code) {
      case 'damaged':
        return new RequestProblem(
          'internal',
          'This document cannot be read: its record is damaged.',
          'damaged',
        )
      case 'unwritable':
        return new RequestProblem('unavailable', error.message, 'unwritable')
      default:
        return new RequestProblem('unavailable')
    }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
  if (status === 413) return new RequestProblem('oversize')
  if (status === 404) return new RequestProblem('not-found')
  if (status >= 400 && status < 500) return new RequestProblem('invalid')
  return new RequestProblem('internal')
}

function helmetOptions(publicUrl: string | null) {
  const secure = publicUrl?.startsWith('https:') ?? false
  // Browsers differ in whether 'self' covers the socket of the same origin.
  const socket = publicUrl === null ? [] : [publicUrl.replace(/^http/, 'ws')]
  return {
    strictTransportSecurity: secure,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        // ProseMirror and the interface place things by style attributes.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'", ...socket],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
  }
}
