import type { DocumentId } from '#shared/model/ids.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { EncodedDocument } from '../work/jobs.ts'
import { loadLive } from './live.ts'
import { Room, type RoomOptions } from './room.ts'
import type { Session, Visitor } from './session.ts'
import type { RoomSocket } from './socket.ts'
import type { CommandRequest, CommandAnswer, OwnWork } from './work.ts'

/** A connection as its transport drives it. */
export interface Connection {
  receive(frame: Uint8Array): void
  left(): void
}

/** A room without anybody in it is kept so long, milliseconds. */
const KEPT_IDLE = 60_000
/** Between looks for links that were revoked (perhaps by another process) or have expired, milliseconds. */
const SWEEP = 1_000
/** Between looks for documents in which the server has something to do by itself, milliseconds. */
const DUE_LOOK = 5_000

/** The rooms in memory: each document is loaded once, however many come at the same time. */
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

  /** From now on the server does what is due, also in documents that nobody has open. */
  watch(): void {
    if (this.#closing) return
    this.#attending = this.#attending.then(() => this.#attendDue())
    this.#cancelWatch = this.#options.clock.after(DUE_LOOK, () => this.watch())
  }

  /** To be loaded is enough: a room does what is due at once. Never rejects. */
  async #attendDue(): Promise<void> {
    const { store, clock, report } = this.#options
    // A store that fails now is reported by the next append; the look comes again.
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

  /** A reason not to, when the connection cannot be had. */
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

  /** Null when there is no such document. */
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

  /** A look at the committed state; null when there is no such document. */
  async read<T>(document: DocumentId, look: (od: OutcomeDocument) => T): Promise<T | null> {
    const room = await this.#room(document)
    return room ? room.read(look) : null
  }

  /** {@link Room.encoded}; null when there is no such document. */
  async encoded(document: DocumentId): Promise<(EncodedDocument & { readonly sequence: number }) | null> {
    const room = await this.#room(document)
    return room ? room.encoded() : null
  }

  rename(visit: string, name: string): void {
    for (const room of this.#open) room.rename(visit, name)
  }

  /** Closes the connections for which this is so. */
  end(reason: CloseReason, which: (visitor: Visitor) => boolean): void {
    for (const { room, session } of this.#everybody()) if (which(session.visitor)) room.end(session, reason)
  }

  /** Makes everything durable and lets everybody go. */
  async close(): Promise<void> {
    this.#closing = true
    this.#cancelSweep?.()
    this.#cancelWatch?.()
    await this.#attending
    await Promise.allSettled([...this.#rooms.values()].map(async (room) => (await room)?.close('going-away')))
  }

  /** The callers use the room before anything else can run, so that it cannot be unloaded in between. */
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
      // Retired at once, as it has nothing to flush; the snapshot is made behind it.
      void room.close('going-away')
    })
  }

  #sweepLater(): void {
    if (this.#closing) return
    this.#cancelSweep ??= this.#options.clock.after(SWEEP, () => {
      this.#cancelSweep = null
      this.#sweep().catch(() => {
        // A store that fails now is reported by the next append; the sweep comes again.
      })
      if (this.#open.size > 0) this.#sweepLater()
    })
  }

  async #sweep(): Promise<void> {
    const now = this.#options.clock.now()
    this.end('revoked', (visitor) => visitor.expiresAt !== null && visitor.expiresAt <= now)
    const ids = new Set([...this.#everybody()].map(({ session }) => session.visitor.invitation))
    if (ids.size === 0) return
    const ended = await this.#options.store.endedInvitations([...ids], now)
    if (ended.length > 0) this.end('revoked', (visitor) => ended.includes(visitor.invitation))
  }

  *#everybody(): Iterable<{ room: Room; session: Session }> {
    for (const room of this.#open) for (const session of room.sessions) yield { room, session }
  }
}
