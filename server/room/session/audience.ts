import * as Y from 'yjs'
import type { CloseReason } from '#shared/protocol/close.ts'
import type { Clock } from '../clock.ts'
import { PresenceBoard } from './presence.ts'
import type { Session } from './session.ts'

/** Milliseconds between checks of readers that are behind. */
const SLOW_CHECK = 250

/**
 * The sessions of a room. Sends them the committed updates, and holds back those whose socket buffer is full: such a
 * reader gets no more updates until the buffer has drained, and then everything it missed as one.
 */
export class Audience {
  readonly sessions: ReadonlySet<Session>
  readonly presence: PresenceBoard
  readonly #sessions = new Set<Session>()
  readonly #clock: Clock
  readonly #catchUp: (session: Session) => void
  #slowTimer: (() => void) | null = null

  /**
   * `catchUp` is called for a reader that was behind and has drained; it must be sent what it missed. `hidden` says
   * whether carets must not be shown now.
   */
  constructor(clock: Clock, catchUp: (session: Session) => void, hidden: () => boolean) {
    this.#clock = clock
    this.#catchUp = catchUp
    this.sessions = this.#sessions
    this.presence = new PresenceBoard(clock, this.#sessions, hidden)
  }

  add(session: Session): void {
    this.#sessions.add(session)
  }

  /** Removes a session whose socket was closed by the other end. */
  leave(session: Session): void {
    if (session.state === 'open') session.state = 'left'
    this.#remove(session)
  }

  /** Closes a session from our side and removes it. */
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

  /**
   * Sends an update frame to all subscribed sessions except `except`, which made all of it. `doc` must hold the update
   * already: its state vector is what a reader that falls behind now has been sent.
   */
  broadcast(doc: Y.Doc, frame: Uint8Array, except: Session | null): void {
    const following = [...this.#sessions].filter((session) => session.subscribed && session !== except)
    for (const session of following) session.follow(frame)
    this.measure(doc, following)
  }

  /** Call after sending. Marks sessions whose buffer is full as behind, as of the state of `doc`. */
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
