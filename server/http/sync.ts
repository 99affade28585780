import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { isParticipantId, type ParticipantId } from '#shared/model/ids.ts'
import { CLOSE, type CloseReason } from '#shared/protocol/close.ts'
import { FRAME_LIMIT } from '#shared/protocol/wire.ts'
import type { RoomSocket } from '../room/socket.ts'
import { isDocumentId } from '../access/document-id.ts'
import { bearerToken, presentedSession, visitorOf, type Caller, type Presented } from './caller.ts'
import type { HttpContext } from './context.ts'
import { isOwnOrigin } from './origin.ts'
import { schemeOf } from './proxies.ts'

/** `/sync/<document>`, and `/drafts/<participant>` behind it: from an upgrade to a connection of a room. */

/** A reader that answers no ping for so long is gone, milliseconds. */
const HEARTBEAT = 25_000
/** How long a closed socket may take to say goodbye. */
const FAREWELL = 2_000

export interface SyncServer {
  /** Cuts off whoever has not closed by now. */
  stop(): void
}

export function serveSync(
  server: Server,
  context: HttpContext & Required<Pick<HttpContext, 'knowsHost'>>,
  readCookies: (header: string) => Record<string, string | undefined>,
): SyncServer {
  // Twice the limit, so that a frame just over it is answered with our own code instead of a bare 1009.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 2 * FRAME_LIMIT,
    perMessageDeflate: false,
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const { headers } = request
    const { host } = headers
    const url = URL.parse(request.url ?? '/', 'http://local')
    if (!url) return reject(stream, '400 Bad Request')
    const place = placeOf(url)
    if (!place) return reject(stream, '404 Not Found')
    if (!context.knowsHost(host)) return reject(stream, '421 Misdirected Request')
    const scheme = schemeOf(request, context.isTrustedProxy ?? (() => false))
    if (!isOwnOrigin(headers, host, scheme, context.publicUrl)) return reject(stream, '403 Forbidden')
    const presented = {
      bearer: url.searchParams.get('token') ?? bearerToken(headers.authorization),
      cookies: readCookies(headers.cookie ?? ''),
      as: url.searchParams.get('as') ?? undefined,
    }
    sockets.handleUpgrade(request, stream, head, (ws) => {
      sockets.emit('connection', ws, request)
      void admitSocket(context, ws, place, presented).catch((error: unknown) => {
        context.log.error(error, 'a connection could not be made')
        closeWith(ws, 'store-failed')
      })
    })
  })
  const stopHeartbeat = beat(sockets)
  return {
    stop: () => {
      stopHeartbeat()
      for (const ws of sockets.clients) ws.terminate()
    },
  }
}

/** What an address is of: a document, or a private space beside it. */
interface Place {
  readonly document: string
  readonly space: ParticipantId | null
}

function placeOf(url: URL): Place | null {
  const [, root, document, drafts, participant, ...rest] = url.pathname.split('/')
  if (root !== 'sync' || document === undefined || rest.length > 0) return null
  if (drafts === undefined) return { document, space: null }
  const space = participant === undefined ? null : decoded(participant)
  return drafts === 'drafts' && isParticipantId(space) ? { document, space } : null
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** A browser cannot see why an upgrade was refused, so it is accepted and closed with a reason it can read. */
async function admitSocket(
  context: HttpContext,
  ws: WebSocket,
  { document, space }: Place,
  presented: Presented,
): Promise<void> {
  ws.on('error', () => ws.terminate())
  // Frames that come before the room is loaded stay in the socket.
  ws.pause()
  const caller = await callerBehind(context, document, presented)
  if (typeof caller === 'string') return closeWith(ws, caller)
  const id = caller.visit.document
  const visitor = visitorOf(caller)
  const connection = await (space === null
    ? context.registry.connect(id, visitor, roomSocket(ws))
    : context.spaces.connect(id, space, visitor, roomSocket(ws)))
  if (typeof connection === 'string') return closeWith(ws, connection)
  ws.on('message', (data: Buffer, isBinary) => {
    if (isBinary) connection.receive(data)
    else closeWith(ws, 'malformed')
  })
  ws.on('close', () => connection.left())
  if (ws.readyState === ws.CLOSED) connection.left()
  ws.resume()
}

async function callerBehind(
  context: HttpContext,
  document: string,
  presented: Presented,
): Promise<Caller | CloseReason> {
  if (!isDocumentId(document)) return 'no-document'
  const found = await presentedSession(context, document, presented)
  if (found.ok) return found
  if ((await context.store.document(document)) === null) return 'no-document'
  return found.reason !== 'unauthorised' ? 'revoked' : 'unauthorised'
}

const roomSocket = (ws: WebSocket): RoomSocket => ({
  send: (frame) => ws.send(frame, { binary: true }),
  close: (reason) => closeWith(ws, reason),
  get bufferedAmount() {
    return ws.bufferedAmount
  },
})

function closeWith(ws: WebSocket, reason: CloseReason): void {
  ws.resume()
  ws.close(CLOSE[reason].code, CLOSE[reason].reason)
  setTimeout(() => ws.terminate(), FAREWELL).unref()
}

/** Pings everybody; who did not answer the one before is cut off. */
function beat(sockets: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>()
  sockets.on('connection', (ws: WebSocket) => ws.on('pong', () => silent.delete(ws)))
  const timer = setInterval(() => {
    for (const ws of sockets.clients) {
      if (silent.has(ws)) ws.terminate()
      else {
        silent.add(ws)
        ws.ping()
      }
    }
  }, HEARTBEAT)
  timer.unref()
  return () => clearInterval(timer)
}

function reject(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
