import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/**
 * One person's line to the server: a TCP proxy on a port of its own that delivers every chunk `lag` milliseconds late,
 * in order, and can be cut. A cut line refuses connections, as a server does that is not there.
 */
export class Line {
  /** One way, in milliseconds. Takes effect for what comes next; a chunk never overtakes the one before it. */
  lag = 0
  readonly #server: Server
  readonly #open = new Set<Socket>()
  #target: number
  #cut = false

  private constructor(target: number) {
    this.#target = target
    this.#server = createServer((socket) => this.#join(socket))
  }

  static async open(target: number): Promise<Line> {
    const line = new Line(target)
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve))
    return line
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  cut(): void {
    this.#cut = true
    for (const socket of this.#open) socket.destroy()
  }

  mend(): void {
    this.#cut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #join(near: Socket): void {
    if (this.#cut) {
      near.destroy()
      return
    }
    const far = connect(this.#target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(from)
      this.#carry(from, to)
      from.on('error', () => undefined)
      from.once('close', () => {
        this.#open.delete(from)
        to.destroy()
      })
    }
  }

  #carry(from: Socket, to: Socket): void {
    let free = 0
    const later = (act: () => void) => {
      const now = performance.now()
      free = Math.max(free, now + this.lag)
      setTimeout(() => {
        if (!to.destroyed) act()
      }, free - now)
    }
    from.on('data', (chunk) => later(() => to.write(chunk)))
    from.on('end', () => later(() => to.end()))
  }
}
