import * as Y from 'yjs'
import type { SessionId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { CLOSE } from '#shared/protocol/close.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { encodeState } from '#shared/document/updates.ts'
import { isRace } from '#shared/protocol/refusal.ts'
import { decodeClientFrame, encodeFrame } from '#shared/protocol/wire.ts'
import type { Caret, ServerFrame } from '#shared/protocol/wire.ts'
import type { FakeSocket } from './fake-wire.ts'

interface Submitted {
  readonly session: ServerSession
  readonly number: number
  readonly update: Uint8Array
}

interface ServerSession {
  readonly socket: FakeSocket
  /** What the server had when the client first asked. */
  joined: { clocks: Map<number, number>; deleted: ReturnType<typeof Y.createDeleteSet> } | null
  submitted: number
  version: number
  state: 'open' | 'halted' | 'refused' | 'gone'
  /** That submit and all after it are not applied. */
  refusedFrom: number
  readonly carets: (Caret | null)[]
}

export interface FakeServerOptions {
  readonly actor: Actor
  /** Why an update is not taken; null when it is. */
  readonly judge?: (update: Uint8Array) => { code: string; message: string } | null
}

/**
 * As much of the server as a client can tell, on top of Yjs: committed state only, cumulative acknowledgements after
 * the commit, refusals that end a connection. Commits only when told.
 */
export class FakeServer {
  doc = new Y.Doc()
  /** What a client must never do; empty at the end of every test. */
  readonly violations: string[] = []
  readonly sessions: ServerSession[] = []
  readonly #options: FakeServerOptions
  #queue: Submitted[] = []
  /** Refuse on receipt, before what was submitted earlier is committed. */
  refuseEarly = false
  /** With a second tab the refused words may come once more, from there. */
  oneTab = true
  /** How often each update was refused, as far as the client has heard. */
  readonly #refused = new Map<string, number>()

  constructor(options: FakeServerOptions) {
    this.#options = options
  }

  readonly accept = (socket: FakeSocket): void => {
    const session: ServerSession = {
      socket,
      joined: null,
      submitted: 0,
      version: 0,
      state: 'open',
      refusedFrom: Infinity,
      carets: [],
    }
    this.sessions.push(session)
    socket.attach({
      received: (frame) => this.#receive(session, frame),
      gone: () => {
        session.state = 'gone'
      },
    })
  }

  get actor(): Actor {
    return this.#options.actor
  }

  get queued(): number {
    return this.#queue.length
  }

  /** What is queued becomes durable, is acknowledged and shown to everybody else. */
  commit(): void {
    const queue = this.#queue
    this.#queue = []
    for (const { session, number, update } of queue) {
      if (number >= session.refusedFrom) continue
      const refusal = this.#judge(update)
      if (refusal) {
        this.#refuse({ session, number, update }, refusal)
        continue
      }
      Y.applyUpdate(this.doc, update)
      this.#tell(session, { type: 'acknowledged', number })
      for (const other of this.sessions)
        if (other !== session && other.joined) this.#tell(other, { type: 'sync-update', update })
    }
  }

  /** The server's own change: everybody is sent what it wrote and deleted, and no deletion of before. */
  change(run: (doc: Y.Doc) => void): void {
    const updates: Uint8Array[] = []
    const listen = (update: Uint8Array) => updates.push(update)
    this.doc.on('update', listen)
    this.doc.transact(() => run(this.doc))
    this.doc.off('update', listen)
    for (const update of updates)
      for (const session of this.sessions)
        if (session.joined) this.#tell(session, { type: 'sync-update', update })
  }

  /** As after a restart: nobody is connected, what was not committed is lost. */
  crash(): void {
    this.#queue = []
    for (const session of this.sessions) session.socket.drop()
  }

  closeAll(reason: CloseReason): void {
    for (const session of this.sessions)
      if (session.state === 'open') session.socket.closeFromServer(CLOSE[reason].code)
  }

  presence(present: Extract<ServerFrame, { type: 'presence' }>['present']): void {
    for (const session of this.sessions) this.#tell(session, { type: 'presence', present })
  }

  #receive(session: ServerSession, bytes: Uint8Array): void {
    if (session.state !== 'open' && session.state !== 'halted') return
    const frame = decodeClientFrame(bytes)
    switch (frame.type) {
      case 'resume':
        if (session.state !== 'halted') this.violations.push('resumed without a refusal')
        session.state = 'open'
        session.submitted = 0
        session.refusedFrom = Infinity
        return
      case 'hello':
        session.version = frame.version
        return this.#tell(session, {
          type: 'welcome',
          welcome: { session: `s${this.sessions.length}` as SessionId, actor: this.#options.actor },
        })
      case 'sync-step1':
        // The first one counts: what was written since may cross with the news that another tab had sent it.
        session.joined ??= {
          clocks: Y.decodeStateVector(Y.encodeStateVector(this.doc)),
          deleted: Y.createDeleteSetFromStructStore(this.doc.store),
        }
        this.#tell(session, {
          type: 'sync-step2',
          update: encodeState(this.doc, frame.stateVector),
        })
        return this.#tell(session, { type: 'sync-step1', stateVector: Y.encodeStateVector(this.doc) })
      case 'submit':
        return this.#submit(session, frame.number, frame.update)
      case 'caret':
        session.carets.push(frame.caret as Caret | null)
        return
      case 'sync-update':
        this.violations.push('an update outside a submit')
        return
      case 'ignored':
        return
    }
  }

  #submit(session: ServerSession, number: number, update: Uint8Array): void {
    if (session.joined === null) this.violations.push('a submit before the greeting')
    if (number !== session.submitted + 1) this.violations.push(`submit ${number} after ${session.submitted}`)
    session.submitted = number
    if (session.state === 'halted') return
    this.#expectNews(session, update)
    const refusal = this.refuseEarly ? this.#judge(update) : null
    // A socket that stays open is told in order: first what was taken.
    if (refusal && isRace(refusal.code)) this.commit()
    if (refusal) this.#refuse({ session, number, update }, refusal)
    else this.#queue.push({ session, number, update })
  }

  #judge(update: Uint8Array): { code: string; message: string } | null {
    const other = Y.decodeUpdate(update).structs.some((struct) => isOther(this.doc, struct))
    return other ? PUT_ASIDE : (this.#options.judge?.(update) ?? null)
  }

  /** Nothing that the server was known to have, and nothing that it has refused. */
  #expectNews(session: ServerSession, update: Uint8Array): void {
    const { structs, ds } = Y.decodeUpdate(update)
    if (structs.length === 0 && ds.clients.size === 0) this.violations.push('an empty submit')
    // Once more when the line broke before the client could ask why.
    if ((this.#refused.get(contentOf(update)) ?? 0) > 1) this.violations.push('sent again and again')
    for (const { id } of structs)
      if (id.clock < (session.joined?.clocks.get(id.client) ?? 0))
        this.violations.push(`${name(id)} sent again`)
    for (const [client, stretches] of ds.clients)
      for (const { clock } of stretches)
        if (session.joined && Y.isDeleted(session.joined.deleted, Y.createID(client, clock)))
          this.violations.push(`${name({ client, clock })} deleted again`)
  }

  #refuse({ session, number, update }: Submitted, refusal: { code: string; message: string }): void {
    session.refusedFrom = number
    if (session.state === 'gone') return
    const goesOn = session.version > 1 && isRace(refusal.code)
    session.state = goesOn ? 'halted' : 'refused'
    // A client that never heard of the refusal may try once more.
    const heard = () => this.#remember(update)
    session.socket.sendToClient(encodeFrame({ type: 'refused', number, ...refusal }), heard)
    if (!goesOn) session.socket.closeFromServer(CLOSE.refused.code)
  }

  #remember(update: Uint8Array): void {
    if (!this.oneTab) return
    const content = contentOf(update)
    this.#refused.set(content, (this.#refused.get(content) ?? 0) + 1)
  }

  #tell(session: ServerSession, frame: ServerFrame): void {
    if (session.state !== 'gone') session.socket.sendToClient(encodeFrame(frame))
  }
}

const PUT_ASIDE = { code: 'put-aside', message: 'These words have been put aside in another window.' }

/** Whether the document has as void what is said here, or the other way round. */
function isOther(doc: Y.Doc, said: Y.Item | Y.GC | Y.Skip): boolean {
  const { client, clock } = said.id
  const end = Math.min(clock + said.length, Y.getState(doc.store, client))
  const structs = doc.store.clients.get(client) ?? []
  return structs.some(
    (struct) =>
      struct.id.clock < end &&
      struct.id.clock + struct.length > clock &&
      struct instanceof Y.GC !== said instanceof Y.GC,
  )
}

/** What an update says, without what it leaves out of the clocks. */
function contentOf(update: Uint8Array): string {
  const { structs, ds } = Y.decodeUpdate(update)
  const said = structs.filter((struct) => !(struct instanceof Y.GC))
  return JSON.stringify([said.map(({ id, length }) => [name(id), length]), [...ds.clients]])
}

const name = ({ client, clock }: { client: number; clock: number }): string => `${client}:${clock}`
