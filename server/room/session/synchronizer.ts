import * as Y from 'yjs'
import { EMPTY_UPDATE, encodeState } from '#shared/document/updates.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { encodeFrame } from '#shared/protocol/wire.ts'
import type { Audience } from './audience.ts'
import type { Limits } from '../limits/limits.ts'
import type { Live } from '../live/live.ts'
import type { Session } from './session.ts'
import type { CatchUpWork, JoinWork } from '../batch/work.ts'

/** Yjs clocks (about a character each) that a reader may lack to be sent a difference and not the whole document. */
const NEAR = 20_000

export interface SynchronizerOptions {
  readonly audience: Audience
  readonly limits: Limits
  /** The live document. It holds the committed state whenever `join` or `catchUp` is called. */
  readonly live: () => Live
  /** Queues the same task again, after the encoding that it had to wait for is made. */
  readonly again: (work: JoinWork | CatchUpWork) => void
  readonly end: (session: Session, reason: CloseReason) => void
}

/**
 * Brings readers up to the committed state, by a difference or by the whole document.
 *
 * Invariants:
 *
 * - A reader is subscribed in the same turn in which it is sent the document, so it misses no later commit.
 * - A task waits for a new encoding at most once (`waited`); the second time it is served with what there is.
 * - A state vector that cannot be decoded, or is larger than an honest client's can be, ends the session.
 */
export class Synchronizer {
  readonly #options: SynchronizerOptions
  /** The encoded state vector of the committed state, kept until the next commit. */
  #vector: { readonly of: Live; readonly sequence: number; readonly bytes: Uint8Array } | null = null

  constructor(options: SynchronizerOptions) {
    this.#options = options
  }

  /** Sends what the reader lacks and our state vector, and subscribes it to later commits. */
  join(work: JoinWork): void {
    const { audience, limits, live, end } = this.#options
    const { session, vector } = work
    if (session.state !== 'open') return
    const { doc } = live().od
    // The reader follows already, and what it asks for is in its buffer.
    if (session.subscribed && session.full) return audience.measure(doc, [session])
    const committed = this.#committed()
    if (vector.length > committed.length + limits.vectorBytes) return end(session, 'malformed')
    // A subscribed reader that is not behind has been sent everything. Stock clients ask again to keep the line alive.
    const upToDate = session.subscribed && !session.behind && sameBytes(vector, committed)
    const frames = upToDate ? [NO_NEWS] : this.#since(vector, 'sync-step2', work.waited)
    if (frames === 'malformed') return end(session, 'malformed')
    if (frames instanceof Promise) return this.#later(work, frames)
    session.behind = null
    session.subscribed = true
    session.sendDocument(frames)
    session.send({ type: 'sync-step1', stateVector: committed })
    audience.measure(doc, [session])
  }

  /** Sends a reader that was behind and has drained everything that it missed. */
  catchUp(work: CatchUpWork): void {
    const { audience, live } = this.#options
    const { session } = work
    const { behind } = session
    if (!behind) return
    const frames = this.#since(behind.vector, 'sync-update', work.waited)
    if (frames === 'malformed') return
    if (frames instanceof Promise) return this.#later(work, frames)
    session.behind = null
    session.sendDocument(frames)
    audience.measure(live().od.doc, [session])
    audience.presence.changed()
  }

  #later(work: JoinWork | CatchUpWork, ready: Promise<void>): void {
    void ready.then(() => this.#options.again({ ...work, waited: true }))
  }

  /** The frames that lead from a state to the committed state; or a promise to wait for; or that it is malformed. */
  #since(
    vector: Uint8Array,
    type: 'sync-step2' | 'sync-update',
    waited: boolean,
  ): readonly Uint8Array[] | Promise<void> | 'malformed' {
    const { od, encodings } = this.#options.live()
    try {
      if (missing(od.doc, vector) > NEAR) return encodings.frames(od.doc, waited)
      return [encodeFrame({ type, update: encodeState(od.doc, vector) })]
    } catch {
      return 'malformed'
    }
  }

  #committed(): Uint8Array {
    const live = this.#options.live()
    if (this.#vector?.of !== live || this.#vector.sequence !== live.sequence)
      this.#vector = { of: live, sequence: live.sequence, bytes: Y.encodeStateVector(live.od.doc) }
    return this.#vector.bytes
  }
}

/** Number of the document's clocks that a state vector lacks; infinite for an empty one. */
function missing(doc: Y.Doc, vector: Uint8Array): number {
  const known = Y.decodeStateVector(vector)
  if (known.size === 0) return Infinity
  let sum = 0
  for (const [client, structs] of doc.store.clients) {
    const last = structs.at(-1)
    sum += last ? Math.max(0, last.id.clock + last.length - (known.get(client) ?? 0)) : 0
  }
  return sum
}

/** The answer to a reader that lacks nothing. */
const NO_NEWS = encodeFrame({ type: 'sync-step2', update: EMPTY_UPDATE })
const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0
