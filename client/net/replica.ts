import * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Caret } from '#shared/protocol/wire.ts'
import { Connection } from './connection/connection.ts'
import type { RefusalNotice } from './connection/connection-state.ts'
import { formerOf, type Former } from './former-document.ts'
import type { Rebased, LocalAdmission } from './unsent/rebase-unsent.ts'
import { addUnsent, rebaseUnsent, serverState } from './unsent/rebase-unsent.ts'
import { Ledger } from './unsent/ledger.ts'
import type { OfflineStore, StoredEntry } from './offline/offline.ts'
import { compacted, restore } from './offline/offline.ts'
import { keepOwnDeletions } from './unsent/own-deletions.ts'
import { salvage, wordless } from './offline/salvage.ts'
import type { SalvagedPiece } from './offline/salvage.ts'
import type { ReplicaOptions } from './replica-options.ts'
import { SalvageStore } from './offline/salvage-store.ts'
import type { ConnectionStatus } from './status.ts'
import { isOutdated, unsentByHost } from './unsent/host-changes.ts'
import type { Cancel } from './timers.ts'
import { createEmitter, createValue } from '#client/observable.ts'

/** Milliseconds to wait for what is kept on this device before connecting without it. */
const LOAD_LIMIT = 1_500
/** Entries in the offline store from which they are merged. */
const COMPACT_AT = 2_000
/** Refusals within {@link REFUSAL_WINDOW} milliseconds after which the replica stops and does not connect again. */
const REFUSAL_LIMIT = 5
const REFUSAL_WINDOW = 60_000

/** A document and its connection. All of it is replaced together, except that a race may replace the document alone. */
interface ConnectedDocument {
  readonly od: OutcomeDocument
  readonly ledger: Ledger
  readonly connection: Connection
  readonly unsubscribe: () => void
}

/**
 * One of the server's Yjs documents on this device: its connection, its offline store, and the words that the server
 * has refused.
 *
 * Invariants:
 *
 * - Refused words are offered in `salvageStore` before they are removed from the document or from the offline store.
 * - A refused update is never sent again: either it was taken out of the document (its clocks became void), or the
 *   document was replaced by one with a new client id.
 * - The document is replaced synchronously. `replacing` is emitted before, so that input still held by the editor is
 *   written into it, and `replaced` right after.
 * - When the whole document must be fetched again, the former one is shown until the new one has arrived. What is
 *   typed in it meanwhile is offered back, or sent again (`rejoin`).
 */
export class Replica {
  readonly ready = createValue(false)
  readonly status = createValue<ConnectionStatus>({ connection: 'connecting', unsaved: false })
  readonly store: OfflineStore
  readonly salvageStore: SalvageStore
  /** Before the document is replaced or rolled back: input still held must be written into it now. */
  readonly replacing = createEmitter()
  /** After refused changes were taken out of the document, which is still the same object. */
  readonly refused = createEmitter()
  /** After the document was replaced, with the new one. */
  readonly replaced = createEmitter<OutcomeDocument>()
  readonly #options: ReplicaOptions
  #connected: ConnectedDocument
  /** The document shown while a new one is being fetched; otherwise null. */
  #former: Former | null = null
  /** Whether the offline store has been read. */
  #loaded = false
  /** Races since everything was last saved for which no unsent change could be found that the server would refuse. */
  #unexplained = 0
  /** Who this person is, as the server said last; null before the first greeting. */
  #actor: Actor | null = null
  /** Times of the recent refusals, milliseconds since 1970. */
  #refusedAt: number[] = []
  #stopWaiting: Cancel = () => undefined
  #disposed = false
  /** Number of salvaged items so far; makes the ids of two at the same moment differ. */
  #kept = 0
  #alias: ParticipantId | undefined

  constructor(options: ReplicaOptions) {
    this.#options = options
    this.#alias = options.alias
    this.store = options.openStore(options.name)
    this.salvageStore = new SalvageStore(options.storage, options.name)
    this.store.onCleared(() => this.#rewriteUnsent())
    this.#connected = this.#connectDocument(openDocument(this.#newDoc()), new Ledger())
  }

  /** The document to show and edit now. */
  od(): OutcomeDocument {
    return this.#former?.od ?? this.#connected.od
  }

  sendCaret(caret: Caret | null): void {
    this.#connected.connection.sendCaret(caret)
  }

  /** Closes the connection and the store, and destroys the document. */
  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#stopWaiting()
    this.#former?.end()
    this.#disconnectDocument()
    this.#connected.od.doc.destroy()
    this.store.close()
  }

