import type { Signal, Signals } from '#client/net/signals.ts'
import type { OpenSocket, SocketEvents } from '#client/net/connection/socket.ts'

/** The server's end of a socket. */
export interface ServerEnd {
  received(frame: Uint8Array): void
  gone(): void
}

type Delivery =
  | { kind: 'opened' }
  | { kind: 'frame'; frame: Uint8Array; onDelivered: (() => void) | null }
  | { kind: 'closed'; code: number }

/** One socket between a client and a server; both directions deliver only when told. */
export class FakeSocket {
  readonly #events: SocketEvents
  readonly #toClient: Delivery[] = [{ kind: 'opened' }]
  readonly #toServer: Uint8Array[] = []
  /** Everything the client ever sent here, for looking at. */
  readonly sent: Uint8Array[] = []
  #end: ServerEnd | null = null
  #over = false

  constructor(events: SocketEvents) {
    this.#events = events
  }

  attach(end: ServerEnd): void {
    this.#end = end
  }

  get over(): boolean {
    return this.#over
  }

  get idle(): boolean {
    return this.#over || (this.#toClient.length === 0 && this.#toServer.length === 0)
  }

  /** The client's end. */
  sendToServer(frame: Uint8Array): void {
    if (this.#over) return
    this.sent.push(frame)
    this.#toServer.push(frame)
  }

  /** The server's end. */
  sendToClient(frame: Uint8Array, onDelivered: (() => void) | null = null): void {
    this.#toClient.push({ kind: 'frame', frame, onDelivered })
  }

  /** After what is on its way already. */
  closeFromServer(code: number): void {
    this.#toClient.push({ kind: 'closed', code })
  }

  deliverToServer(count = Infinity): void {
    for (let i = 0; i < count && !this.#over; i++) {
      const frame = this.#toServer.shift()
      if (!frame) return
      this.#end?.received(frame)
    }
  }

  deliverToClient(count = Infinity): void {
    for (let i = 0; i < count && !this.#over; i++) {
      const next = this.#toClient.shift()
      if (!next) return
      if (next.kind === 'opened') this.#events.opened()
      else if (next.kind === 'frame') {
        next.onDelivered?.()
        this.#events.received(next.frame)
      } else this.#finish(next.code)
    }
  }

  /** The network is gone: what was on its way, in either direction, is lost. */
  drop(): void {
    this.#finish(1006)
  }

  /** The client closed it. */
  closeFromClient(): void {
    this.#finish(1005)
  }

  #finish(code: number): void {
    if (this.#over) return
    this.#over = true
    this.#end?.gone()
    this.#events.closed(code)
  }
}

/** Opens sockets towards one server, and keeps them for the test to drive. */
export class FakeWire {
  readonly sockets: FakeSocket[] = []
  /** Called with every new socket: where the server takes it up. */
  readonly #accept: (socket: FakeSocket) => void

  constructor(accept: (socket: FakeSocket) => void) {
    this.#accept = accept
  }

  readonly open: OpenSocket = (_url, events) => {
    const socket = new FakeSocket(events)
    this.sockets.push(socket)
    this.#accept(socket)
    return {
      send: (frame) => socket.sendToServer(frame),
      close: () => socket.closeFromClient(),
    }
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }
}

export class FakeSignals implements Signals {
  readonly #listeners = new Set<(signal: Signal) => void>()

  subscribe(listener: (signal: Signal) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get listeners(): number {
    return this.#listeners.size
  }

  say(signal: Signal): void {
    for (const listener of Array.from(this.#listeners)) listener(signal)
  }
}
