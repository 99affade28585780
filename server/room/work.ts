import type { Command, CommandResult } from '#shared/model/command.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Draft } from '#shared/document/drafts.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Session } from './session.ts'

/** What waits in a room's queue, in the order it came. */
export type RoomTask = Look | RoomChange | ExclusiveWork

/** Changes it, or wants to. */
export type RoomChange = RoomRequest | OwnWork | { readonly kind: 'due' }

/** Somebody's; `due` is the server's own: what the clock says is done, also before anything else that comes then. */
export type RoomRequest = UpdateWork | CommandWork

/** Wants to see the committed state; changes nothing. */
export type Look =
  | JoinWork
  | CatchUpWork
  | { readonly kind: 'read'; readonly see: (od: OutcomeDocument) => void; readonly fail: Fail }

/** Asks for the document. `waited`: once already, for an encoding of it. */
export interface JoinWork {
  readonly kind: 'join'
  readonly session: Session
  readonly vector: Uint8Array
  readonly waited: boolean
}

/** A reader has drained, and wants what it missed. */
export interface CatchUpWork {
  readonly kind: 'catch-up'
  readonly session: Session
  readonly waited: boolean
}

/** The server's own change. */
export interface OwnWork {
  readonly kind: 'own'
  readonly change: (od: OutcomeDocument, now: number) => void
}

/**
 * Does something elsewhere that rests on the committed state; what comes meanwhile waits. The commands that it comes to
 * are executed before anything else.
 */
export interface ExclusiveWork {
  readonly kind: 'alone'
  readonly run: (od: OutcomeDocument) => Promise<readonly (CommandWork | OwnWork)[]>
  readonly fail: Fail
}

export interface UpdateWork extends Came {
  readonly kind: 'update'
  readonly session: Session
  readonly update: Uint8Array
  /** Null for y-websocket's own frames, which are not acknowledged. */
  readonly number: number | null
  /** The session's attempt in which it was sent. */
  readonly attempt: number
  /** The first submit that is lost if this update is refused. */
  readonly refusedFrom: number
}

interface Came {
  /** Milliseconds since 1970: it may have to wait, and is in time all the same. */
  readonly cameAt: number
}

/** A command, and who asks. */
export interface CommandRequest {
  readonly actor: Actor
  readonly key: string
  readonly command: Command
  /** On whose account what it writes is. */
  readonly invitation?: string
  /** At a tabling: what the private space has. */
  readonly drafts?: readonly Draft[]
}

export interface CommandWork extends CommandRequest, Came {
  readonly kind: 'command'
  readonly done: (answer: CommandAnswer) => void
  readonly fail: Fail
}

/** `key-used`: the key stands for something else already. */
export type CommandAnswer =
  { readonly kind: 'result'; readonly result: CommandResult } | { readonly kind: 'key-used' }

type Fail = (error: Error) => void
