import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify'
import { StoreError } from '../store/port.ts'
import { knowCaller, sessionKey } from './caller.ts'
import type { HttpContext } from './context.ts'
import { documentRoutes } from './routes/document-routes.ts'
import { importRoutes } from './routes/import-routes.ts'
import { hostCheck } from './hosts.ts'
import { invitationRoutes } from './routes/invitation-routes.ts'
import { pageRoutes } from './routes/page-routes.ts'
import { RequestProblem, sendProblem } from './problem.ts'
import { hostHeaderOf } from './proxies.ts'
import { rateWindows } from './rate-windows.ts'
import { AddressRates } from '../room/limits/address-rates.ts'
import { createHttpServer } from './server.ts'
import { serveSync, type SyncServer } from './sync/sync.ts'
import { textRoutes } from './routes/text-routes.ts'

/** Routes without a host check: a supervisor may use any address, and they reveal nothing about documents. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** Builds the HTTP server with all its routes. It does not listen yet. */
export async function buildApp(context: HttpContext): Promise<{ app: FastifyInstance; sync: SyncServer }> {
  const isTrustedProxy = context.isTrustedProxy ?? (() => false)
  const arrivals = new AddressRates(context.limits.connections, context)
  const { deadlines } = context
  const app = fastify({
    loggerInstance: context.log,
    // URLs may contain tokens, so a request is logged by its route only, see below.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // A URL that cannot be decoded does not reach the error handler.
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
    // Only requests without a known session are counted by address: a hall may share one, and no guest must lock out
    // it.
    keyGenerator: (request) => sessionKey(context, request),
    errorResponseBuilder: () => new RequestProblem('too-many'),
  })
  app.decorateRequest('caller', null)
  // Identifies the caller of each route with `needs` before any of its body is read.
  app.addHook('onRequest', (request) => knowCaller(context, request))
  // Forms of other sites can send this type without a preflight request.
  app.removeContentTypeParser('text/plain')
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const milliseconds = Math.round(reply.elapsedTime)
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, milliseconds }, 'request')
  })
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500) request.log.error(error, 'request failed')
    // Close the connection and do not wait for the rest of a large body that is not wanted.
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

/** Bytes up to which an unwanted body is read and discarded, so that the connection can be used again. */
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
  // Browsers differ in whether 'self' includes WebSockets of the same origin.
  const socket = publicUrl === null ? [] : [publicUrl.replace(/^http/, 'ws')]
  return {
    strictTransportSecurity: secure,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        // ProseMirror and the interface position elements by style attributes.
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
