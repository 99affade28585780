import type { Actor } from '#shared/model/participant.ts'
import type { Presence } from '#shared/protocol/wire.ts'
import type { Greeting } from './greeting.ts'
import type { Outbox } from './outbox.ts'
import type { Signals } from '../signals.ts'
import type { OpenSocket, Socket } from './socket.ts'
import type { StopReason } from '../status.ts'
import type { Cancel, Timers } from '../timers.ts'
import type { Watchdog } from './watchdog.ts'

/**
 * The states of a connection, each with what must be released when it is left.
 *
 *     idle → connecting → syncing → live ⇄ halted        any → offline → connecting        any → stopped
 */
export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly socket: Socket; readonly giveUp: Cancel }
  | {
      readonly kind: 'syncing'
      readonly socket: Socket
      readonly giveUp: Cancel
      readonly greeting: Greeting
    }
  | {
      readonly kind: 'live'
      readonly socket: Socket
      readonly outbox: Outbox
      readonly watchdog: Watchdog
    }
  /**
   * A submit was refused in an ordinary race. The server ignores all further submits until the client sends `resume`.
   */
  | {
      readonly kind: 'halted'
      readonly socket: Socket
      readonly watchdog: Watchdog
      readonly notice: RefusalNotice
    }
  | { readonly kind: 'offline'; readonly retryAt: number; readonly cancel: Cancel }
  | { readonly kind: 'stopped'; readonly reason: StopReason }

/** Why something was refused: a stable code and a sentence for the person. */
export interface RefusalNotice {
  readonly code: string
  readonly message: string
}

/** What a connection tells its owner. Called synchronously, also inside transactions of the document. */
export interface ConnectionEvents {
  /** The connection is synchronised: the document holds everything that the server has. */
  live(actor: Actor): void
  /** The server is now known to hold this update durably: it sent the update, or acknowledged it. */
  durable(update: Uint8Array): void
  /** The document was changed on this device. */
  local(update: Uint8Array): void
  presence(present: readonly Presence[]): void
  /**
   * The server refused an update because something else was committed first. The connection is halted until `resume`.
   * Called again after {@link Connection.requestUpdates}, when the missing updates have come.
   */
  raced(notice: RefusalNotice): void
  /** The server has as void what this document still shows, because another tab put it aside. Call `resume` inside. */
  outdated(actor: Actor): void
  /** The server refused what was written here for another reason than a race. The connection has stopped. */
  refused(notice: RefusalNotice): void
  /** The server has lost updates that it had acknowledged; `clocks` is its state vector. The connection has stopped. */
  diverged(clocks: ReadonlyMap<number, number>): void
  /**
   * The attribution policy has changed, so nothing more may be written under this document's client id. `actor`: the
   * person, with her alias in the new round, if there is one. The connection has stopped.
   */
  newRound(actor: Actor): void
}

/** What the network code needs of the browser; injected, so that tests control it. */
export interface NetEnvironment {
  readonly openSocket: OpenSocket
  readonly timers: Timers
  readonly signals: Signals
  /** As Math.random: from 0 up to, not including, 1. */
  readonly random: () => number
}
