import * as Y from 'yjs'
import type { ParticipantId, PersonId } from '#shared/model/ids.ts'
import { CLOSE, isPermanent } from '#shared/protocol/close.ts'
import { isRace } from '#shared/protocol/refusal.ts'
import type { Caret, ServerFrame, Welcome } from '#shared/protocol/wire.ts'
import { decodeServerFrame, encodeFrame, FRAME_LIMIT, PROTOCOL_VERSION } from '#shared/protocol/wire.ts'
import { retryDelay } from './backoff.ts'
import { CaretSender } from './caret-sender.ts'
import type { ConnectionEvents, ConnectionState, NetEnvironment, RefusalNotice } from './connection-state.ts'
import type { Greeted } from './greeting.ts'
import { Greeting } from './greeting.ts'
import type { Ledger } from './ledger.ts'
import { FROM_SERVER, isNetOrigin } from './origins.ts'
import { Outbox } from './outbox.ts'
import type { Signal } from './signals.ts'
import type { Socket } from './socket.ts'
import type { ConnectionStatus, StopReason } from './status.ts'
import { closeReason, sameStatus } from './status.ts'
import { isOutdated } from './host-changes.ts'
import { unsentUpdate, vectorOf } from './unsent.ts'
import type { Cancel } from './timers.ts'
import type { Value, Watched } from './watched.ts'
import { createValue } from './watched.ts'
import { Watchdog } from './watchdog.ts'

/** From asking for a socket to having one. */
const OPEN_LIMIT = 20_000
/** From having one to being synchronised: a large document on a hotel's line takes its time. */
export const GREETING_LIMIT = 120_000

export interface ConnectionOptions {
  readonly doc: Y.Doc
  readonly ledger: Ledger
  readonly url: string
  /** Whose work is in `doc`: it is not sent under anybody else's session. */
  readonly person: PersonId
  /** Under which name that work is written, in an unattributed round. */
  readonly alias: ParticipantId | undefined
  readonly environment: NetEnvironment
  readonly events: ConnectionEvents
}

type Syncing = Extract<ConnectionState, { kind: 'syncing' }>

/**
 * One document's connection to the server, over as many sockets as it takes.
 *
 *     client                                   server
 *       ── hello, sync-step1 ──────────────────▶
 *       ◀── welcome, sync-step2, sync-step1 ────     committed state only
 *       ── submit 1: what the server lacks ────▶     left out when that is nothing
 *       ── submit 2, 3 … (typing) ─────────────▶
 *       ◀── acknowledged 3 ─────────────────────     after the commit: now it is saved
 *       ── submit 4, 5 ────────────────────────▶
 *       ◀── refused 4 ──────────────────────────     it was decided meanwhile; 5 is not taken either
 *       ── resume ─────────────────────────────▶
 *       ── submit 1: the rest of 4 and 5 ──────▶     as another document has it, see rebase-unsent.ts
 *
 * Nothing in flight is remembered over a reconnect: the document has it, the ledger does not, and what is to be sent
 * is the difference of the two.
 */
export class Connection {
  readonly status: Watched<ConnectionStatus>
  readonly #options: ConnectionOptions
  readonly #status: Value<ConnectionStatus>
  readonly #caret: CaretSender
  readonly #unsubscribe: () => void
  #doc: Y.Doc
  #state: ConnectionState = { kind: 'idle' }
  /** Rises with every change of socket; an event of an older one is nobody's. */
  #turn = 0
  #attempt = 0
  /** While not live: whether the document may have something that the server lacks. */
  #dirty = false
  /** The server's disk took nothing when something was sent last. */
  #unwritable = false
  #cancelRefusal: Cancel = () => undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#doc = options.doc
    this.#status = createValue<ConnectionStatus>({ connection: 'connecting', unsaved: false })
    this.status = this.#status
    this.#caret = new CaretSender(options.environment.timers, this.#sendCaret)
    this.#unsubscribe = options.environment.signals.subscribe(this.#onSignal)
    options.doc.on('update', this.#onUpdate)
  }

