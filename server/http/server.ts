import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { accountOf } from '../room/quota.ts'
import type { AddressRates } from '../room/address-rates.ts'
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
/** Most HTTP connections of one address. Beyond it the one that has been idle longest is closed. */
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
    response.on('close', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1)
      connections.answered(socket)
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

/** The connections of each address, ordered so that the one longest without an answered request comes first. */
export class Connections {
  readonly #most: number
  readonly #byAddress = new Map<string, Set<Socket>>()

  constructor(most: number) {
    this.#most = most
  }

  add(socket: Socket): void {
    const address = accountOf(socket.remoteAddress ?? '')
    const all = this.#byAddress.get(address) ?? new Set()
    this.#byAddress.set(address, all)
    all.add(socket)
    socket.once('close', () => this.#leave(address, socket))
    const [quietest] = all
    if (all.size > this.#most) quietest?.destroy()
  }

  answered(socket: Socket): void {
    const all = this.#byAddress.get(accountOf(socket.remoteAddress ?? ''))
    if (all?.delete(socket)) all.add(socket)
  }

  /** Stops counting a connection that was upgraded to a WebSocket, which is counted elsewhere. */
  remove(socket: Socket): void {
    this.#leave(accountOf(socket.remoteAddress ?? ''), socket)
  }

  #leave(address: string, socket: Socket): void {
    const all = this.#byAddress.get(address)
    all?.delete(socket)
    if (all?.size === 0) this.#byAddress.delete(address)
  }
}
