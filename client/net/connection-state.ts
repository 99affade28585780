import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Presence } from '#shared/protocol/wire.ts'
import type { Greeting } from './greeting.ts'
import type { Outbox } from './outbox.ts'
import type { Signals } from './signals.ts'
import type { OpenSocket, Socket } from './socket.ts'
import type { StopReason } from './status.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Watchdog } from './watchdog.ts'

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
  /** A submit was refused in an ordinary race: nothing more is taken until the client goes on without it. */
  | {
      readonly kind: 'halted'
      readonly socket: Socket
      readonly watchdog: Watchdog
      readonly notice: RefusalNotice
    }
  | { readonly kind: 'offline'; readonly retryAt: number; readonly cancel: Cancel }
  | { readonly kind: 'stopped'; readonly reason: StopReason }

export interface RefusalNotice {
  readonly code: string
  readonly message: string
}

export interface ConnectionEvents {
  /** Synchronised: the document holds all that the server has. */
  live(actor: Actor): void
  /** The server is now known to hold this durably: news of others, or own work acknowledged. */
  durable(update: Uint8Array): void
  /** Something was done here. */
  local(update: Uint8Array): void
  presence(present: readonly Presence[]): void
  /**
   * The text changed under the hands of whoever wrote here, and the server did not take it. The connection waits for
   * `resume`; said again when news has come.
   */
  raced(notice: RefusalNotice): void
  /** Another tab has put aside what this document still shows. Whoever hears it calls `resume` before it returns. */
  outdated(actor: Actor): void
  /** The server would not take what was written here. The connection has stopped. */
  refused(notice: RefusalNotice): void
  /** The server, of this state vector, has lost what it had acknowledged. The connection has stopped. */
  diverged(clocks: ReadonlyMap<number, number>): void
  /**
   * The round has become attributed or unattributed: nothing more may be written under this document's client id. The
   * connection has stopped.
   */
  newRound(alias: ParticipantId | undefined): void
}

/** The outside world, injected. */
export interface NetEnvironment {
  readonly openSocket: OpenSocket
  readonly timers: Timers
  readonly signals: Signals
  /** 0 up to 1. */
  readonly random: () => number
}
