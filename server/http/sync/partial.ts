import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

/** Milliseconds within which a message must be complete, and bytes per second by which a larger one may take longer. */
const PATIENCE = 30_000
const SLOWEST = 4 * 1024
const LOOK = 5_000
/** Bytes of a ping or pong beside its payload: two of the header and four of the mask. */
const CONTROL = 6

/** A connection whose unfinished message is watched. */
interface Watched {
  readonly stream: Pick<Socket, 'bytesRead'>
  readonly late: (bytes: number) => void
  /** Bytes read when the last message was complete, plus those of pings and pongs since. */
  whole: number
  /** When bytes of a further message were first seen; null when none were. */
  since: number | null
}

export interface PartialWatchOptions {
  readonly monotonic: () => number
  /** Calls `run` repeatedly. The returned function cancels it. */
  readonly every: (milliseconds: number, run: () => void) => () => void
}

/**
 * Sets a deadline for each WebSocket message. Messages that arrive slowly hold memory, and as long as pings are
 * answered nothing else would end them.
 */
export class PartialWatch {
  readonly #options: PartialWatchOptions
  readonly #watched = new Set<Watched>()
  readonly #cancel: () => void

  constructor(options: PartialWatchOptions) {
    this.#options = options
    this.#cancel = options.every(LOOK, () => this.#look())
  }

  /** Watches a connection. `late` is called with the bytes so far of a message that takes too long. */
  watch(ws: WebSocket, stream: Watched['stream'], late: (bytes: number) => void): void {
    const watched: Watched = { stream, late, whole: stream.bytesRead, since: null }
    this.#watched.add(watched)
    ws.on('message', () => {
      watched.whole = stream.bytesRead
      watched.since = null
    })
    // A control frame may come between the fragments of a message and is not part of it.
    const control = (data: Uint8Array) => (watched.whole += CONTROL + data.length)
    ws.on('ping', control).on('pong', control)
    ws.on('close', () => this.#watched.delete(watched))
  }

  stop(): void {
    this.#cancel()
  }

  #look(): void {
    const now = this.#options.monotonic()
    for (const watched of this.#watched) {
      const bytes = watched.stream.bytesRead - watched.whole
      if (bytes <= 0) {
        watched.since = null
        continue
      }
      watched.since ??= now
      if (now - watched.since <= PATIENCE + (bytes / SLOWEST) * 1000) continue
      this.#watched.delete(watched)
      watched.late(bytes)
    }
  }
}
