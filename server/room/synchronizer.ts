import * as Y from 'yjs'
import { EMPTY_UPDATE, encodeState } from '#shared/document/updates.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { encodeFrame } from '#shared/protocol/wire.ts'
import type { Audience } from './audience.ts'
import type { Limits } from './limits.ts'
import type { Live } from './live.ts'
import type { Session } from './session.ts'
import type { CatchUpWork, JoinWork } from './work.ts'

/** A reader that lacks up to so much (Yjs clocks, about a character each) is sent just that; another one everything. */
const NEAR = 20_000

export interface SynchronizerOptions {
  readonly audience: Audience
  readonly limits: Limits
  /** In the committed state whenever the synchronizer is asked for something. */
  readonly live: () => Live
  /** Asks for the same once more: its document is being encoded. */
  readonly again: (work: JoinWork | CatchUpWork) => void
  readonly end: (session: Session, reason: CloseReason) => void
}

/** Brings readers up to the committed state. */
export class Synchronizer {
  readonly #options: SynchronizerOptions
  /** The state vector, encoded once for all who come at this row of the log. */
  #vector: { readonly of: Live; readonly sequence: number; readonly bytes: Uint8Array } | null = null

  constructor(options: SynchronizerOptions) {
    this.#options = options
  }

  /** What the reader lacks, and what we have: from now on it follows. */
  join(work: JoinWork): void {
    const { audience, limits, live, end } = this.#options
    const { session, vector } = work
    if (session.state !== 'open') return
    const { doc } = live().od
    // What it asks for is on its way to it already.
    if (session.subscribed && session.full) return audience.measure(doc, [session])
    const committed = this.#committed()
    if (vector.length > committed.length + limits.vectorBytes) return end(session, 'malformed')
    // A reader that follows and is not behind has been sent everything: this is only a sign of life.
    const upToDate = session.subscribed && !session.behind && sameBytes(vector, committed)
    const frames = upToDate ? [NO_NEWS] : this.#since(vector, 'sync-step2', work.waited)
    if (frames === 'malformed') return end(session, 'malformed')
    if (frames instanceof Promise) return this.#later(work, frames)
    session.behind = null
    session.subscribed = true
    session.tellDocument(frames)
    session.send({ type: 'sync-step1', stateVector: committed })
    audience.measure(doc, [session])
  }

  /** What a reader missed that had not kept up. */
  catchUp(work: CatchUpWork): void {
    const { audience, live } = this.#options
    const { session } = work
    const { behind } = session
    if (!behind) return
    const frames = this.#since(behind.vector, 'sync-update', work.waited)
    if (frames === 'malformed') return
    if (frames instanceof Promise) return this.#later(work, frames)
    session.behind = null
    session.tellDocument(frames)
    audience.measure(live().od.doc, [session])
    audience.presence.changed()
  }

  #later(work: JoinWork | CatchUpWork, ready: Promise<void>): void {
    void ready.then(() => this.#options.again({ ...work, waited: true }))
  }

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

/** How many clocks of the document are not in the state vector; all of them for somebody who comes with nothing. */
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

/** The answer to whoever has everything. */
const NO_NEWS = encodeFrame({ type: 'sync-step2', update: EMPTY_UPDATE })
const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0
