import * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { HostId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Caret, Presence } from '#shared/protocol/wire.ts'
import { Connection } from './connection.ts'
import type { NetEnvironment, RefusalNotice } from './connection-state.ts'
import type { Rebased, LocalAdmission } from './rebase-unsent.ts'
import { addUnsent, rebaseUnsent, serverState } from './rebase-unsent.ts'
import { Ledger } from './ledger.ts'
import type { OfflineStore, StoredEntry } from './offline.ts'
import { compacted, restore } from './offline.ts'
import { keepOwnDeletions } from './own-deletions.ts'
import { salvage, wordless } from './salvage.ts'
import type { SalvagedPiece } from './salvage.ts'
import { SalvageStore } from './salvage-store.ts'
import type { ConnectionStatus } from './status.ts'
import type { DeviceStorage } from './storage.ts'
import { isOutdated, unsentByHost } from './host-changes.ts'
import type { Cancel } from './timers.ts'
import { createValue } from './watched.ts'

/** The first view does not wait longer for what is kept on this device. */
const LOAD_LIMIT = 1_500
/** Entries in the offline store before they are merged. */
const COMPACT_AT = 2_000
/** This many refusals within {@link REFUSAL_WINDOW}, and it stops instead of opening afresh once more. */
const REFUSAL_LIMIT = 5
const REFUSAL_WINDOW = 60_000

export interface ReplicaOptions {
  /** Of all that is kept of it on this device. */
  readonly name: string
  readonly url: string
  readonly person: PersonId
  /** Under which the person writes here, if the round is unattributed when it is opened. */
  readonly alias?: ParticipantId | undefined
  /** Whose private space it is; null for the room's document. */
  readonly space: ParticipantId | null
  readonly environment: NetEnvironment
  readonly storage: DeviceStorage
  readonly openStore: (name: string) => OfflineStore
  /** A new, empty document with a client id that is nobody's. */
  readonly newDoc: () => Y.Doc
  /** Whether what was kept here is enough to show; else the server is waited for. */
  readonly showable: (od: OutcomeDocument) => boolean
  /** In which the places of salvaged words are named. */
  readonly namedIn: (own: OutcomeDocument) => OutcomeDocument
  readonly onActor?: (actor: Actor) => void
  readonly onPresence?: (present: readonly Presence[]) => void
}

/** What belongs together as long as nothing is opened afresh. */
interface ConnectedDocument {
  readonly od: OutcomeDocument
  readonly ledger: Ledger
  readonly connection: Connection
  readonly unsubscribe: () => void
}

/**
 * One Yjs document of the server's on this device: its connection, what is kept of it, and what was not taken.
 *
 * The document is another object after an ordinary race, and after everything else for which it is begun anew. Whoever shows
 * it is told in the same task, so that something is shown at any time; only where the server has to be asked for all of it
 * the former one stays until the new one has come, and what is typed in it meanwhile is offered back.
 */
export class Replica {
  readonly ready = createValue(false)
  readonly status = createValue<ConnectionStatus>({ connection: 'connecting', unsaved: false })
  readonly store: OfflineStore
  readonly salvageStore: SalvageStore
  readonly #options: ReplicaOptions
  readonly #replacing = new Set<() => void>()
  readonly #refused = new Set<() => void>()
  readonly #replaced = new Set<(od: OutcomeDocument) => void>()
  #connected: ConnectedDocument
  /** Shown until the document that was asked for has come. */
  #former: Former | null = null
  #loaded = false
  /** How many refusals could not be explained by what is known here, since all was saved last. */
  #unexplained = 0
  #actor: Actor | null = null
  #refusedAt: number[] = []
  #stopWaiting: Cancel = () => undefined
  #disposed = false
  /** How often something was put aside: two at one moment have different names. */
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

  od(): OutcomeDocument {
    return this.#former?.od ?? this.#connected.od
  }

  /** Called before the document is replaced: what is still being typed must be in it. */
  onReplacing(listener: () => void): () => void {
    this.#replacing.add(listener)
    return () => this.#replacing.delete(listener)
  }

