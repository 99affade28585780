import * as Y from 'yjs'
import type { SessionId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { CLOSE } from '#shared/protocol/close.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
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
  joined: Uint8Array | null
  submitted: number
  state: 'open' | 'refused' | 'gone'
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

  constructor(options: FakeServerOptions) {
    this.#options = options
  }

  readonly accept = (socket: FakeSocket): void => {
    const session: ServerSession = {
      socket,
      joined: null,
      submitted: 0,
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

  get queued(): number {
    return this.#queue.length
  }

  /** What is queued becomes durable, is acknowledged and shown to everybody else. */
  commit(): void {
    const queue = this.#queue
    this.#queue = []
    for (const { session, number, update } of queue) {
      if (number >= session.refusedFrom) continue
      const refusal = this.#options.judge?.(update) ?? null
      if (refusal) {
        this.#refuse(session, number, refusal)
        continue
      }
      Y.applyUpdate(this.doc, update)
      this.#tell(session, { type: 'acknowledged', number })
      for (const other of this.sessions)
        if (other !== session && other.joined) this.#tell(other, { type: 'sync-update', update })
    }
  }

  /** The server's own change. */
  change(run: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(this.doc)
    this.doc.transact(() => run(this.doc))
    const update = Y.encodeStateAsUpdate(this.doc, before)
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
    if (session.state !== 'open') return
    const frame = decodeClientFrame(bytes)
    switch (frame.type) {
      case 'hello':
        return this.#tell(session, {
          type: 'welcome',
          welcome: { session: `s${this.sessions.length}` as SessionId, actor: this.#options.actor },
        })
      case 'sync-step1':
        // The first one counts: what was written since may cross with the news that another tab had sent it.
        session.joined ??= Y.encodeStateVector(this.doc)
        this.#tell(session, {
          type: 'sync-step2',
          update: Y.encodeStateAsUpdate(this.doc, frame.stateVector),
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
    const { from, to } = Y.parseUpdateMeta(update)
    const had = session.joined ? Y.decodeStateVector(session.joined) : new Map<number, number>()
    for (const [client, clock] of from)
      if (clock < (had.get(client) ?? 0)) this.violations.push(`client ${client} sent ${clock} again`)
    if (to.size === 0 && Y.decodeUpdate(update).ds.clients.size === 0) this.violations.push('an empty submit')
    const refusal = this.refuseEarly ? (this.#options.judge?.(update) ?? null) : null
    if (refusal) this.#refuse(session, number, refusal)
    else this.#queue.push({ session, number, update })
  }

  #refuse(session: ServerSession, number: number, refusal: { code: string; message: string }): void {
    this.#tell(session, { type: 'refused', number, ...refusal })
    session.socket.closeFromServer(CLOSE.refused.code)
    session.refusedFrom = number
    if (session.state === 'open') session.state = 'refused'
  }

  #tell(session: ServerSession, frame: ServerFrame): void {
    if (session.state !== 'gone') session.socket.sendToClient(encodeFrame(frame))
  }
}