  /** Loads what is kept on this device, then connects; connects without it after {@link LOAD_LIMIT}. */
  async begin(): Promise<void> {
    const { connection } = this.#connected
    const start = () => {
      if (this.#connected.connection === connection && !this.#disposed) connection.start()
    }
    this.#stopWaiting = this.#options.environment.timers.after(LOAD_LIMIT, start)
    this.#restore(connection, await this.store.load())
    this.#stopWaiting()
    start()
  }

  /** Puts stored entries into the document. `connection`: the one for which they were loaded. */
  #restore(connection: Connection, entries: readonly StoredEntry[]): void {
    this.#loaded = true
    // A document that replaced the first one meanwhile must not take in what the server has just refused.
    if (this.#disposed || this.#connected.connection !== connection) return
    const { od, ledger } = this.#connected
    restore(od.doc, ledger, entries)
    if (this.#options.showable(od)) this.ready.set(true)
    if (entries.length === 0) return
    // Has an effect only if the connection was started without waiting for these entries.
    connection.restart()
    this.#compactWhenLong()
  }

  #newDoc(): Y.Doc {
    return keepOwnDeletions(this.#options.newDoc())
  }

  #connectDocument(od: OutcomeDocument, ledger: Ledger): ConnectedDocument {
    const { url, person, environment, onPresence } = this.#options
    const connection = new Connection({
      doc: od.doc,
      ledger,
      url,
      person,
      alias: this.#alias,
      environment,
      events: {
        live: (actor) => this.#onLive(actor),
        durable: (update) => this.#onDurable(update),
        local: (bytes) => this.store.append({ kind: 'here', bytes }),
        presence: (present) => onPresence?.(present),
        raced: (notice) => this.#rebase(notice),
        outdated: (actor) => {
          this.#actor = actor
          this.#rebase(ELSEWHERE)
        },
        refused: (notice) => this.#restartAfterRefusal(notice),
        diverged: (clocks) => this.#startFromOtherHistory(clocks),
        newRound: (actor) => this.#startNewRound(actor),
      },
    })
    const report = () => {
      const status = connection.status.get()
      this.status.set(status)
      if (!status.unsaved) this.#unexplained = 0
      if (status.connection === 'stopped' && status.unsaved) this.#keepUnsaved(status.reason)
    }
    return { od, ledger, connection, unsubscribe: connection.status.subscribe(report) }
  }

  #disconnectDocument(): void {
    this.#connected.unsubscribe()
    this.#connected.connection.dispose()
  }

  #onLive(actor: Actor): void {
    this.#actor = actor
    this.#options.onActor?.(actor)
    if (this.#former) this.#showReloaded(this.#former)
    this.ready.set(true)
  }

  #onDurable(bytes: Uint8Array): void {
    this.store.append({ kind: 'server', bytes })
    this.#compactWhenLong()
    if (this.salvageStore.salvaged.get().length > 0) this.salvageStore.prune(this.#connected.ledger)
  }

