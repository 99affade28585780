import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

/** A message that has begun must be whole after so long, milliseconds, and a line must be this fast, bytes a second. */
const PATIENCE = 30_000
const SLOWEST = 4 * 1024
const LOOK = 5_000
/** Bytes of a ping or pong beside what it holds: two of its header, four of the mask that browsers must use. */
const CONTROL = 6

/** One connection, as far as unfinished messages go. */
interface Watched {
  readonly stream: Pick<Socket, 'bytesRead'>
  readonly late: (bytes: number) => void
  /** Bytes read when the last message was whole, and those of pings and pongs since. */
  whole: number
  /** When bytes of a further message were first seen; null: none were. */
  since: number | null
}

export interface PartialWatchOptions {
  readonly monotonic: () => number
  /** Runs again and again until it is cancelled. */
  readonly every: (milliseconds: number, run: () => void) => () => void
}

/**
 * Gives messages that come by the byte a deadline: they hold memory, and nothing else ends them as long as pings are
 * answered.
 */
export class PartialWatch {
  readonly #options: PartialWatchOptions
  readonly #watched = new Set<Watched>()
  readonly #cancel: () => void

  constructor(options: PartialWatchOptions) {
    this.#options = options
    this.#cancel = options.every(LOOK, () => this.#look())
  }

  /** `late` is called with the bytes of a message that took too long. */
  watch(ws: WebSocket, stream: Watched['stream'], late: (bytes: number) => void): void {
    const watched: Watched = { stream, late, whole: stream.bytesRead, since: null }
    this.#watched.add(watched)
    ws.on('message', () => {
      watched.whole = stream.bytesRead
      watched.since = null
    })
    // It may stand between the fragments of a message, which it makes no more whole than it was.
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
