import * as Y from 'yjs'
import type { CloseReason } from '#shared/protocol/close.ts'
import type { Clock } from './clock.ts'
import { PresenceBoard } from './presence.ts'
import type { Session } from './session.ts'

/** Milliseconds between looks at readers that are behind. */
const SLOW_CHECK = 250

/** Everybody in a room: who follows, who is behind, who sees whom. */
export class Audience {
  readonly sessions: ReadonlySet<Session>
  readonly presence: PresenceBoard
  readonly #sessions = new Set<Session>()
  readonly #clock: Clock
  readonly #catchUp: (session: Session) => void
  #slowTimer: (() => void) | null = null

  /** `catchUp` is called for a reader that has drained: it wants what it missed. `hidden`: whether carets are. */
  constructor(clock: Clock, catchUp: (session: Session) => void, hidden: () => boolean) {
    this.#clock = clock
    this.#catchUp = catchUp
    this.sessions = this.#sessions
    this.presence = new PresenceBoard(clock, this.#sessions, hidden)
  }

  add(session: Session): void {
    this.#sessions.add(session)
  }

  /** Its other end is gone. */
  leave(session: Session): void {
    if (session.state === 'open') session.state = 'left'
    this.#remove(session)
  }

  end(session: Session, reason: CloseReason): void {
    session.end(reason)
    this.#remove(session)
  }

  endAll(reason: CloseReason): void {
    for (const session of this.#sessions) this.end(session, reason)
    this.presence.stop()
    this.#slowTimer?.()
    this.#slowTimer = null
  }

  /** One frame to everybody who follows, but the session that knows all of it. `doc` holds what it tells already. */
  broadcast(doc: Y.Doc, frame: Uint8Array, except: Session | null): void {
    const following = [...this.#sessions].filter((session) => session.subscribed && session !== except)
    for (const session of following) session.follow(frame)
    this.measure(doc, following)
  }

  /** After sending: readers whose buffer is full get no more until it has drained. */
  measure(doc: Y.Doc, sessions: readonly Session[]): void {
    const now = this.#clock.monotonic()
    let vector: Uint8Array | null = null
    const sent = () => (vector ??= Y.encodeStateVector(doc))
    for (const session of sessions) session.measure(now, sent)
    if (sessions.some((session) => session.behind)) this.#watchSlow()
  }

  #watchSlow(): void {
    this.#slowTimer ??= this.#clock.after(SLOW_CHECK, () => {
      this.#slowTimer = null
      const behind = [...this.#sessions].filter((session) => session.behind)
      for (const session of behind) this.#attend(session)
      if (behind.length > 0) this.#watchSlow()
    })
  }

  #attend(session: Session): void {
    switch (session.progress(this.#clock.monotonic())) {
      case 'wait':
        return
      case 'overloaded':
        return this.end(session, 'slow')
      case 'catch-up':
        if (session.behind) session.behind.queued = true
        return this.#catchUp(session)
    }
  }

  #remove(session: Session): void {
    if (this.#sessions.delete(session) && session.greeted) this.presence.changed()
  }
}
