import { FRAME_LIMIT } from '#shared/protocol/wire.ts'

/** A token bucket's size, and what is added to it each second. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/**
 * What the server counts for each invitation, over all its sockets and HTTP requests:
 *
 * - `frames`: frames and requests;
 * - `received`: bytes that must be decoded;
 * - `documents`: times that a whole document was asked for;
 * - `writes`: durable writes beside the log (visits, looks, names, invitations);
 * - `work`: milliseconds of work in other threads.
 */
export type Expense = 'frames' | 'received' | 'documents' | 'writes' | 'work'

/** What a connection, an invitation and an address may use of the server. People stay far below; a flood is cut off. */
export interface Limits {
  /** Largest frame, bytes. */
  readonly frameBytes: number
  /** Largest frame of a session that may not write, and largest frame that asks for the document, bytes. */
  readonly readerBytes: number
  readonly joinBytes: number
  /** Largest caret frame, bytes. */
  readonly caretBytes: number
  /** Frames that one connection may send at once, and how many more each second. */
  readonly frameBurst: number
  readonly framesPerSecond: number
  /** Number of frames that asking for the document counts as, because answering it is expensive. */
  readonly joinCost: number
  /** Bytes by which a joining client's state vector may exceed ours: it may hold client ids used offline. */
  readonly vectorBytes: number
  /** Refusals after which one connection may go on, and how many more each second; over that it is closed. */
  readonly refusalBurst: number
  readonly refusalsPerSecond: number
  /** Yjs client ids, proposals and bytes that one invitation may add at once, and how many more each second. */
  readonly clientsBurst: number
  readonly clientsPerSecond: number
  readonly proposalsBurst: number
  readonly proposalsPerSecond: number
  readonly bytesBurst: number
  readonly bytesPerSecond: number
  /** Bytes of updates of one connection that may wait for a flush. */
  readonly queuedBytes: number
  /** What one invitation may spend, and how many times as much one address may. */
  readonly expenses: Readonly<Record<Expense, Rate>>
  readonly addressFactor: number
  /** Requests with an unknown session token, or none, from one address. */
  readonly unknownCallers: Rate
  /** New connections from one address. A whole hall may reconnect at once after a restart. */
  readonly connections: Rate
  /** Sockets of one invitation, and of one address. */
  readonly socketsPerInvitation: number
  readonly socketsPerAddress: number
  /** Sockets of one visit; and of one link token used directly as bearer, which a whole audience may share. */
  readonly socketsPerVisit: number
  readonly socketsPerBearer: number
  /** Unsent bytes from which a reader counts as behind, and down to which it must drain before it is caught up. */
  readonly slowBytes: number
  readonly caughtUpBytes: number
  /** Unsent bytes, beside a whole document that was sent, over which a session is closed. */
  readonly overloadedBytes: number
  /** Milliseconds after which a reader that is behind, and whose buffer does not shrink, is closed. */
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
  overloadedBytes: 4 * 1024 * 1024,
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

  /** Takes `cost`. False, and nothing taken, when less than that is left. */
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

  /** Takes a cost that is known only afterwards. The level may become negative. */
  charge(now: number, cost: number): void {
    this.has(now, 0)
    this.#level -= cost
  }

  isFull(now: number): boolean {
    return this.has(now, this.#size)
  }
}
