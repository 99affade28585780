import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Draft } from '#shared/document/drafts.ts'
import type { Steps } from '#shared/document/steps.ts'
import type { Command } from '#shared/model/command.ts'
import type { DocumentId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import { newDocumentId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { decodeServerFrame, encodeFrame } from '#shared/protocol/wire.ts'
import type { Clock } from '#server/room/clock.ts'
import { systemClock } from '#server/room/clock.ts'
import { DEFAULT_LIMITS } from '#server/room/limits/limits.ts'
import { Quotas } from '#server/room/limits/quota.ts'
import type { Connection } from '#server/room/registry.ts'
import { Registry } from '#server/room/registry.ts'
import { aliasMaker } from '#server/room/round.ts'
import { openSqliteStore } from '#server/store/sqlite/sqlite.ts'
import { documentWorkIn, openBackgroundWork } from '#server/work/background-work.ts'
import type { Random } from '#test/kit/random.ts'
import type { Cost } from './pieces.ts'
import { measured, processorTime } from './pieces.ts'

/** What one command or update cost the server's thread, and then a client that follows. */
export interface Step {
  readonly done: boolean
  readonly server: Cost
  /** Milliseconds of processor time: applying it, composing again what it touched, reading the board. */
  readonly follower: number
}

const UNLIMITED = { burst: Infinity, perSecond: 0 }

/** A room as the server has it, over a store of its own, with a facilitator connected and a client that follows. */
export class BenchRoom {
  readonly client: OutcomeDocument
  readonly projection: Projection
  readonly opening: { readonly applied: number; readonly read: number; readonly loaded: Cost }
  readonly chair = actorOf('facilitator', FACILITATORS)
  readonly #registry: Registry
  readonly #document: DocumentId
  readonly #reader: BoardReader
  readonly #received: Uint8Array[]
  readonly #random: Random
  readonly #close: () => Promise<void>
  #keys = 0

  private constructor(parts: {
    registry: Registry
    document: DocumentId
    received: Uint8Array[]
    random: Random
    loaded: Cost
    close: () => Promise<void>
  }) {
    this.#registry = parts.registry
    this.#document = parts.document
    this.#received = parts.received
    this.#random = parts.random
    this.#close = parts.close
    this.client = openDocument(new Y.Doc())
    const opening = processorTime()
    this.#apply()
    const applied = processorTime()
    this.projection = new Projection(this.client, 'all', 'KEN' as ParticipantId)
    this.#reader = new BoardReader(this.projection)
    this.#reader.board()
    this.opening = {
      applied: applied - opening,
      read: processorTime() - applied,
      loaded: parts.loaded,
    }
  }

  /** `ahead()`: milliseconds by which the server's clock is put forward. */
  static async open(od: OutcomeDocument, random: Random, ahead: () => number): Promise<BenchRoom> {
    const folder = mkdtempSync(join(tmpdir(), 'informals-bench-'))
    const store = await openSqliteStore(folder)
    const work = openBackgroundWork()
    const clock: Clock = { ...systemClock, now: () => Date.now() + ahead() }
    const limits = {
      ...DEFAULT_LIMITS,
      frameBurst: Infinity,
      clientsBurst: Infinity,
      proposalsBurst: Infinity,
      bytesBurst: Infinity,
      expenses: {
        frames: UNLIMITED,
        received: UNLIMITED,
        documents: UNLIMITED,
        writes: UNLIMITED,
        work: UNLIMITED,
      },
    }
    const registry = new Registry({
      store,
      quotas: new Quotas(limits, clock),
      clock,
      limits,
      random: (length) => random.bytes(length),
      aliases: aliasMaker(new Uint8Array(32)),
      away: documentWorkIn(work),
      snapshotEvery: 500,
      report: ({ message }) => console.error(message),
    })
    const document = newDocumentId((length) => random.bytes(length))
    const bytes = Y.encodeStateAsUpdate(od.doc)
    await store.createDocument({
      id: document,
      title: 'Bench',
      at: Date.now(),
      actor: 'server',
      bytes,
      client: od.doc.clientID,
    })
    const loaded = await measured(() => registry.read(document, () => null))
    const received: Uint8Array[] = []
    const follower = await connected(registry, document, actorOf('observer', null), (sent) => {
      const frame = decodeServerFrame(sent)
      if (frame?.type === 'sync-step2' || frame?.type === 'sync-update') received.push(frame.update)
    })
    follower.receive(
      encodeFrame({ type: 'sync-step1', stateVector: Y.encodeStateVector(openDocument(new Y.Doc()).doc) }),
    )
    await until(() => received.length > 0)
    const close = async () => {
      await registry.close()
      await work.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    }
    return new BenchRoom({ registry, document, received, random, loaded, close })
  }

  async close(): Promise<void> {
    await this.#close()
  }

  /** The committed document. It must not be changed. */
  async od(): Promise<OutcomeDocument> {
    const od = await this.#registry.read(this.#document, (live) => live)
    if (!od) throw new Error('the document is gone')
    return od
  }

  async command(actor: Actor, command: Command, drafts: readonly Draft[] = []): Promise<Step> {
    const request = { actor, key: `key-${this.#keys++}`, command, drafts }
    let refusal = ''
    const server = await measured(async () => {
      const answer = await this.#registry.command(this.#document, request)
      if (!answer?.ok) refusal = JSON.stringify(answer)
    })
    if (refusal && process.env['SHOW']) console.error(command.kind, refusal)
    return { done: refusal === '', server, follower: this.#follow() }
  }

  /** Sends what `change` does to the client's document as one update, under a new Yjs client id. */
  async update(actor: Actor, change: (od: OutcomeDocument) => void): Promise<Step> {
    const { doc } = this.client
    doc.clientID = new Y.Doc().clientID
    const made: Uint8Array[] = []
    const listen = (update: Uint8Array) => made.push(update)
    doc.on('update', listen)
    doc.transact(() => change(this.client))
    doc.off('update', listen)
    const update = Y.mergeUpdates(made)
    let answer = ''
    const connection = await connected(this.#registry, this.#document, actor, (bytes) => {
      const frame = decodeServerFrame(bytes)
      if (frame?.type === 'acknowledged') answer = 'acknowledged'
      if (frame?.type === 'refused') answer = frame.code
    })
    const frame = encodeFrame({ type: 'submit', number: 1, update })
    const server = await measured(async () => {
      connection.receive(frame)
      await until(() => answer !== '')
    })
    connection.left()
    if (answer !== 'acknowledged' && process.env['SHOW']) console.error(update.length, answer)
    return { done: answer === 'acknowledged', server, follower: this.#follow() }
  }

  /** Reads from the committed document, as a request for data does. */
  async read(look: (od: OutcomeDocument, document: DocumentId) => Steps<unknown>): Promise<Step> {
    const server = await measured(() =>
      this.#registry.readInSteps(this.#document, (od) => look(od, this.#document)),
    )
    return { done: true, server, follower: this.#follow() }
  }

  /** Does what is due at the server's time. */
  async due(): Promise<Step> {
    const server = await measured(() => this.#registry.runExclusive(this.#document, nothingOwn))
    return { done: true, server, follower: this.#follow() }
  }

  bytes = (length: number): Uint8Array => this.#random.bytes(length)

  #follow(): number {
    const start = processorTime()
    this.#apply()
    this.#reader.board()
    return processorTime() - start
  }

  #apply(): void {
    for (const update of this.#received.splice(0)) Y.applyUpdate(this.client.doc, update, 'remote')
  }
}

const nothingOwn = () => Promise.resolve({ kind: 'own', change: () => {} } as const)

export const actorOf = (role: Actor['role'], participant: ParticipantId | null): Actor => ({
  person: `person ${participant}` as PersonId,
  name: `A person of ${participant}`,
  role,
  participant,
})

async function connected(
  registry: Registry,
  document: DocumentId,
  actor: Actor,
  take: (bytes: Uint8Array) => void,
): Promise<Connection> {
  const visitor = {
    actor,
    invitation: `invitation of ${actor.participant}`,
    address: 'here',
    visit: `visit of ${actor.participant}`,
    bearer: true,
    expiresAt: null,
  }
  const socket = { send: take, close: () => {}, bufferedAmount: 0 }
  const connection = await registry.connect(document, visitor, socket)
  if (typeof connection === 'string') throw new Error(connection)
  connection.receive(encodeFrame({ type: 'hello', version: 2 }))
  return connection
}

/** Waits turn by turn, for at most a minute. */
async function until(reached: () => boolean): Promise<void> {
  const end = performance.now() + 60_000
  while (!reached()) {
    if (performance.now() > end) throw new Error('the room does not answer')
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
