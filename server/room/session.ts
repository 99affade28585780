import type { SessionId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { FRAME, encodeFrame, type Caret, type ServerFrame } from '#shared/protocol/wire.ts'
import { Bucket, type Limits } from './limits.ts'
import type { Payer } from './quota.ts'
import type { RoomSocket } from './socket.ts'

/** Who connects, as the server established it before the room hears of it. */
export interface Visitor {
  readonly actor: Actor
  /** The invitation it came by: revoking that ends the session. */
  readonly invitation: string
  /** Where it comes from: see quota.ts. */
  readonly address: string
  /** The visit (a browser's session); all its connections share it. */
  readonly visit: string
  readonly bearer: boolean
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null
}

/** Where a reader stands that could not keep up: nothing is sent until it has drained, then one catch-up. */
interface Behind {
  /** The state that was sent to it last. */
  readonly vector: Uint8Array
  /** When its buffer last shrank, by the clock that never goes back, and to what. */
  progressAt: number
  buffered: number
  /** A catch-up waits in the room's queue. */
  queued: boolean
}

/** Awareness, one byte long, no clients. */
const PULSE = new Uint8Array([FRAME.awareness, 1, 0])

/** One connection to a room. */
export class Session {
  readonly id: SessionId
  readonly visitor: Visitor
  readonly bucket: Bucket
  readonly #refusals: Bucket
  actor: Actor
  /** Asked for our own frames. */
  greeted = false
  /** Of its `hello`: from 2 on an ordinary race does not end it. */
  version = 0
  /** Has been sent the document, so follows it. */
  subscribed = false
  /** `left`: its other end went. `ended`: we closed it, and nothing it sent is applied any more. */
  state: 'open' | 'left' | 'ended' = 'open'
  /** The number of the last submit received in this attempt. */
  submitted = 0
  /** Rises with each `resume`. */
  attempt = 0
  /** The attempt that was refused last: nothing more of it is applied. Null: none was. */
  refused: number | null = null
  /** Bytes of this session that wait in the room's queue. */
  queuedBytes = 0
  caret: Caret | null = null
  behind: Behind | null = null

  readonly #socket: RoomSocket
  readonly #limits: Limits
  /** The largest document sent whole: it may be in the buffer beside what the limits allow. */
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

  /** On whose account it is served. */
  get payer(): Payer {
    return this.visitor
  }

  /** A frame of ours, small, that must not be lost: sent however slow the reader is. */
  send(frame: ServerFrame): void {
    this.#send(encodeFrame(frame))
  }

  /** The frames with the document whole, or all of it since a state. */
  tellDocument(frames: readonly Uint8Array[]): void {
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0)
    this.#allowance = Math.max(this.#allowance, bytes)
    for (const frame of frames) this.#send(frame)
  }

  /** So much waits to be read that nothing more should be queued. */
  get full(): boolean {
    return this.#socket.bufferedAmount > this.#limits.slowBytes
  }

  /** It asks, and does not read the answers. */
  get overloaded(): boolean {
    return this.#socket.bufferedAmount > this.#limits.hopelessBytes + this.#allowance
  }

  /** An awareness update of nobody: a sign of life that a stock client understands. */
  pulse(): void {
    if (!this.behind) this.#send(PULSE)
  }

  /** A frame to everybody, encoded once. A reader that is behind gets none. */
  follow(frame: Uint8Array): void {
    if (!this.behind) this.#send(frame)
  }

  /** After a broadcast: notes the state it was sent when its buffer is too full for more. */
  measure(now: number, vector: () => Uint8Array): void {
    const buffered = this.#socket.bufferedAmount
    if (!this.behind && buffered > this.#limits.slowBytes)
      this.behind = { vector: vector(), progressAt: now, buffered, queued: false }
  }

  /** What to do about a reader that is behind. */
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

  /** False for whoever is refused so often that it is no race any more. */
  mayRace(now: number): boolean {
    return this.#refusals.take(now, 1)
  }

  /** What comes from now on no longer holds what was refused. */
  resume(): void {
    this.attempt++
    this.submitted = 0
  }

  end(reason: CloseReason): void {
    if (this.state !== 'open') return
    this.state = 'ended'
    this.#socket.close(reason)
  }

  #send(frame: Uint8Array): void {
    if (this.state === 'open') this.#socket.send(frame)
  }
}
