import type { Command, CommandResult } from '#shared/model/command.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Failure } from '#shared/model/result.ts'
import type { Draft } from '#shared/document/drafts.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Steps } from '#shared/document/steps.ts'
import type { Session } from '../session/session.ts'

/** A task of a room's queue. */
export type RoomTask = RoomRead | RoomChange | ExclusiveWork

/** A task that may change the document. `due`: do what the clock says must be done; it precedes every other change. */
export type RoomChange = RoomRequest | OwnWork | { readonly kind: 'due' }

/** A change that a person asked for. */
export type RoomRequest = UpdateWork | CommandWork

/** A task that is served from the committed state and changes nothing. */
export type RoomRead =
  | JoinWork
  | CatchUpWork
  | { readonly kind: 'read'; readonly see: (od: OutcomeDocument) => Steps<void>; readonly fail: Fail }

/** A reader asks for the document. `vector`: its encoded state vector. `waited`: it has waited for an encoding once. */
export interface JoinWork {
  readonly kind: 'join'
  readonly session: Session
  readonly vector: Uint8Array
  readonly waited: boolean
}

/** A reader that was behind has drained and must be sent what it missed. */
export interface CatchUpWork {
  readonly kind: 'catch-up'
  readonly session: Session
  readonly waited: boolean
}

/** A change of the server's own. `now`: milliseconds since 1970. */
export interface OwnWork {
  readonly kind: 'own'
  readonly change: (od: OutcomeDocument, now: number) => void
}

/**
 * Work outside the room that depends on the committed state. All other tasks wait until it is done; then the commands
 * and changes that it resolves with are executed before them.
 */
export interface ExclusiveWork {
  readonly kind: 'exclusive'
  readonly run: (od: OutcomeDocument) => Promise<readonly (CommandWork | OwnWork)[]>
  readonly fail: Fail
}

export interface UpdateWork extends Received {
  readonly kind: 'update'
  readonly session: Session
  readonly update: Uint8Array
  /** Number of the submit; null for updates in y-websocket's own frames, which are not acknowledged. */
  readonly number: number | null
  /** {@link Session.attempt} when it arrived. */
  readonly attempt: number
  /** Number of the first submit that is not applied if this update is refused. */
  readonly refusedFrom: number
}

interface Received {
  /** When the server received it, milliseconds since 1970. Deadlines count by this time, however long it waits. */
  readonly receivedAt: number
}

/** A command and who asks for it. `key` identifies the request, so that a repetition is not executed again. */
export interface CommandRequest {
  readonly actor: Actor
  readonly key: string
  readonly command: Command
  /** The invitation that is charged for what the command writes; absent when nobody is. */
  readonly invitation?: string
  /** For `drafts-table`: the drafts of the private space. */
  readonly drafts?: readonly Draft[]
}

export interface CommandWork extends CommandRequest, Received {
  readonly kind: 'command'
  readonly done: (answer: CommandAnswer) => void
  readonly fail: Fail
}

/**
 * `key-used`: another command, or another person's, was executed under the same key. `revoked`: the invitation was revoked
 * while the command waited.
 */
export type CommandAnswer = CommandResult | Failure<'key-used'> | Failure<'revoked'>

type Fail = (error: Error) => void
