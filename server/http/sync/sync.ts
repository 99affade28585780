import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { isParticipantId, type DocumentId, type ParticipantId } from '#shared/model/ids.ts'
import { can, type Role } from '#shared/model/role.ts'
import { CLOSE, type CloseReason } from '#shared/protocol/close.ts'
import type { Limits } from '../../room/limits/limits.ts'
import type { AddressRates } from '../../room/limits/address-rates.ts'
import { accountOf } from '../../room/limits/quota.ts'
import type { Visitor } from '../../room/session/session.ts'
import type { RoomSocket } from '../../room/session/socket.ts'
import { StoreError } from '../../store/port.ts'
import { isDocumentId } from '../../access/document-id.ts'
import {
  bearerToken,
  presentedSession,
  visitorOf,
  type Caller,
  type NoSession,
  type Presented,
} from '../caller.ts'
import type { HttpContext } from '../context.ts'
import { isOwnOrigin } from '../origin.ts'
import { PartialWatch } from './partial.ts'
import { addressOf, hostHeaderOf, schemeOf } from '../proxies.ts'
import { SocketCount } from './sockets.ts'

/** WebSocket upgrades of `/sync/<document>` (a room) and `/sync/<document>/drafts/<participant>` (a private space). */

/** Milliseconds between pings. A socket that has not answered the previous one is cut off. */
const HEARTBEAT = 25_000
/** Milliseconds that a client may take to answer a close frame; less for one that has sent too much. */
const FAREWELL = 2_000
const CURT_FAREWELL = 250
/** Most fragments of one message. Browsers send each message as one. */
const FRAGMENTS = 64

export interface SyncServer {
  /** Cuts off all sockets that are still open. */
  stop(): void
}

type Sync = HttpContext &
  Required<Pick<HttpContext, 'knowsHost'>> & {
    /** Limits new connections by address. Those of a trusted proxy are counted here by the client's address. */
    readonly arrivals: AddressRates
  }

export function serveSync(
  server: Server,
  context: Sync,
  readCookies: (header: string) => Record<string, string | undefined>,
): SyncServer {
  const { limits, monotonic } = context
  const ends = endpoints(limits)
  const count = new SocketCount(limits)
  const partial = new PartialWatch({ monotonic, every })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const asked = askedOf(context, request, readCookies)
    if (typeof asked === 'string') return reject(stream, asked)
    const isForwarded = context.isTrustedProxy?.(request.socket.remoteAddress) ?? false
    if (isForwarded && !context.arrivals.take(accountOf(asked.presented.address)))
      return reject(stream, '429 Too Many Requests')
    // Nothing more is read from the stream until the caller is identified.
    comeIn(asked).catch((error: unknown) => {
      context.log.error(error, 'a connection could not be made')
      reject(stream, '503 Service Unavailable')
    })

    async function comeIn({ place, presented }: AskedFor): Promise<void> {
      const caller = await callerBehind(context, place.document, presented)
      const visitor = counted(count, stream, caller, presented.address)
      if (stream.destroyed) return
      if (visitor === null) return reject(stream, '429 Too Many Requests')
      const end = ends.of(typeof visitor === 'string' ? 'stranger' : visitor.actor.role)
      end.handleUpgrade(request, stream, head, (ws) => {
        end.emit('connection', ws, request)
        ws.on('error', () => ws.terminate())
        // A page cannot see why an upgrade was refused, but it can read a close code. So upgrade, then close.
        if (typeof visitor === 'string') return closeWith(ws, visitor)
        partial.watch(ws, request.socket, (bytes) => {
          context.quotas.charge(visitor, 'received', bytes)
          closeWith(ws, 'oversize')
        })
        // Each ping is answered, so it is charged.
        ws.on('ping', () => {
          if (!context.quotas.spend(visitor, 'frames', 1)) closeWith(ws, 'busy')
        })
        void admitSocket(context, ws, place, visitor)
      })
    }
  })
  const stopHeartbeats = ends.all.map(beat)
  return {
    stop: () => {
      partial.stop()
      for (const stop of stopHeartbeats) stop()
      for (const end of ends.all) for (const ws of end.clients) ws.terminate()
    },
  }
}

/**
 * The visitor, counted until the stream closes; or the reason to close; or null when the caller is unknown and the
 * address has too many such sockets.
 */
function counted(
  count: SocketCount,
  stream: Duplex,
  caller: Caller | CloseReason,
  address: string,
): Visitor | CloseReason | null {
  const visitor = typeof caller === 'string' ? caller : visitorOf(caller, address)
  const leave = typeof visitor === 'string' ? count.enterStranger(accountOf(address)) : count.enter(visitor)
  if (!leave) return typeof visitor === 'string' ? null : 'busy'
  if (stream.closed) leave()
  else stream.once('close', leave)
  return visitor
}

