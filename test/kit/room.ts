import * as Y from 'yjs'
import { onTestFinished } from 'vitest'
import { openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import type { DocumentId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import { participantOf, type Actor } from '#shared/model/participant.ts'
import type { Role } from '#shared/model/role.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { decodeServerFrame, encodeFrame, type ClientFrame, type ServerFrame } from '#shared/protocol/wire.ts'
import { importDraft } from '#server/operate/documents.ts'
import { DEFAULT_LIMITS, type Limits } from '#server/room/limits/limits.ts'
import { Quotas } from '#server/room/limits/quota.ts'
import { Registry, type Connection } from '#server/room/registry.ts'
import { aliasMaker } from '#server/room/round.ts'
import type { RoomProblem } from '#server/room/options.ts'
import type { Visitor } from '#server/room/session/session.ts'
import type { RoomSocket } from '#server/room/session/socket.ts'
import { StoreError, type Append, type Appended, type Store } from '#server/store/port.ts'
import { openSqliteStore } from '#server/store/sqlite/sqlite.ts'
import { documentWorkIn, openBackgroundWork } from '#server/work/background-work.ts'
import { plainDraft } from './drafts.ts'
import { FakeTime } from './fake-time.ts'
import { temporaryFolder } from './places.ts'
import { proposeInsertion, typeInto } from './proposing.ts'
import { Random } from './random.ts'
import { until } from './until.ts'

/** A room with a real store, sockets delivered by hand, and time that passes when told. */

/** A store whose commits can be held back or made to fail, and whose loads are counted. */
export interface HeldStore extends Store {
  /** Holds every append from now on until let go. */
  hold(): void
  letGo(): void
  failNext(): void
  /** The disk takes nothing from now on, or again. */
  fill(): void
  makeRoom(): void
  /** Appends that wait. */
  readonly waiting: number
  readonly loads: number
}

function heldStore(store: Store): HeldStore {
  let gate: { open: () => void; opened: Promise<void> } | null = null
  let failing = false
  let full = false
  let waiting = 0
  let loads = 0
  const append = async (request: Append): Promise<Appended> => {
    waiting++
    await gate?.opened
    waiting--
    if (failing) {
      failing = false
      throw new Error('the disk is full')
    }
    unlessFull()
    return store.append(request)
  }
  const unlessFull = () => {
    if (full) throw new StoreError('unwritable', "Not saved: the server's disk is full.")
  }
  const written = async <T>(write: () => Promise<T>): Promise<T> => {
    unlessFull()
    return write()
  }
  return {
    ...store,
    append,
    createDocument: (document) => written(() => store.createDocument(document)),
    snapshot: (id) => written(() => store.snapshot(id)),
    addInvitation: (invitation) => written(() => store.addInvitation(invitation)),
    noteFollowed: (invitation, at) => written(() => store.noteFollowed(invitation, at)),
    addVisit: (visit) => written(() => store.addVisit(visit)),
    nameVisit: (hash, name) => written(() => store.nameVisit(hash, name)),
    endVisit: (hash) => written(() => store.endVisit(hash)),
    look: (looker, at) => written(() => store.look(looker, at)),
    probe: () => written(() => store.probe()),
    load: (id) => {
      loads++
      return store.load(id)
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = { open: resolve, opened: promise }
    },
    letGo: () => {
      const held = gate
      gate = null
      held?.open()
    },
    fill: () => {
      full = true
    },
    makeRoom: () => {
      full = false
    },
    failNext: () => {
      failing = true
    },
    get waiting() {
      return waiting
    },
    get loads() {
      return loads
    },
  }
}

export interface Furnishing {
  readonly limits?: Partial<Limits>
  readonly snapshotEvery?: number
  /** Takes the place of the event loop where a room lets others have a turn. */
  readonly nextTurn?: () => Promise<void>
}

export class House {
  readonly folder: string
  readonly store: HeldStore
  readonly time = new FakeTime()
  readonly random = new Random(7)
  readonly work = openBackgroundWork()
  readonly limits: Limits
  readonly quotas: Quotas
  readonly registry: Registry
  readonly problems: RoomProblem[] = []
  readonly document: DocumentId
  readonly #nextTurn: (() => Promise<void>) | undefined
  #people = 0

  private constructor(
    folder: string,
    store: HeldStore,
    document: DocumentId,
    limits: Limits,
    { snapshotEvery = 500, nextTurn }: Furnishing,
  ) {
    this.#nextTurn = nextTurn
    this.folder = folder
    this.store = store
    this.document = document
    this.limits = limits
    this.quotas = new Quotas(limits, this.time)
    this.registry = this.anotherRegistry(store, limits, snapshotEvery)
  }

  static async open(options: Furnishing = {}): Promise<House> {
    const folder = temporaryFolder()
    const store = heldStore(await openSqliteStore(folder))
    onTestFinished(() => store.close())
    const random = new Random(3)
    const making = { store, random: (n: number) => random.bytes(n), now: 1, actor: 'server' as const }
    const made = await importDraft(making, plainDraft(4))
    const limits = { ...DEFAULT_LIMITS, ...options.limits }
    const house = new House(folder, store, made.id, limits, options)
    onTestFinished(() => house.work.close())
    return house
  }

  /** A second server's rooms over the same database. */
  anotherRegistry(store: Store, limits: Limits = DEFAULT_LIMITS, snapshotEvery = 500): Registry {
    return new Registry({
      store,
      quotas: this.quotas,
      clock: this.time,
      limits,
      random: (length) => this.random.bytes(length),
      aliases: aliasMaker(new Uint8Array(32)),
      away: documentWorkIn(this.work),
      snapshotEvery,
      ...(this.#nextTurn ? { nextTurn: this.#nextTurn } : {}),
      report: (problem) => this.problems.push(problem),
    })
  }

  actor(role: Role, participant: string | null = null): Actor {
    const number = ++this.#people
    return {
      person: `person${number}` as PersonId,
      name: `Person ${number}`,
      role,
      participant: participantOf(role, participant as ParticipantId | null),
    }
  }

  visitor(actor: Actor, invitation = 'invitation'): Visitor {
    return {
      actor,
      invitation,
      address: 'here',
      visit: `visit-${actor.person}`,
      bearer: false,
      expiresAt: null,
    }
  }

  /** Somebody whose socket is open; nothing is said yet. */
  async arrive(visitor: Visitor, registry: Registry = this.registry): Promise<Guest> {
    const socket = new HandSocket()
    const connection = await registry.connect(this.document, visitor, socket)
    if (typeof connection === 'string') throw new Error(`not let in: ${connection}`)
    return new Guest(visitor.actor, socket, connection, this.random)
  }

  /** Somebody who follows the document. */
  async join(actor: Actor, registry: Registry = this.registry): Promise<Guest> {
    const guest = await this.arrive(this.visitor(actor), registry)
    guest.hello()
    guest.follow()
    await until('the document', () => guest.socket.of('sync-step2').length > 0)
    return guest
  }
}

export class HandSocket implements RoomSocket {
  readonly frames: ServerFrame[] = []
  readonly raw: Uint8Array[] = []
  closed: CloseReason | null = null
  bufferedAmount = 0
  onFrame: (frame: ServerFrame) => void = () => {}

  send(bytes: Uint8Array): void {
    if (this.closed) throw new Error('sent to a closed socket')
    this.raw.push(bytes)
    const frame = decodeServerFrame(bytes)
    if (!frame) return
    this.frames.push(frame)
    this.onFrame(frame)
  }

  close(reason: CloseReason): void {
    this.closed = reason
  }

  of<T extends ServerFrame['type']>(type: T): Extract<ServerFrame, { type: T }>[] {
    return this.frames.filter((frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type)
  }
}

/** One end of a socket, with a document that follows what comes and sends what is changed. */
export class Guest {
  readonly actor: Actor
  readonly socket: HandSocket
  readonly connection: Connection
  readonly od: OutcomeDocument = openDocument(new Y.Doc())
  readonly #random: Random
  #submits = 0

  constructor(actor: Actor, socket: HandSocket, connection: Connection, random: Random) {
    this.actor = actor
    this.socket = socket
    this.connection = connection
    this.#random = random
    socket.onFrame = (frame) => {
      if (frame.type === 'sync-step2' || frame.type === 'sync-update')
        Y.applyUpdate(this.od.doc, frame.update, this)
    }
    this.od.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.submit(update)
    })
  }

  say(frame: Exclude<ClientFrame, { type: 'ignored' }>): void {
    this.connection.receive(encodeFrame(frame))
  }

  hello(version = 1): void {
    this.say({ type: 'hello', version })
  }

  /** After a refusal: what is submitted now is numbered anew. */
  resume(): void {
    this.#submits = 0
    this.say({ type: 'resume' })
  }

  follow(): void {
    this.say({ type: 'sync-step1', stateVector: Y.encodeStateVector(this.od.doc) })
  }

  submit(update: Uint8Array): number {
    this.say({ type: 'submit', number: ++this.#submits, update })
    return this.#submits
  }

  get submits(): number {
    return this.#submits
  }

  get acknowledged(): number {
    return this.socket.of('acknowledged').at(-1)?.number ?? 0
  }

  propose(text: string, paragraph = 0): ProposalId {
    return proposeInsertion(this.od, this.actor, paragraph, text, (n) => this.#random.bytes(n))
  }

  type(id: ProposalId, text: string): void {
    typeInto(this.od, id, text)
  }

  /** Everything sent so far is durable. */
  async saved(): Promise<void> {
    await until('the acknowledgement', () => this.acknowledged === this.#submits)
  }
}