  /** When the person's access has ended for good, offers the unsent words so that they can be copied. */
  #keepUnsaved(reason: string | undefined): void {
    if (reason !== 'revoked' && reason !== 'unauthorised') return
    this.#keep({ code: reason, message: 'Your access ended before this was saved.' }, this.#unsent())
  }

  /** Offers pieces back. False when this device could not store them, so that they are lost when the tab is closed. */
  #keep(notice: RefusalNotice, pieces: readonly SalvagedPiece[]): boolean {
    const at = this.#options.environment.timers.now()
    return pieces.length === 0 || this.salvageStore.keep({ id: this.#idOf(at), at, ...notice, pieces })
  }

  /** See `DocumentSession.offerWords`. */
  offerWords(id: string, why: RefusalNotice, words: string): void {
    const at = this.#options.environment.timers.now()
    this.salvageStore.keep({ id, at, ...why, pieces: [{ paragraph: '', quote: '', text: words, runs: [] }] })
  }

  /** All unsent work as pieces to offer; limited to the hosts for which `isAsked` is true. */
  #unsent(isAsked?: (host: HostId) => boolean): SalvagedPiece[] {
    const { od, ledger } = this.#connected
    return salvage(od, ledger, this.#options.namedIn(od), isAsked)
  }

  #idOf(at: number): string {
    return `${at.toString(36)}-${(++this.#kept).toString(36)}-${this.#connected.od.doc.clientID.toString(36)}`
  }

  /**
   * Handles an ordinary race: something was decided or agreed while this person wrote in it. The unsent changes that
   * cannot be admitted any more are offered back, and the others are sent again over the same socket.
   */
  #rebase(notice: RefusalNotice): void {
    this.replacing.emit()
    const { od, ledger, connection } = this.#connected
    const outdated = isOutdated(od.doc, ledger)
    const hosts = new Set(unsentByHost(od, ledger).map((one) => one.host))
    const pieces = this.#unsent((host) => outdated || hosts.has(host))
    let on: Rebased | null
    try {
      on = rebaseUnsent(od, ledger, () => this.#newDoc(), this.#admissionContext())
    } catch (error) {
      // The document may be rolled back in part: offer all unsent words, and fetch the document again.
      this.#keep(notice, pieces)
      connection.stop()
      this.#reloadFromServer(notice)
      throw error
    }
    if (on === null) {
      connection.stop()
      return this.#reloadFromServer(notice, 'rejoin')
    }
    if (on.rejected.length > 0 || outdated) {
      this.#unexplained = 0
      this.#putAside(notice, on, pieces)
    } else if (!this.#tryAgain()) {
      this.#unexplained = 0
      this.#putAside(notice, rebaseUnsent(od, ledger, () => this.#newDoc(), 'none') ?? on, pieces)
    } else if (this.#unexplained === 1) return connection.requestUpdates()
    connection.resume(this.#connected.od.doc)
  }

  /**
   * Called when no unsent change explains a refusal. The refusal may have overtaken the update that is its reason: so
   * the server is first asked for what is missing. The reason may also have passed by now: so everything is then sent
   * once more. False when both were tried.
   */
  #tryAgain(): boolean {
    return ++this.#unexplained <= 2
  }

  /** By which rights unsent changes are judged here; `none` before the server has said who this person is. */
  #admissionContext(): LocalAdmission | 'none' {
    const { space, environment } = this.#options
    if (this.#actor === null) return 'none'
    const actor = space === null ? this.#actor : { ...this.#actor, participant: space }
    return { actor, elsewhere: space !== null, now: environment.timers.now() }
  }

  /** Goes on with the rebased document and offers what was rejected. `pieces`: all that was unsent before. */
  #putAside(notice: RefusalNotice, { od, rejected }: Rebased, pieces: readonly SalvagedPiece[]): void {
    const hosts = new Set(rejected.map((one) => one.host))
    const told = pieces.filter(({ host }) => hosts.has(host) || notice === ELSEWHERE)
    // Rejected changes without words (emphasis, a moved anchor): say at least in which paragraphs they were.
    if (told.length === 0)
      told.push(...wordless(this.#connected.od, hosts, this.#options.namedIn(this.#connected.od)))
    const kept = this.#keep(notice, told)
    const former = this.#connected.od
    this.#connected = { ...this.#connected, od }
    // If the words could not be kept, the offline store stays as it is: it is then their only lasting copy, and after a
    // reload they are refused and offered again.
    if (kept) {
      if (this.#loaded) this.store.clear()
      this.#compact()
    }
    if (od === former) return this.refused.emit()
    this.replaced.emit(od)
    former.doc.destroy()
  }

  /**
   * Handles a refusal that is not a race: offers all unsent words, and goes on with a new document in the server's
   * state, with a new client id and an emptied store. The refused content is in none of these, so it cannot be sent
   * again.
   */
  #restartAfterRefusal(notice: RefusalNotice): void {
    const { timers } = this.#options.environment
    this.replacing.emit()
    if (this.#refusesTooOften(timers.now())) this.#putAllAside(notice)
    else this.#restartFromServerState(notice)
  }

  /**
   * Handles a change of the attribution policy. Nothing may be written any more under client ids of the former round,
   * so unsent words are offered back, and the document is replaced by one with a new client id. Who the person is now
   * is said at once: what she types until the new connection stands would otherwise be written under her former name.
   */
  #startNewRound(actor: Actor): void {
    this.replacing.emit()
    this.#alias = actor.alias
    if (this.#former) this.#former.rejoins = false
    this.#restartFromServerState(NEW_ROUND)
    this.#actor = actor
    this.#options.onActor?.(actor)
  }

  /** Offers all unsent words, and clears the offline store if they could be kept. */
  #putAllAside(notice: RefusalNotice): void {
    if (this.#keep(notice, this.#unsent())) this.store.clear()
  }

  /**
   * Replaces the document by one in the state that the server is known to have. When that state cannot be computed here,
   * it is fetched.
   */
  #restartFromServerState(notice: RefusalNotice): void {
    const { od, ledger } = this.#connected
    // While a document is being fetched, the new one is still empty.
    const server = this.#former === null ? serverState(od.doc, ledger, () => this.#newDoc()) : null
    if (server === null) return this.#reloadFromServer(notice)
    this.#putAllAside(notice)
    this.store.compact(compacted(server.doc, ledger))
    this.#reconnect(server, ledger)
    this.replaced.emit(server)
    od.doc.destroy()
  }

  /**
   * Handles a server that was restored to an older state. Words of this window that it has lost are offered back. They
   * cannot be sent again under their client id, because other clients still hold them under the same clocks.
   */
  #startFromOtherHistory(clocks: ReadonlyMap<number, number>): void {
    const { od, ledger } = this.#connected
    const known = ledger.withoutLost(od.doc.clientID, clocks.get(od.doc.clientID) ?? 0)
    this.#connected = { ...this.#connected, ledger: known }
    this.#reloadFromServer(OTHER_HISTORY)
  }

  /**
   * Fetches the whole document from the server; the former one is shown until it has arrived. All unsent work is
   * offered back. With `rejoin`, what the server can take of it is then sent after all, and only the rest stays
   * offered.
   */
  #reloadFromServer(notice: RefusalNotice, unsent: 'offer' | 'rejoin' = 'offer'): void {
    const { od, ledger } = this.#connected
    const at = this.#options.environment.timers.now()
    const id = this.#idOf(at)
    const offer = (pieces: readonly SalvagedPiece[]) => this.salvageStore.keep({ id, at, ...notice, pieces })
    const named = this.#options.namedIn(od)
    const offerAll = () => offer(salvage(od, ledger, named))
    if (offerAll()) this.store.clear()
    this.#former ??= formerOf({ od, ledger, offer, rejoins: unsent === 'rejoin' }, offerAll)
    this.#reconnect(openDocument(this.#newDoc()), new Ledger())
  }

  /** The fetched document has arrived: shows it in place of the former one. */
  #showReloaded(former: Former): void {
    this.replacing.emit()
    this.#former = null
    if (former.rejoins) this.#rejoin(former)
    this.replaced.emit(this.#connected.od)
    former.end()
  }

  /** Puts unsent work of the former document into the fetched one; what the server would not take stays offered. */
  #rejoin({ od: former, ledger: known, offer }: Former): void {
    const { od, ledger } = this.#connected
    const vector = Y.decodeStateVector(Y.encodeStateVector(od.doc))
    // A server that has lost updates: they must not be taken for unsent.
    if (!known.isWithin(vector)) return
    const rejected = addUnsent(od, former, ledger, this.#admissionContext(), REJOINED)
    const hosts = new Set(rejected.map((one) => one.host))
    offer(salvage(former, ledger, this.#options.namedIn(od)).filter(({ host }) => hosts.has(host)))
  }

  /** Goes on with another document, over a new connection. The former document is left to the caller. */
  #reconnect(od: OutcomeDocument, ledger: Ledger): void {
    this.#disconnectDocument()
    this.#connected = this.#connectDocument(od, ledger)
    const { connection } = this.#connected
    this.status.set(connection.status.get())
    connection.start()
  }

  #refusesTooOften(at: number): boolean {
    this.#refusedAt = [...this.#refusedAt, at].filter((then) => at - then < REFUSAL_WINDOW)
    return this.#refusedAt.length >= REFUSAL_LIMIT
  }

  /** Merges what the offline store holds into one entry: the present document and what is known to be saved. */
  #compact(): void {
    const { od, ledger } = this.#connected
    this.store.compact(compacted(od.doc, ledger))
  }

  #compactWhenLong(): void {
    if (this.store.length < COMPACT_AT) return
    this.#compact()
  }

  /** Another tab has cleared the store that the tabs share: writes again what only this tab holds. */
  #rewriteUnsent(): void {
    if (this.#disposed || !this.status.get().unsaved) return
    this.#compact()
  }
}

/** Transaction origin of unsent work that is put into a fetched document; it counts as local and is submitted. */
const REJOINED = Object.freeze({ net: 'rejoined' } as const)

const ELSEWHERE: RefusalNotice = {
  code: 'put-aside',
  message: 'These words have been put aside in another window.',
}

const OTHER_HISTORY: RefusalNotice = {
  code: 'other-history',
  message: 'The document on the server is no longer the one that was edited here.',
}

const NEW_ROUND: RefusalNotice = {
  code: 'new-round',
  message: 'Whether names are shown has changed since this was written.',
}
