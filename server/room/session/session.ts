import type { SessionId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { FRAME, encodeFrame, type Caret, type ServerFrame } from '#shared/protocol/wire.ts'
import { Bucket, type Limits } from '../limits/limits.ts'
import type { Payer } from '../limits/quota.ts'
import type { RoomSocket } from './socket.ts'

/** Who connects. The server has established this before it joins the room. */
export interface Visitor {
  readonly actor: Actor
  /** Id of the invitation it used. Revoking the invitation ends the session. */
  readonly invitation: string
  /** The account of its network address: see `accountOf` in quota.ts. */
  readonly address: string
  /** Id of the visit (a browser's HTTP session), which all its connections share. */
  readonly visit: string
  /** Whether it presented the link's token itself in place of a session of its own. */
  readonly bearer: boolean
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null
}

/** A reader that could not keep up. It is sent nothing until its buffer has drained, and then one catch-up. */
interface Behind {
  /** State vector of what was sent to it last, encoded. */
  readonly vector: Uint8Array
  /** When its buffer last shrank (monotonic milliseconds), and to how many bytes. */
  progressAt: number
  buffered: number
  /** Whether a catch-up waits in the room's queue. */
  queued: boolean
}

/** An awareness frame of one byte that says: no clients. */
const PULSE = new Uint8Array([FRAME.awareness, 1, 0])

/**
 * One connection to a room, and what the room knows of its other end.
 *
 * Submits are numbered from 1 within an *attempt*. After a refusal nothing more of the same attempt is applied; the
 * client takes the refused words out, sends `resume`, and numbers from 1 again.
 */
export class Session {
  readonly id: SessionId
  readonly visitor: Visitor
  readonly bucket: Bucket
  readonly #refusals: Bucket
  actor: Actor
  /** Whether it has sent `hello`, so that it understands frames beyond the y-websocket protocol. */
  greeted = false
  /** The protocol version of its `hello`; 0 before that. */
  version = 0
  /** Whether it has been sent the document. From then on it is sent every commit. */
  subscribed = false
  /** `left`: the other end closed it. `ended`: the server closed it, and applies no more of its updates. */
  state: 'open' | 'left' | 'ended' = 'open'
  /** The number of the last submit received in this attempt. */
  submitted = 0
  /** Number of times it has sent `resume`. */
  attempt = 0
  /** The attempt that was refused last; nothing more of it is applied. Null when none was. */
  refused: number | null = null
  /** Bytes of this session's updates that wait in the room's queue. */
  queuedBytes = 0
  caret: Caret | null = null
  behind: Behind | null = null

  readonly #socket: RoomSocket
  readonly #limits: Limits
  /** Bytes of the largest document sent to it, which may be in the buffer beside what the limits allow. */
  #allowance = 0

  constructor(id: SessionId, visitor: Visitor, socket: RoomSocket, limits: Limits, now: number) {
    this.id = id
    this.visitor = visitor
    this.actor = visitor.actor
    this.bucket = new Bucket(limits.frameBurst, limits.framesPerSecond, now)
    this.#refusals = new Bucket(limits.refusalBurst, limits.refusalsPerSecond, now)
    this.#socket = socket
    this.#limits = limits
  }

  /** The invitation and address that are charged for serving it. */
  get payer(): Payer {
    return this.visitor
  }

  /** Sends a small frame that must not be lost, also to a reader that is behind. */
  send(frame: ServerFrame): void {
    this.#send(encodeFrame(frame))
  }

  /** Sends the frames that bring the reader to the committed state. Their size is allowed for in the buffer's limit. */
  sendDocument(frames: readonly Uint8Array[]): void {
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0)
    this.#allowance = Math.max(this.#allowance, bytes)
    for (const frame of frames) this.#send(frame)
  }

  /** Whether the buffer holds so much that nothing more should be queued. */
  get full(): boolean {
    return this.#socket.bufferedAmount > this.#limits.slowBytes
  }

  /** Whether the buffer exceeds every limit: the other end sends requests and does not read the answers. */
  get overloaded(): boolean {
    return this.#socket.bufferedAmount > this.#limits.overloadedBytes + this.#allowance
  }

  /** Sends an empty awareness update, which keeps a stock y-websocket client from closing the connection. */
  pulse(): void {
    if (!this.behind) this.#send(PULSE)
  }

  /** Sends a broadcast frame, unless the reader is behind. */
  follow(frame: Uint8Array): void {
    if (!this.behind) this.#send(frame)
  }

  /** Call after a broadcast: marks the reader as behind, as of state vector `vector()`, when its buffer is too full. */
  measure(now: number, vector: () => Uint8Array): void {
    const buffered = this.#socket.bufferedAmount
    if (!this.behind && buffered > this.#limits.slowBytes)
      this.behind = { vector: vector(), progressAt: now, buffered, queued: false }
  }

  /** What to do with a reader that is behind: wait, catch it up, or close it. */
  progress(now: number): 'wait' | 'catch-up' | 'overloaded' {
    const { behind } = this
    if (!behind) return 'wait'
    const buffered = this.#socket.bufferedAmount
    if (this.overloaded) return 'overloaded'
    if (buffered <= this.#limits.caughtUpBytes) return behind.queued ? 'wait' : 'catch-up'
    if (buffered < behind.buffered) {
      behind.progressAt = now
      behind.buffered = buffered
    }
    return now - behind.progressAt > this.#limits.stalledAfter ? 'overloaded' : 'wait'
  }

  /** Counts a refusal. False when there were so many that they cannot all be races with other writers. */
  mayRace(now: number): boolean {
    return this.#refusals.take(now, 1)
  }

  /** Begins a new attempt: the client has taken the refused words out and numbers its submits from 1 again. */
  resume(): void {
    this.attempt++
    this.submitted = 0
  }

  /** Closes the socket. Does nothing when the session is not open any more. */
  end(reason: CloseReason): void {
    if (this.state !== 'open') return
    this.state = 'ended'
    this.#socket.close(reason)
  }

  #send(frame: Uint8Array): void {
    if (this.state === 'open') this.#socket.send(frame)
  }
}
