import { FRAME_LIMIT } from '#shared/protocol/wire.ts'

/** What one connection may take of the server. Generous to a person typing; a flood is cut off. */
export interface Limits {
  /** Largest frame, bytes. */
  readonly frameBytes: number
  /** Largest caret frame, bytes. */
  readonly caretBytes: number
  /** Frames that may come at once, and how many more each second. */
  readonly frameBurst: number
  readonly framesPerSecond: number
  /** How many frames' worth it is to ask for the document: that is the dear one. */
  readonly joinCost: number
  /** By how much the state vector of who asks may exceed our own: what it wrote offline, and no more. */
  readonly vectorBytes: number
  /** Refusals of one connection that pass for ordinary races, and how many more each second: over that it is closed. */
  readonly refusalBurst: number
  readonly refusalsPerSecond: number
  /** What the holders of one invitation may add to a document at once, and how much more each second. */
  readonly clientsBurst: number
  readonly clientsPerSecond: number
  readonly proposalsBurst: number
  readonly proposalsPerSecond: number
  readonly bytesBurst: number
  readonly bytesPerSecond: number
  /** Bytes of one connection that may wait for a flush. */
  readonly queuedBytes: number
  /** Sockets of one visit. A link's token used as it is may be shared by a whole audience. */
  readonly socketsPerVisit: number
  readonly socketsPerBearer: number
  /** Buffered bytes over which nothing more is queued to a reader, and under which it is caught up. */
  readonly slowBytes: number
  readonly caughtUpBytes: number
  /** Buffered bytes, beside a document being sent whole, over which a reader is closed. */
  readonly hopelessBytes: number
  /** So long without any progress, and a slow reader is closed, milliseconds. */
  readonly stalledAfter: number
}

export const DEFAULT_LIMITS: Limits = {
  frameBytes: FRAME_LIMIT,
  caretBytes: 1_024,
  frameBurst: 2_000,
  framesPerSecond: 200,
  joinCost: 50,
  vectorBytes: 64 * 1024,
  refusalBurst: 60,
  refusalsPerSecond: 0.5,
  clientsBurst: 1_000,
  clientsPerSecond: 1,
  proposalsBurst: 2_000,
  proposalsPerSecond: 1,
  bytesBurst: 32 * 1024 * 1024,
  bytesPerSecond: 64 * 1024,
  queuedBytes: 16 * 1024 * 1024,
  socketsPerVisit: 64,
  socketsPerBearer: 4_000,
  slowBytes: 256 * 1024,
  caughtUpBytes: 64 * 1024,
  hopelessBytes: 4 * 1024 * 1024,
  stalledAfter: 30_000,
}

/** A token bucket: full at first, refilled steadily. `now`: milliseconds of a clock that never goes back. */
export class Bucket {
  readonly #size: number
  readonly #perSecond: number
  #level: number
  #at: number

  constructor(size: number, perSecond: number, now: number) {
    this.#size = size
    this.#perSecond = perSecond
    this.#level = size
    this.#at = now
  }

  /** False when there is not so much left. */
  take(now: number, cost: number): boolean {
    this.#level = Math.min(this.#size, this.#level + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    if (this.#level < cost) return false
    this.#level -= cost
    return true
  }
}
