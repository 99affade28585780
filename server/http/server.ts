import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { accountOf } from '../room/quota.ts'
import type { AddressRates } from '../room/address-rates.ts'
import type { IsTrustedProxy } from './proxies.ts'

/** The HTTP server itself: what it bears before anybody has said who he is. */

/** How long a connection may take, milliseconds. */
export interface Deadlines {
  /** Until a request's headers are whole; and a whole request, enough for a large file. */
  readonly headers: number
  readonly request: number
  /** Without a request. */
  readonly idle: number
  /** Between looks for those that are late. */
  readonly look: number
}

const DEADLINES: Deadlines = { headers: 10_000, request: 300_000, idle: 30_000, look: 2_000 }
/** Connections of one address that are no sockets: over that, the one that has been quiet longest is ended. */
const CONNECTIONS = 1_024
/** Requests of one connection that may wait for their answers: browsers send one after the other. */
const PIPELINED = 8

export interface ServerSetting {
  /** A proxy's connections are those of many. */
  readonly isTrustedProxy: IsTrustedProxy
  /** New connections, by address. */
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

/** The connections of each address, the one first that has been without an answered request longest. */
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

  /** It is a web socket now, and counted as such. */
  remove(socket: Socket): void {
    this.#leave(accountOf(socket.remoteAddress ?? ''), socket)
  }

  #leave(address: string, socket: Socket): void {
    const all = this.#byAddress.get(address)
    all?.delete(socket)
    if (all?.size === 0) this.#byAddress.delete(address)
  }
}