  /** Called once what was refused is taken out of the document, which stays the same object. */
  onRefused(listener: () => void): () => void {
    this.#refused.add(listener)
    return () => this.#refused.delete(listener)
  }

  onReplaced(listener: (od: OutcomeDocument) => void): () => void {
    this.#replaced.add(listener)
    return () => this.#replaced.delete(listener)
  }

  sendCaret(caret: Caret | null): void {
    this.#connected.connection.sendCaret(caret)
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#stopWaiting()
    this.#former?.end()
    this.#disconnectDocument()
    this.#connected.od.doc.destroy()
    this.store.close()
  }

  /** Loads what is kept here, then connects; a slow store is not waited for. */
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

  #restore(connection: Connection, entries: readonly StoredEntry[]): void {
    this.#loaded = true
    // A document opened afresh in the meantime must not take in what the server has just refused.
    if (this.#disposed || this.#connected.connection !== connection) return
    const { od, ledger } = this.#connected
    restore(od.doc, ledger, entries)
    if (this.#options.showable(od)) this.ready.set(true)
    if (entries.length === 0) return
    // Only when it came too late: a connection that has not begun looks at the document when it does.
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
        refused: (notice) => this.#openAfresh(notice),
        diverged: (clocks) => this.#startFromOtherHistory(clocks),
        newRound: (alias) => this.#startNewRound(alias),
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
    if (this.#former) this.#showNew(this.#former)
    this.ready.set(true)
  }

  #onDurable(bytes: Uint8Array): void {
    this.store.append({ kind: 'server', bytes })
    this.#compactWhenLong()
    if (this.salvageStore.salvaged.get().length > 0) this.salvageStore.prune(this.#connected.ledger)
  }

  /** The person has been sent away for good: words that were on their way are hers to take along. */
  #keepUnsaved(reason: string | undefined): void {
    if (reason !== 'revoked' && reason !== 'unauthorised') return
    this.#keep({ code: reason, message: 'Your access ended before this was saved.' }, this.#unsent())
  }

  /** Offers pieces back. False where they are kept only until the tab is closed. */
  #keep(notice: RefusalNotice, pieces: readonly SalvagedPiece[]): boolean {
    const at = this.#options.environment.timers.now()
    return pieces.length === 0 || this.salvageStore.keep({ id: this.#idOf(at), at, ...notice, pieces })
  }

  /** See `DocumentSession.offerWords`. */
  offerWords(id: string, why: RefusalNotice, words: string): void {
    const at = this.#options.environment.timers.now()
    this.salvageStore.keep({ id, at, ...why, pieces: [{ paragraph: '', quote: '', text: words, runs: [] }] })
  }

  /** What is unsent, as it may be offered. */
  #unsent(isAsked?: (host: HostId) => boolean): SalvagedPiece[] {
    const { od, ledger } = this.#connected
    return salvage(od, ledger, this.#options.namedIn(od), isAsked)
  }

  #idOf(at: number): string {
    return `${at.toString(36)}-${(++this.#kept).toString(36)}-${this.#connected.od.doc.clientID.toString(36)}`
  }

  /**
   * An ordinary race: the text was decided or agreed while somebody wrote in it. What that concerns is put aside, everything
   * else goes on over the same socket.
   */
  #rebase(notice: RefusalNotice): void {
    for (const listener of Array.from(this.#replacing)) listener()
    const { od, ledger, connection } = this.#connected
    const outdated = isOutdated(od.doc, ledger)
    const hosts = new Set(unsentByHost(od, ledger).map((one) => one.host))
    const pieces = this.#unsent((host) => outdated || hosts.has(host))
    let on: Rebased | null
    try {
      on = rebaseUnsent(od, ledger, () => this.#newDoc(), this.#admissionContext())
    } catch (error) {
      // The document may be half undone: all words are offered, and it is begun anew from the server's.
      this.#keep(notice, pieces)
      connection.stop()
      this.#askForAll(notice)
      throw error
    }
    if (on === null) {
      connection.stop()
      return this.#askForAll(notice, 'rejoin')
    }
    if (on.rejected.length > 0 || outdated) {
      this.#unexplained = 0
      this.#putAside(notice, on, pieces)
    } else if (!this.#tryAgain()) {
      this.#unexplained = 0
      this.#putAside(notice, rebaseUnsent(od, ledger, () => this.#newDoc(), 'none') ?? on, pieces)
    } else if (this.#unexplained === 1) return connection.askForNews()
    connection.resume(this.#connected.od.doc)
  }

  /**
   * By what is known here the server would take all of it. Whoever reads slowly is told of a refusal before its reason: so the
   * server is asked for news; and the reason may be gone by now: so all is sent once more.
   */
  #tryAgain(): boolean {
    return ++this.#unexplained <= 2
  }

  /** `none` before the server has said who this is. */
  #admissionContext(): LocalAdmission | 'none' {
    const { space, environment } = this.#options
    if (this.#actor === null) return 'none'
    const actor = space === null ? this.#actor : { ...this.#actor, participant: space }
    return { actor, elsewhere: space !== null, now: environment.timers.now() }
  }

  /** `pieces`: all that was unsent. */
  #putAside(notice: RefusalNotice, { od, rejected }: Rebased, pieces: readonly SalvagedPiece[]): void {
    const hosts = new Set(rejected.map((one) => one.host))
    const told = pieces.filter(({ host }) => hosts.has(host) || notice === ELSEWHERE)
    // Emphasis, or where a proposal stands: its author is told where.
    if (told.length === 0)
      told.push(...wordless(this.#connected.od, hosts, this.#options.namedIn(this.#connected.od)))
    const kept = this.#keep(notice, told)
    const former = this.#connected.od
    this.#connected = { ...this.#connected, od }
    // Where it cannot be kept, the store is its only copy that survives the tab: refused again, it is offered again.
    if (kept) {
      if (this.#loaded) this.store.clear()
      this.store.compact(compacted(od.doc, this.#connected.ledger))
    }
    if (od === former) {
      for (const listener of Array.from(this.#refused)) listener()
      return
    }
    for (const listener of Array.from(this.#replaced)) listener(od)
    former.doc.destroy()
  }

  /**
   * What the server would not take is put aside, and the document begun anew from what the server has: a new document, a
   * new client id, a fresh store. The refused content exists in none of these, so it cannot be sent a second time.
   */
  #openAfresh(notice: RefusalNotice): void {
    const { timers } = this.#options.environment
    for (const listener of Array.from(this.#replacing)) listener()
    if (this.#refusesTooOften(timers.now())) this.#putAllAside(notice)
    else this.#beginAnew(notice)
  }

  /**
   * What was written before the round changed stays under the client id that wrote it; so what the server does not have
   * of it is offered back, and the document begun anew under another one.
   */
  #startNewRound(alias: ParticipantId | undefined): void {
    for (const listener of Array.from(this.#replacing)) listener()
    this.#alias = alias
    if (this.#former) this.#former.rejoins = false
    this.#beginAnew(NEW_ROUND)
  }

  #putAllAside(notice: RefusalNotice): void {
    if (this.#keep(notice, this.#unsent())) this.store.clear()
  }

  /** From what the server is known to have; where that cannot be told from what is here, it is asked for. */
  #beginAnew(notice: RefusalNotice): void {
    const { od, ledger } = this.#connected
    // While the whole is being asked for, what is here is nothing yet.
    const server = this.#former === null ? serverState(od.doc, ledger, () => this.#newDoc()) : null
    if (server === null) return this.#askForAll(notice)
    this.#putAllAside(notice)
    this.#disconnectDocument()
    this.#connected = this.#connectDocument(server, ledger)
    this.store.compact(compacted(server.doc, ledger))
    this.#connectAnew()
    for (const listener of Array.from(this.#replaced)) listener(server)
    od.doc.destroy()
  }

  /**
   * The server has gone back to an older state. What was written in this window and is in that no more is offered back: the
   * server has forgotten clocks of its client id, under which others hold the words, so nothing may be sent under it.
   */
  #startFromOtherHistory(clocks: ReadonlyMap<number, number>): void {
    const { od, ledger } = this.#connected
    const known = ledger.withoutLost(od.doc.clientID, clocks.get(od.doc.clientID) ?? 0)
    this.#connected = { ...this.#connected, ledger: known }
    this.#askForAll(OTHER_HISTORY)
  }

  /**
   * A document from the server alone. Until it has come the former one is shown. `rejoin`: what is unsent in that is sent
   * then, as far as the server takes it; `offer`: all of it is offered back.
   */
  #askForAll(notice: RefusalNotice, unsent: 'offer' | 'rejoin' = 'offer'): void {
    const { od, ledger } = this.#connected
    const at = this.#options.environment.timers.now()
    const id = this.#idOf(at)
    const offer = (pieces: readonly SalvagedPiece[]) => this.salvageStore.keep({ id, at, ...notice, pieces })
    const named = this.#options.namedIn(od)
    const offerAll = () => offer(salvage(od, ledger, named))
    if (offerAll()) this.store.clear()
    this.#disconnectDocument()
    this.#former ??= formerOf({ od, ledger, offer, rejoins: unsent === 'rejoin' }, offerAll)
    this.#connected = this.#connectDocument(openDocument(this.#newDoc()), new Ledger())
    this.#connectAnew()
  }

  #showNew(former: Former): void {
    for (const listener of Array.from(this.#replacing)) listener()
    this.#former = null
    if (former.rejoins) this.#rejoin(former)
    for (const listener of Array.from(this.#replaced)) listener(this.#connected.od)
    former.end()
  }

  /** Sends what the former document has beyond the server's; what the server would not take stays offered. */
  #rejoin({ od: former, ledger: known, offer }: Former): void {
    const { od, ledger } = this.#connected
    const vector = Y.decodeStateVector(Y.encodeStateVector(od.doc))
    // What the server has lost would be taken for unsent.
    if (!known.isWithin(vector)) return
    const rejected = addUnsent(od, former, ledger, this.#admissionContext(), REJOINED)
    const hosts = new Set(rejected.map((one) => one.host))
    offer(salvage(former, ledger, this.#options.namedIn(od)).filter(({ host }) => hosts.has(host)))
  }

  #connectAnew(): void {
    const { connection } = this.#connected
    this.status.set(connection.status.get())
    connection.start()
  }

  #refusesTooOften(at: number): boolean {
    this.#refusedAt = [...this.#refusedAt, at].filter((then) => at - then < REFUSAL_WINDOW)
    return this.#refusedAt.length >= REFUSAL_LIMIT
  }

  #compactWhenLong(): void {
    if (this.store.length < COMPACT_AT) return
    this.store.compact(compacted(this.#connected.od.doc, this.#connected.ledger))
  }

  /** Another tab had to clear the common store; what only this tab still has goes back into it. */
  #rewriteUnsent(): void {
    if (this.#disposed || !this.status.get().unsaved) return
    this.store.compact(compacted(this.#connected.od.doc, this.#connected.ledger))
  }
}

/** A document that is shown until another one has come. */
interface Former {
  readonly od: OutcomeDocument
  readonly ledger: Ledger
  /** Offers these, and nothing else of it any more. */
  readonly offer: (pieces: readonly SalvagedPiece[]) => boolean
  rejoins: boolean
  end(): void
}

/** `changed` is called after each change of it. */
function formerOf(parts: Omit<Former, 'end'>, changed: () => void): Former {
  const { doc } = parts.od
  doc.on('update', changed)
  return {
    ...parts,
    end: () => {
      doc.off('update', changed)
      doc.destroy()
    },
  }
}

/** The origin of unsent work that is put into a document which came from the server. */
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
