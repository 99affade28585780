import type { DocumentId } from '#shared/model/ids.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Steps } from '#shared/document/steps.ts'
import type { EncodedDocument } from '../work/jobs.ts'
import { loadLive } from './live/live.ts'
import type { RoomOptions } from './options.ts'
import { Room } from './room.ts'
import type { Session, Visitor } from './session/session.ts'
import type { RoomSocket } from './session/socket.ts'
import type { CommandRequest, CommandAnswer, OwnWork } from './batch/work.ts'

/** A joined connection, for its transport: call `receive` for each frame and `left` once when the socket has closed. */
export interface Connection {
  receive(frame: Uint8Array): void
  left(): void
}

/** Milliseconds for which an empty room stays in memory. */
const KEPT_IDLE = 60_000
/** Milliseconds between checks for links that were revoked, perhaps by another process, or have expired. */
const SWEEP = 1_000
/** Milliseconds between checks for documents in which the server must act by itself. */
const DUE_LOOK = 5_000

/**
 * The rooms in memory. Each document is loaded once, however many callers ask for it at the same time, and at most one
 * room of a document is in use at any time.
 */
export class Registry {
  readonly #options: RoomOptions
  readonly #rooms = new Map<DocumentId, Promise<Room | null>>()
  readonly #open = new Set<Room>()
  #cancelSweep: (() => void) | null = null
  #cancelWatch: (() => void) | null = null
  #attending: Promise<void> = Promise.resolve()
  #closing = false

  constructor(options: RoomOptions) {
    this.#options = options
  }

