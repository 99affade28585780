import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { accountOf } from '../room/limits/quota.ts'
import type { AddressRates } from '../room/limits/address-rates.ts'
import type { IsTrustedProxy } from './proxies.ts'

/** The HTTP server itself, with its limits on connections whose callers are not known yet. */

/** Time limits of a connection, milliseconds. */
export interface Deadlines {
  /**
   * Until the headers of a request are complete, and until the whole request is; the latter allows for a large file.
   */
  readonly headers: number
  readonly request: number
  /** Without any request. */
  readonly idle: number
  /** Between checks for connections that exceed a limit. */
  readonly look: number
}

const DEADLINES: Deadlines = { headers: 10_000, request: 300_000, idle: 30_000, look: 2_000 }
/** Most HTTP connections of one address. Beyond it one of them is closed (see {@link Connections}). */
const CONNECTIONS = 1_024
/** Most unanswered requests of one connection. Browsers send one at a time. */
const PIPELINED = 8

export interface ServerSetting {
  /** Connections of trusted proxies are not limited by address, because many clients share them. */
  readonly isTrustedProxy: IsTrustedProxy
  /** Limits new connections by address. */
  readonly arrivals: AddressRates
  readonly deadlines?: Deadlines | undefined
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

export function createHttpServer(
  handler: Handler,
  { isTrustedProxy, arrivals, deadlines = DEADLINES }: ServerSetting,
): Server {
  const connections = new Connections(CONNECTIONS)
  const waiting = new WeakMap<Socket, number>()
  const options = {
    headersTimeout: deadlines.headers,
    requestTimeout: deadlines.request,
    keepAliveTimeout: deadlines.idle,
    connectionsCheckingInterval: deadlines.look,
  }
  const server = createServer(options, (request, response) => {
    const { socket } = request
    if (socket.destroyed) return
    const before = waiting.get(socket) ?? 0
    if (before >= PIPELINED) return void socket.destroy()
    waiting.set(socket, before + 1)
    connections.heard(socket)
    response.on('close', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1)
      connections.heard(socket)
    })
    handler(request, response)
  })
  server.on('connection', (socket: Socket) => {
    if (isTrustedProxy(socket.remoteAddress)) return
    if (arrivals.take(accountOf(socket.remoteAddress ?? ''))) connections.add(socket)
    else socket.destroy()
  })
  server.prependListener('upgrade', (request) => connections.remove(request.socket))
  return server
}

/** The connections of one address. Each set is ordered: the connection that has been idle longest comes first. */
interface OfAddress {
  /** No request has been received whole with its headers. These are closed first, since nobody waits for an answer on them. */
  readonly silent: Set<Socket>
  readonly asking: Set<Socket>
}

/**
 * Limits the connections of each address: one too many closes the one idle longest, among those without a request
 * first. Exported for tests.
 */
export class Connections {
  readonly #most: number
  readonly #byAddress = new Map<string, OfAddress>()

  constructor(most: number) {
    this.#most = most
  }

  add(socket: Socket): void {
    const address = accountOf(socket.remoteAddress ?? '')
    const all = this.#byAddress.get(address) ?? { silent: new Set(), asking: new Set() }
    this.#byAddress.set(address, all)
    const [silent] = all.silent
    const [asking] = all.asking
    const quietest = silent ?? asking
    all.silent.add(socket)
    socket.once('close', () => this.#leave(address, socket))
    if (all.silent.size + all.asking.size > this.#most) quietest?.destroy()
  }

  /** Notes that a request was received on it, or was answered. */
  heard(socket: Socket): void {
    const all = this.#byAddress.get(accountOf(socket.remoteAddress ?? ''))
    if (!all) return
    if (all.silent.delete(socket) || all.asking.delete(socket)) all.asking.add(socket)
  }

  /** Stops counting a connection that was upgraded to a WebSocket, which is counted elsewhere. */
  remove(socket: Socket): void {
    this.#leave(accountOf(socket.remoteAddress ?? ''), socket)
  }

  #leave(address: string, socket: Socket): void {
    const all = this.#byAddress.get(address)
    if (!all) return
    all.silent.delete(socket)
    all.asking.delete(socket)
    if (all.silent.size + all.asking.size === 0) this.#byAddress.delete(address)
  }
}
