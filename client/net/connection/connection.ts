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
import type { Ledger } from '../unsent/ledger.ts'
import { FROM_SERVER, isNetOrigin } from '../origins.ts'
import { Outbox } from './outbox.ts'
import type { Signal } from '../signals.ts'
import type { Socket } from './socket.ts'
import type { ConnectionStatus, StopReason } from '../status.ts'
import { closeReason, sameStatus } from '../status.ts'
import { isOutdated } from '../unsent/host-changes.ts'
import { unsentUpdate, vectorOf } from '../unsent/unsent.ts'
import type { Cancel } from '../timers.ts'
import type { Value, Observable } from '#client/observable.ts'
import { createValue } from '#client/observable.ts'
import { Watchdog } from './watchdog.ts'

/** Milliseconds for opening a socket. */
const OPEN_LIMIT = 20_000
/**
 * Milliseconds from an open socket to being synchronised; long enough for a large document on a slow line. Exported
 * for tests.
 */
export const GREETING_LIMIT = 120_000

export interface ConnectionOptions {
  readonly doc: Y.Doc
  readonly ledger: Ledger
  readonly url: string
  /** Whose unsent work is in `doc`. It is never sent under another person's session. */
  readonly person: PersonId
  /** The alias under which that work was written; undefined when the round is attributed. */
  readonly alias: ParticipantId | undefined
  readonly environment: NetEnvironment
  readonly events: ConnectionEvents
}

type Syncing = Extract<ConnectionState, { kind: 'syncing' }>

/**
 * One document's connection to the server. It opens a new socket whenever one is lost, until the server closes for
 * good.
 *
 *     client                                   server
 *       ── hello, sync-step1 ──────────────────▶
 *       ◀── welcome, sync-step2, sync-step1 ────     committed state only
 *       ── submit 1: what the server lacks ────▶     left out when that is nothing
 *       ── submit 2, 3 … (typing) ─────────────▶
 *       ◀── acknowledged 3 ─────────────────────     after the commit: now it is saved
 *       ── submit 4, 5 ────────────────────────▶
 *       ◀── refused 4 ──────────────────────────     a race: its place was decided meanwhile; 5 is dropped too
 *       ── resume ─────────────────────────────▶
 *       ── submit 1: the rest of 4 and 5 ──────▶     without what cannot be admitted, see rebase-unsent.ts
 *
 * Invariants:
 *
 * - What is unsent is the difference between the document and the ledger. Submits in flight are therefore not
 *   remembered over a reconnect; they are found again as that difference.
 * - Nothing is sent before the greeting has shown that the server knows this person, this alias, and everything that
 *   the ledger says it holds.
 * - The ledger takes in an update only when the server has sent or acknowledged it.
 * - Events of a socket that was replaced are ignored.
 */
export class Connection {
  readonly status: Observable<ConnectionStatus>
  readonly #options: ConnectionOptions
  readonly #status: Value<ConnectionStatus>
  readonly #caret: CaretSender
  readonly #unsubscribe: () => void
  #doc: Y.Doc
  #state: ConnectionState = { kind: 'idle' }
  /** Counts the sockets. An event of an earlier generation is ignored. */
  #generation = 0
  /** Tries to connect since the last success; decides how long to wait before the next. */
  #attempt = 0
  /** While not live: whether the document may have something that the server lacks. */
  #dirty = false
  /** Whether the last update that was sent could not be stored, because the server's disk is unwritable. */
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