  /** Starts doing what is due by the clock (a silence period ends), also in documents that nobody has open. */
  watch(): void {
    if (this.#closing) return
    this.#attending = this.#attending.then(() => this.#attendDue())
    this.#cancelWatch = this.#options.clock.after(DUE_LOOK, () => this.watch())
  }

  /** Loads the documents in which something is due; a room does that as soon as it is loaded. Never rejects. */
  async #attendDue(): Promise<void> {
    const { store, clock, report } = this.#options
    // A failing store is reported by the next append, and this check is repeated.
    const due = await store.dueDocuments(clock.now()).catch(() => [])
    for (const document of due) {
      if (this.#closing) return
      try {
        await this.#room(document)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        report({ document, what: 'store-failed', message })
      }
    }
  }

  /** Joins a connection to the document's room. Resolves with a close reason when that is not possible. */
  async connect(
    document: DocumentId,
    visitor: Visitor,
    socket: RoomSocket,
  ): Promise<Connection | CloseReason> {
    const room = await this.#room(document)
    if (this.#closing) return 'going-away'
    if (!room) return 'no-document'
    const { limits } = this.#options
    const windows = [...room.sessions].filter((session) => session.visitor.visit === visitor.visit).length
    if (windows >= (visitor.bearer ? limits.socketsPerBearer : limits.socketsPerVisit)) return 'flood'
    const session = room.join(visitor, socket)
    this.#sweepLater()
    return {
      receive: (frame) => room.receive(session, frame),
      left: () => {
        room.leave(session)
        this.#unloadLater(document, room)
      },
    }
  }

  /** {@link Room.command}; null when there is no such document. */
  async command(document: DocumentId, asked: CommandRequest): Promise<CommandAnswer | null> {
    const room = await this.#room(document)
    return room ? room.command(asked) : null
  }

  /** {@link Room.runExclusive}; false when there is no such document. */
  async runExclusive(
    document: DocumentId,
    run: (od: OutcomeDocument) => Promise<CommandRequest | OwnWork | null>,
  ): Promise<boolean> {
    const room = await this.#room(document)
    await room?.runExclusive(run)
    return room !== null
  }

  /** {@link Room.read}; null when there is no such document. */
  async read<T>(document: DocumentId, look: (od: OutcomeDocument) => T): Promise<T | null> {
    const room = await this.#room(document)
    return room ? room.read(look) : null
  }

  /** {@link Room.readInSteps}; null when there is no such document. */
  async readInSteps<T>(document: DocumentId, look: (od: OutcomeDocument) => Steps<T>): Promise<T | null> {
    const room = await this.#room(document)
    return room ? room.readInSteps(look) : null
  }

  /** {@link Room.encoded}; null when there is no such document. */
  async encoded(document: DocumentId): Promise<(EncodedDocument & { readonly sequence: number }) | null> {
    const room = await this.#room(document)
    return room ? room.encoded() : null
  }

  /** {@link Room.rename}, in all rooms. */
  rename(visit: string, name: string): void {
    for (const room of this.#open) room.rename(visit, name)
  }

  /** {@link Room.revoke}, in all rooms, once the store has it. */
  revoke(invitation: string): void {
    for (const room of this.#open) room.revoke(invitation)
  }

  /** Closes, in all rooms, the connections of the visitors for which `which` is true. */
  end(reason: CloseReason, which: (visitor: Visitor) => boolean): void {
    for (const { room, session } of this.#everybody()) if (which(session.visitor)) room.end(session, reason)
  }

  /** Closes all rooms (see {@link Room.close}). Resolves when everything is durable; never rejects. */
  async close(): Promise<void> {
    this.#closing = true
    this.#cancelSweep?.()
    this.#cancelWatch?.()
    await this.#attending
    await Promise.allSettled([...this.#rooms.values()].map(async (room) => (await room)?.close('going-away')))
  }

  /**
   * The document's room, loaded if necessary; null when there is no such document. Callers must use the room without
   * awaiting anything first, because it could be unloaded meanwhile.
   */
  async #room(document: DocumentId): Promise<Room | null> {
    for (;;) {
      const known = this.#rooms.get(document)
      const loading = known ?? this.#load(document)
      const room = await loading
      if (!room?.retired) return room
      this.#forget(document, loading, room)
    }
  }

  #load(document: DocumentId): Promise<Room | null> {
    const { store, away } = this.#options
    const loading = loadLive(store, document, away).then((live) => {
      if (!live) return null
      const room = new Room(document, live, this.#options)
      this.#open.add(room)
      this.#unloadLater(document, room)
      return room
    })
    this.#rooms.set(document, loading)
    const forget = () => this.#forget(document, loading, null)
    loading.then((room) => room ?? forget(), forget)
    return loading
  }

  #forget(document: DocumentId, loading: Promise<Room | null>, room: Room | null): void {
    if (this.#rooms.get(document) === loading) this.#rooms.delete(document)
    if (room) this.#open.delete(room)
  }

  #unloadLater(document: DocumentId, room: Room): void {
    this.#options.clock.after(KEPT_IDLE, () => {
      if (!this.#open.has(room) || this.#closing || !room.idle) return
      this.#open.delete(room)
      this.#rooms.delete(document)
      // Nothing is queued, so the room is retired before this returns. Its snapshot is made afterwards.
      void room.close('going-away')
    })
  }

  #sweepLater(): void {
    if (this.#closing) return
    this.#cancelSweep ??= this.#options.clock.after(SWEEP, () => {
      this.#cancelSweep = null
      this.#sweep().catch(() => {
        // A failing store is reported by the next append, and the sweep is repeated.
      })
      if (this.#open.size > 0) this.#sweepLater()
    })
  }

  /** Closes the connections whose invitation has expired or was revoked. */
  async #sweep(): Promise<void> {
    const now = this.#options.clock.now()
    this.end('revoked', (visitor) => visitor.expiresAt !== null && visitor.expiresAt <= now)
    const ids = new Set([...this.#everybody()].map(({ session }) => session.visitor.invitation))
    if (ids.size === 0) return
    for (const ended of await this.#options.store.endedInvitations([...ids], now)) this.revoke(ended)
  }

  *#everybody(): Iterable<{ room: Room; session: Session }> {
    for (const room of this.#open) for (const session of room.sessions) yield { room, session }
  }
}