  /** Looks at what was loaded into the document before; then connects. */
  start(): void {
    if (this.#state.kind !== 'idle') return
    this.#dirty ||= this.#unsent() !== null
    this.#connect()
  }

  /** Begins anew with a fresh socket, for instance after something was put into the document from the store. */
  restart(): void {
    if (this.#state.kind === 'idle' || this.#state.kind === 'stopped') return
    this.#dirty ||= this.#unsent() !== null
    this.#attempt = 0
    this.#connect()
  }

  /** With another document, which holds what the server has and what it is to be sent. */
  resume(doc: Y.Doc): void {
    this.#doc.off('update', this.#onUpdate)
    this.#doc = doc
    doc.on('update', this.#onUpdate)
    this.#dirty = this.#unsent() !== null
    if (this.#state.kind !== 'halted') return
    const { socket, watchdog } = this.#state
    socket.send(encodeFrame({ type: 'resume' }))
    this.#submitFrom(socket, watchdog)
  }

  /** What the server has now, for whoever cannot tell why something was refused. */
  askForNews(): void {
    if (this.#state.kind === 'halted') this.#ask(this.#state.socket)
  }

  /** Nothing more is sent or heard. */
  stop(): void {
    this.#stop('refused')
  }

  sendCaret(caret: Caret | null): void {
    this.#caret.move(caret)
  }

  dispose(): void {
    this.#leave()
    this.#state = { kind: 'stopped', reason: 'going-away' }
    this.#unsubscribe()
    this.#cancelRefusal()
    this.#caret.stop()
    this.#doc.off('update', this.#onUpdate)
  }

  #connect(): void {
    this.#leave()
    const { openSocket, timers } = this.#options.environment
    const turn = this.#turn
    const ifCurrent = (run: () => void) => {
      if (turn === this.#turn) run()
    }
    try {
      const socket = openSocket(this.#options.url, {
        opened: () => ifCurrent(() => this.#onOpened()),
        received: (frame) => ifCurrent(() => this.#onFrame(frame)),
        closed: (code) => ifCurrent(() => this.#onClosed(code)),
      })
      const giveUp = timers.after(OPEN_LIMIT, () => this.#retryLater())
      this.#enter({ kind: 'connecting', socket, giveUp })
    } catch {
      this.#retryLater()
    }
  }

  #onOpened(): void {
    if (this.#state.kind !== 'connecting') return
    const { socket } = this.#state
    this.#state.giveUp()
    const giveUp = this.#options.environment.timers.after(GREETING_LIMIT, () => this.#retryLater())
    this.#enter({ kind: 'syncing', socket, giveUp, greeting: new Greeting() })
    socket.send(encodeFrame({ type: 'hello', version: PROTOCOL_VERSION }))
    this.#ask(socket)
  }

  #onClosed(code: number): void {
    this.#unwritable ||= code === CLOSE.unwritable.code
    if (!isPermanent(code)) return this.#retryLater()
    const reason = closeReason(code)
    // A client that could not say what it had to say would be cut off again after every reload: its words are
    // salvaged as after a refusal.
    const unusable = reason === 'refused' || reason === 'malformed' || reason === 'oversize'
    this.#stop(reason)
    if (unusable && this.#dirty)
      this.#options.events.refused({
        code: reason,
        message: 'The server did not take what was written here.',
      })
  }

  #onFrame(bytes: Uint8Array): void {
    let frame: ServerFrame | null
    try {
      frame = decodeServerFrame(bytes)
    } catch {
      return this.#retryLater()
    }
    if (this.#state.kind === 'live' || this.#state.kind === 'halted') this.#state.watchdog.heard()
    if (frame !== null) this.#onServer(frame)
  }

  #onServer(frame: ServerFrame): void {
    if (this.#state.kind === 'syncing' && this.#state.greeting.take(frame)) {
      const greeted = this.#state.greeting.complete()
      if (greeted) this.#onGreeted(this.#state, greeted)
      return
    }
    switch (frame.type) {
      case 'sync-step2':
        this.#take(frame.update)
        if (this.#state.kind === 'halted') this.#options.events.raced(this.#state.notice)
        return
      case 'sync-update':
        return this.#take(frame.update)
      case 'acknowledged':
        return this.#onAcknowledged(frame.number)
      case 'refused':
        return this.#onRefused({ code: frame.code, message: frame.message })
      case 'presence':
        return this.#options.events.presence(frame.present)
      case 'welcome':
      case 'sync-step1':
        // Of the greeting; the server repeats its vector with every answer.
        return
    }
  }

  #onGreeted({ socket, giveUp }: Syncing, { welcome, clocks, updates }: Greeted): void {
    const { ledger, person, alias, events } = this.#options
    if (welcome.actor.person !== person) return this.#stop('other-person')
    if (welcome.actor.alias !== alias) {
      this.#stop('refused')
      return events.newRound(welcome.actor.alias)
    }
    if (!ledger.isWithin(clocks)) {
      this.#stop('refused')
      return events.diverged(clocks)
    }
    ledger.raise(clocks)
    for (const update of updates) this.#take(update)
    if (isOutdated(this.#doc, ledger)) events.outdated(welcome.actor)
    if (this.#state.kind !== 'syncing') return
    giveUp()
    this.#goLive(socket, welcome)
  }

  #goLive(socket: Socket, welcome: Welcome): void {
    const watchdog = new Watchdog(
      this.#options.environment.timers,
      () => this.#ask(socket),
      () => this.#retryLater(),
    )
    this.#attempt = 0
    this.#submitFrom(socket, watchdog)
    this.#caret.reconnected()
    this.#options.events.live(welcome.actor)
  }

  /** Sends what the server lacks, and from now on whatever is done here. */
  #submitFrom(socket: Socket, watchdog: Watchdog): void {
    const outbox = new Outbox()
    const unsent = this.#unsent()
    if (unsent) outbox.push(unsent)
    this.#dirty = false
    this.#enter({ kind: 'live', socket, outbox, watchdog })
    this.#flush()
  }

  #take(update: Uint8Array): void {
    this.#options.ledger.add(update)
    this.#options.events.durable(update)
    Y.applyUpdate(this.#doc, update, FROM_SERVER)
  }

  #onAcknowledged(number: number): void {
    this.#unwritable = false
    if (this.#state.kind !== 'live') return
    for (const update of this.#state.outbox.acknowledge(number)) {
      this.#options.ledger.add(update)
      this.#options.events.durable(update)
    }
    this.#flush()
    this.#report()
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (isNetOrigin(origin)) return
    this.#options.events.local(update)
    if (this.#state.kind === 'live') {
      this.#state.outbox.push(update)
      this.#flush()
    } else {
      this.#dirty = true
    }
    this.#report()
  }

  #flush(): void {
    while (this.#state.kind === 'live') {
      const submit = this.#state.outbox.next()
      if (submit === null) return
      const frame = encodeFrame({ type: 'submit', ...submit })
      if (frame.length > FRAME_LIMIT) return this.#refuseOwn(OVERSIZE)
      this.#state.socket.send(frame)
    }
  }

  #onRefused(notice: RefusalNotice): void {
    if (this.#state.kind !== 'live') return
    if (!isRace(notice.code)) {
      this.#stop('refused')
      return this.#options.events.refused(notice)
    }
    const { socket, watchdog } = this.#state
    this.#dirty = true
    this.#enter({ kind: 'halted', socket, watchdog, notice })
    this.#options.events.raced(notice)
  }

  /** Not at once: this may be inside the very transaction whose document a refusal takes away. */
  #refuseOwn(notice: RefusalNotice): void {
    this.#stop('oversize')
    this.#cancelRefusal = this.#options.environment.timers.after(0, () =>
      this.#options.events.refused(notice),
    )
  }

  readonly #sendCaret = (caret: Caret | null): boolean => {
    if (this.#state.kind !== 'live') return false
    this.#state.socket.send(encodeFrame({ type: 'caret', caret }))
    return true
  }

  /** Serves as the watchdog's question too: the one every server answers, and its answer mends what was missed. */
  #ask(socket: Socket): void {
    const stateVector = vectorOf(this.#doc, this.#options.ledger)
    socket.send(encodeFrame({ type: 'sync-step1', stateVector }))
  }

  readonly #onSignal = (signal: Signal): void => {
    switch (this.#state.kind) {
      case 'offline':
        if (signal === 'offline') return
        this.#attempt = 0
        return this.#connect()
      case 'live':
      case 'halted':
        return this.#state.watchdog.suspect()
      case 'connecting':
      case 'syncing':
        // What was begun over the old network may hang for long.
        if (signal === 'online') this.#connect()
        return
      case 'idle':
      case 'stopped':
        return
    }
  }

  #retryLater(): void {
    this.#leave()
    const { timers, random } = this.#options.environment
    const delay = retryDelay(this.#attempt++, random)
    const cancel = timers.after(delay, () => this.#connect())
    this.#enter({ kind: 'offline', retryAt: timers.now() + delay, cancel })
  }

  #stop(reason: StopReason): void {
    this.#leave()
    this.#enter({ kind: 'stopped', reason })
  }

  /** Ends the present state: its socket and timers are gone, what was in flight is merely in the document. */
  #leave(): void {
    this.#turn++
    const state = this.#state
    switch (state.kind) {
      case 'connecting':
      case 'syncing':
        state.giveUp()
        state.socket.close()
        break
      case 'live':
        state.watchdog.stop()
        this.#dirty ||= !state.outbox.empty
        state.socket.close()
        this.#state = { kind: 'idle' }
        this.#options.events.presence([])
        break
      case 'halted':
        state.watchdog.stop()
        state.socket.close()
        this.#state = { kind: 'idle' }
        this.#options.events.presence([])
        break
      case 'offline':
        state.cancel()
        break
      case 'idle':
      case 'stopped':
        break
    }
  }

  #enter(state: ConnectionState): void {
    this.#state = state
    this.#report()
  }

  #unsent(): Uint8Array | null {
    return unsentUpdate(this.#doc, this.#options.ledger)
  }

  #report(): void {
    const described = this.#describe(this.#state)
    const next = this.#unwritable && described.unsaved ? { ...described, unwritable: true } : described
    if (!sameStatus(next, this.#status.get())) this.#status.set(next)
  }

  #describe(state: ConnectionState): ConnectionStatus {
    const unsaved = this.#dirty
    switch (state.kind) {
      case 'idle':
      case 'connecting':
      case 'syncing':
        // A retry that may well fail again must not make "offline" flicker.
        return { connection: this.#attempt > 0 ? 'offline' : 'connecting', unsaved }
      case 'live':
        return { connection: 'online', unsaved: !state.outbox.empty }
      case 'halted':
        return { connection: 'online', unsaved: true }
      case 'offline':
        return { connection: 'offline', unsaved, retryAt: state.retryAt }
      case 'stopped':
        return { connection: 'stopped', unsaved, reason: state.reason }
    }
  }
}

const OVERSIZE: RefusalNotice = {
  code: 'oversize',
  message: 'What was written here is too large to be sent at once.',
}
