import type { Command, CommandResult } from '#shared/model/command.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Session } from './session.ts'

/** What waits in a room's queue, in the order it came. */
export type Work = Look | Change

/** Changes it, or wants to. */
export type Change = Request | { readonly kind: 'due' }

/** Somebody's; `due` is the server's own: what the clock says is done, also before anything else that comes then. */
export type Request = UpdateWork | CommandWork

/** Wants to see the committed state; changes nothing. */
export type Look =
  | { readonly kind: 'join'; readonly session: Session; readonly vector: Uint8Array }
  | { readonly kind: 'catch-up'; readonly session: Session }
  | { readonly kind: 'read'; readonly see: (od: OutcomeDocument) => void; readonly fail: Fail }

export interface UpdateWork {
  readonly kind: 'update'
  readonly session: Session
  readonly update: Uint8Array
  /** Null for y-websocket's own frames, which are not acknowledged. */
  readonly number: number | null
  /** The first submit that is lost if this update is refused. */
  readonly refusedFrom: number
}

export interface CommandWork {
  readonly kind: 'command'
  readonly actor: Actor
  readonly key: string
  readonly command: Command
  readonly done: (answer: CommandAnswer) => void
  readonly fail: Fail
}

/** `key-used`: the key stands for something else already. */
export type CommandAnswer =
  { readonly kind: 'result'; readonly result: CommandResult } | { readonly kind: 'key-used' }

type Fail = (error: Error) => void