/** WebSocket servers by role. The largest message must be known to the decoder before the first frame. */
function endpoints(limits: Limits) {
  // Twice the limit, so that a frame just over it is answered with our own close code and not with 1009.
  const common = { noServer: true, perMessageDeflate: false, maxFragments: FRAGMENTS } as const
  const writers = new WebSocketServer({ ...common, maxPayload: 2 * limits.frameBytes })
  const readers = new WebSocketServer({ ...common, maxPayload: 2 * limits.joinBytes })
  const strangers = new WebSocketServer({ ...common, maxPayload: 1024 })
  return {
    all: [writers, readers, strangers],
    of: (role: Role | 'stranger') =>
      role === 'stranger' ? strangers : can(role, 'propose') ? writers : readers,
  }
}

/** What an upgrade asks for, and what it presents. */
interface AskedFor {
  readonly place: SyncTarget
  readonly presented: Presented
}

/** What an upgrade asks for; or the HTTP status line with which it is refused. */
function askedOf(
  context: Sync,
  request: IncomingMessage,
  readCookies: (header: string) => Record<string, string | undefined>,
): AskedFor | string {
  const { headers } = request
  const url = URL.parse(request.url ?? '/', 'http://local')
  if (!url) return '400 Bad Request'
  const place = targetOf(url)
  if (!place) return '404 Not Found'
  const { isTrustedProxy, publicUrl } = context
  const host = hostHeaderOf(request, isTrustedProxy)
  if (!context.knowsHost(host)) return '421 Misdirected Request'
  if (!isOwnOrigin(headers, host, schemeOf(request, isTrustedProxy), publicUrl)) return '403 Forbidden'
  const presented = {
    address: addressOf(request, isTrustedProxy),
    bearer: url.searchParams.get('token') ?? bearerToken(headers.authorization),
    cookies: readCookies(headers.cookie ?? ''),
    as: url.searchParams.get('as') ?? undefined,
  }
  return { place, presented }
}

/** The target of an upgrade: a document, or one of its private spaces. */
interface SyncTarget {
  readonly document: string
  readonly space: ParticipantId | null
}

function targetOf(url: URL): SyncTarget | null {
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

/** Connects a socket to its room. Never rejects. */
async function admitSocket(
  context: HttpContext,
  ws: WebSocket,
  { document, space }: SyncTarget,
  visitor: Visitor,
): Promise<void> {
  // Frames that arrive before the room is loaded stay in the socket.
  ws.pause()
  try {
    const connection = await (space === null
      ? context.registry.connect(document as DocumentId, visitor, roomSocket(ws))
      : context.spaces.connect(document as DocumentId, space, visitor, roomSocket(ws)))
    if (typeof connection === 'string') return closeWith(ws, connection)
    ws.on('message', (data: Buffer, isBinary) => {
      if (isBinary) connection.receive(data)
      else closeWith(ws, 'malformed')
    })
    ws.on('close', () => connection.left())
    if (ws.readyState === ws.CLOSED) connection.left()
    ws.resume()
  } catch (error) {
    context.log.error(error, 'a connection could not be made')
    closeWith(ws, isUnwritable(error) ? 'unwritable' : 'store-failed')
  }
}

/** A private space is written when it is first opened, so that opening it fails on an unwritable disk. */
const isUnwritable = (error: unknown): boolean => error instanceof StoreError && error.code === 'unwritable'

async function callerBehind(
  context: HttpContext,
  document: string,
  presented: Presented,
): Promise<Caller | CloseReason> {
  if (!isDocumentId(document)) return 'no-document'
  const found = await presentedSession(context, document, presented)
  return found.ok ? found : UNKNOWN[found.code]
}

const UNKNOWN: Readonly<Record<NoSession['code'], CloseReason>> = {
  'no-document': 'no-document',
  'too-many': 'busy',
  unauthorised: 'unauthorised',
  revoked: 'revoked',
  expired: 'revoked',
}

const roomSocket = (ws: WebSocket): RoomSocket => ({
  send: (frame) => ws.send(frame, { binary: true }),
  close: (reason) => closeWith(ws, reason),
  get bufferedAmount() {
    return ws.bufferedAmount
  },
})

/** Reasons after which nothing more is read from a client, and its close frame is not waited for. */
const UNHEARD: ReadonlySet<CloseReason> = new Set(['malformed', 'oversize', 'flood', 'busy'])

function closeWith(ws: WebSocket, reason: CloseReason): void {
  const unheard = UNHEARD.has(reason)
  if (!unheard) ws.resume()
  ws.close(CLOSE[reason].code, CLOSE[reason].reason)
  if (unheard) ws.pause()
  setTimeout(() => ws.terminate(), unheard ? CURT_FAREWELL : FAREWELL).unref()
}

function every(milliseconds: number, run: () => void): () => void {
  const timer = setInterval(run, milliseconds)
  timer.unref()
  return () => clearInterval(timer)
}

/** Pings all sockets at each {@link HEARTBEAT}, and cuts off those that have not answered the previous ping. */
function beat(sockets: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>()
  sockets.on('connection', (ws: WebSocket) => ws.on('pong', () => silent.delete(ws)))
  return every(HEARTBEAT, () => {
    for (const ws of sockets.clients) {
      if (silent.has(ws)) ws.terminate()
      else {
        silent.add(ws)
        ws.ping()
      }
    }
  })
}

function reject(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
