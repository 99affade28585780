import { FRAME_LIMIT } from '#shared/protocol/wire.ts'

/** So much at once, and so much more each second. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/**
 * What is counted for all that is done by one invitation, by socket and by request, in whatever document it is open:
 * `frames` and requests; bytes `received`, that have to be decoded; `documents` asked for; durable `writes` beside the
 * log (sessions, looks, names, invitations); `work` of other threads, in milliseconds.
 */
export type Expense = 'frames' | 'received' | 'documents' | 'writes' | 'work'

/** What one connection, and what one invitation may take of the server. Generous to people; a flood is cut off. */
export interface Limits {
  /** Largest frame, bytes. */
  readonly frameBytes: number
  /** Largest frame of somebody who may write nothing, bytes; and of somebody who asks for the document. */
  readonly readerBytes: number
  readonly joinBytes: number
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
  /** What an invitation may spend; and how many times as much all that come from one address may. */
  readonly expenses: Readonly<Record<Expense, Rate>>
  readonly addressFactor: number
  /** Sessions that are nobody's, asked with from one address. */
  readonly unknownCallers: Rate
  /** New connections of one address: a hall may come back all at once when the server was started anew. */
  readonly connections: Rate
  /** Sockets of one invitation, and of one address. */
  readonly socketsPerInvitation: number
  readonly socketsPerAddress: number
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
  readerBytes: 64 * 1024,
  joinBytes: 512 * 1024,
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
  expenses: {
    frames: { burst: 20_000, perSecond: 500 },
    received: { burst: 64 * 1024 * 1024, perSecond: 512 * 1024 },
    documents: { burst: 4_000, perSecond: 5 },
    writes: { burst: 6_000, perSecond: 10 },
    work: { burst: 60_000, perSecond: 100 },
  },
  addressFactor: 8,
  unknownCallers: { burst: 4_000, perSecond: 20 },
  connections: { burst: 10_000, perSecond: 200 },
  socketsPerInvitation: 2_500,
  socketsPerAddress: 4_000,
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
    if (!this.has(now, cost)) return false
    this.#level -= cost
    return true
  }

  has(now: number, cost: number): boolean {
    this.#level = Math.min(this.#size, this.#level + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    return this.#level >= cost
  }

  /** Takes what was found out only afterwards: the bucket may owe it. */
  charge(now: number, cost: number): void {
    this.has(now, 0)
    this.#level -= cost
  }

  isFull(now: number): boolean {
    return this.has(now, this.#size)
  }
}