  /** Connects for the first time. The document should hold what is kept on this device by then. */
  start(): void {
    if (this.#state.kind !== 'idle') return
    this.#dirty ||= this.#unsent() !== null
    this.#connect()
  }

  /** Reconnects with a new socket, for instance after stored entries were put into the document. Not after a stop. */
  restart(): void {
    if (this.#state.kind === 'idle' || this.#state.kind === 'stopped') return
    this.#dirty ||= this.#unsent() !== null
    this.#attempt = 0
    this.#connect()
  }

  /**
   * Goes on after `raced` or `outdated` with the given document, which may be the same object. It holds what the server
   * has and the unsent work that the server can take; that work is submitted at once if the connection was halted.
   */
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

  /** While halted: asks for the updates that explain a refusal. `raced` is called again when they have come. */
  requestUpdates(): void {
    if (this.#state.kind === 'halted') this.#ask(this.#state.socket)
  }

  /** Ends the connection for good; the status becomes `stopped`. */
  stop(): void {
    this.#stop('refused')
  }

  /** Sends the own caret, at a limited rate. Null when there is none. */
  sendCaret(caret: Caret | null): void {
    this.#caret.move(caret)
  }

  /** Closes the socket and stops listening to the document, which is not destroyed. */
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
    const generation = this.#generation
    const ifCurrent = (run: () => void) => {
      if (generation === this.#generation) run()
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
    if (!isPermanent(code)) return this.#retryLater(code === CLOSE['new-round'].code)
    const reason = closeReason(code)
    // The server would close again after every reload, because the same unsent update would be sent again. So the
    // unsent words are salvaged, as after a refusal.
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
        this.#applyServerUpdate(frame.update)
        if (this.#state.kind === 'halted') this.#options.events.raced(this.#state.notice)
        return
      case 'sync-update':
        return this.#applyServerUpdate(frame.update)
      case 'acknowledged':
        return this.#onAcknowledged(frame.number)
      case 'refused':
        return this.#onRefused({ code: frame.code, message: frame.message })
      case 'presence':
        return this.#options.events.presence(frame.present)
      case 'welcome':
      case 'sync-step1':
        // Part of the greeting. The server repeats its state vector with each later answer, where it is not needed.
        return
    }
  }

  /** Checks that this server may be sent the unsent work, applies what it has sent, and goes live. */
  #onGreeted({ socket, giveUp }: Syncing, { welcome, clocks, updates }: Greeted): void {
    const { ledger, person, alias, events } = this.#options
    if (welcome.actor.person !== person) return this.#stop('other-person')
    const isNewRound = welcome.actor.alias !== alias
    if (isNewRound || !ledger.isWithin(clocks)) this.#stop('refused')
    if (ledger.isWithin(clocks)) {
      ledger.raise(clocks)
      // Also before a new round: its policy is among the updates, and decides under which name is written.
      for (const update of updates) this.#applyServerUpdate(update)
    } else if (!isNewRound) return events.diverged(clocks)
    if (isNewRound) return events.newRound(welcome.actor)
    if (isOutdated(this.#doc, ledger)) events.outdated(welcome.actor)
    // A listener may have stopped the connection.
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

  /** Enters `live`: submits what the server lacks, and from now on every local update. */
  #submitFrom(socket: Socket, watchdog: Watchdog): void {
    const outbox = new Outbox()
    const unsent = this.#unsent()
    if (unsent) outbox.push(unsent)
    this.#dirty = false
    this.#enter({ kind: 'live', socket, outbox, watchdog })
    this.#flush()
  }

  /** Takes in an update that the server holds durably. */
  #applyServerUpdate(update: Uint8Array): void {
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

  /** Sends waiting submits, as many as may be in flight. */
  #flush(): void {
    while (this.#state.kind === 'live') {
      const submit = this.#state.outbox.next()
      if (submit === null) return
      const frame = encodeFrame({ type: 'submit', ...submit })
      if (frame.length > FRAME_LIMIT) return this.#refuseOwn(OVERSIZE)
      this.#state.socket.send(frame)
    }
  }

  /** After a race the connection waits for `resume`; after any other refusal it stops. */
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

  /**
   * Treats an update that is too large for a frame as refused. The event comes in a later task, because this may run
   * inside a transaction of the document that its listener replaces.
   */
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

  /** Asks for what the server has beyond the ledger. Every server answers this, so it is also the watchdog's probe. */
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
        // A socket that is being opened over the former network may hang until its time-out.
        if (signal === 'online') this.#connect()
        return
      case 'idle':
      case 'stopped':
        return
    }
  }

  /**
   * Gives up the present socket and connects again after a delay (see backoff.ts). `expected`: the server is there, and has
   * closed the socket so that everybody connects anew.
   */
  #retryLater(expected = false): void {
    this.#leave()
    const { timers, random } = this.#options.environment
    const delay = retryDelay(this.#attempt, random)
    if (!expected) this.#attempt++
    const cancel = timers.after(delay, () => this.#connect())
    this.#enter({ kind: 'offline', retryAt: timers.now() + delay, cancel })
  }

  #stop(reason: StopReason): void {
    this.#leave()
    this.#enter({ kind: 'stopped', reason })
  }

  /** Ends the present state with its socket and timers. Submits in flight count as unsent again. */
  #leave(): void {
    this.#generation++
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

  /** During retries the status stays "offline", so that it does not flicker each time one is made. */
  #away(): 'offline' | 'connecting' {
    return this.#attempt > 0 ? 'offline' : 'connecting'
  }

  #describe(state: ConnectionState): ConnectionStatus {
    const unsaved = this.#dirty
    switch (state.kind) {
      case 'idle':
      case 'connecting':
      case 'syncing':
        return { connection: this.#away(), unsaved }
      case 'live':
        return { connection: 'online', unsaved: !state.outbox.empty }
      case 'halted':
        return { connection: 'online', unsaved: true }
      case 'offline':
        return { connection: this.#away(), unsaved, retryAt: state.retryAt }
      case 'stopped':
        return { connection: 'stopped', unsaved, reason: state.reason }
    }
  }
}

const OVERSIZE: RefusalNotice = {
  code: 'oversize',
  message: 'What was written here is too large to be sent at once.',
}
