import * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Caret, Presence } from '#shared/protocol/wire.ts'
import { Connection } from './connection.ts'
import type { NetEnvironment, RefusalNotice } from './connection-state.ts'
import { Ledger } from './ledger.ts'
import type { OfflineStore, StoredEntry } from './offline.ts'
import { compacted, restore } from './offline.ts'
import { salvage } from './salvage.ts'
import { SalvageShelf } from './salvage-shelf.ts'
import type { ConnectionStatus } from './status.ts'
import type { DeviceStorage } from './storage.ts'
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

/** What is replaced together after a refusal. */
interface Round {
  readonly od: OutcomeDocument
  readonly ledger: Ledger
  readonly connection: Connection
  readonly unsubscribe: () => void
}

/** One Yjs document of the server's on this device: its connection, what is kept of it, and what was not taken. */
export class Replica {
  readonly ready = createValue(false)
  readonly status = createValue<ConnectionStatus>({ connection: 'connecting', unsaved: false })
  readonly store: OfflineStore
  readonly shelf: SalvageShelf
  readonly #options: ReplicaOptions
  readonly #replaced = new Set<(od: OutcomeDocument) => void>()
  #round: Round
  #refusedAt: number[] = []
  #stopWaiting: Cancel = () => undefined
  #disposed = false
  #alias: ParticipantId | undefined

  constructor(options: ReplicaOptions) {
    this.#options = options
    this.#alias = options.alias
    this.store = options.openStore(options.name)
    this.shelf = new SalvageShelf(options.storage, options.name)
    this.store.onCleared(() => this.#rewriteUnsent())
    this.#round = this.#openRound()
  }

  od(): OutcomeDocument {
    return this.#round.od
  }

  onReplaced(listener: (od: OutcomeDocument) => void): () => void {
    this.#replaced.add(listener)
    return () => this.#replaced.delete(listener)
  }

  sendCaret(caret: Caret | null): void {
    this.#round.connection.sendCaret(caret)
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#stopWaiting()
    this.#closeRound()
    this.store.close()
  }

  /** Loads what is kept here, then connects; a slow store is not waited for. */
  async begin(): Promise<void> {
    const round = this.#round
    const start = () => {
      if (this.#round === round && !this.#disposed) round.connection.start()
    }
    this.#stopWaiting = this.#options.environment.timers.after(LOAD_LIMIT, start)
    this.#restore(round, await this.store.load())
    this.#stopWaiting()
    start()
  }

  #restore(round: Round, entries: readonly StoredEntry[]): void {
    // A document opened afresh in the meantime must not take in what the server has just refused.
    if (this.#disposed || this.#round !== round) return
    restore(round.od.doc, round.ledger, entries)
    if (this.#options.showable(round.od)) this.ready.set(true)
    if (entries.length === 0) return
    // Only when it came too late: a connection that has not begun looks at the document when it does.
    round.connection.restart()
    this.#compactWhenLong()
  }

  #openRound(): Round {
    const { newDoc, url, person, environment, onActor, onPresence } = this.#options
    const od = openDocument(newDoc())
    const ledger = new Ledger()
    const connection = new Connection({
      doc: od.doc,
      ledger,
      url,
      person,
      alias: this.#alias,
      environment,
      events: {
        live: (actor) => {
          onActor?.(actor)
          this.ready.set(true)
        },
        durable: (update) => this.#onDurable(update),
        local: (bytes) => this.store.append({ kind: 'here', bytes }),
        presence: (present) => onPresence?.(present),
        refused: (notice) => this.#openAfresh(notice),
        diverged: () => this.#openAfresh(OTHER_HISTORY),
        newRound: (alias) => this.#startRound(alias),
      },
    })
    const report = () => {
      const status = connection.status.get()
      this.status.set(status)
      if (status.connection === 'stopped' && status.unsaved) this.#putAside(od, ledger, status.reason)
    }
    return { od, ledger, connection, unsubscribe: connection.status.subscribe(report) }
  }

  #closeRound(): void {
    this.#round.unsubscribe()
    this.#round.connection.dispose()
    this.#round.od.doc.destroy()
  }

  #onDurable(bytes: Uint8Array): void {
    this.store.append({ kind: 'server', bytes })
    this.#compactWhenLong()
    if (this.shelf.salvaged.get().length > 0) this.shelf.prune(this.#round.ledger)
  }

  /** The person has been sent away for good: words that were on their way are hers to take along. */
  #putAside(od: OutcomeDocument, ledger: Ledger, reason: string | undefined): void {
    if (reason !== 'revoked' && reason !== 'unauthorised') return
    const { environment, namedIn } = this.#options
    const at = environment.timers.now()
    const notice = { code: reason, message: 'Your access ended before this was saved.' }
    this.shelf.keep({
      id: `${at.toString(36)}-${reason}`,
      at,
      ...notice,
      pieces: salvage(od, ledger, namedIn(od)),
    })
  }

  /**
   * What the server would not take is put aside, and the document begun anew from what the server has: a new
   * document, a new client id, an empty store. The refused content exists in none of these, so it cannot be sent
   * a second time.
   */
  #openAfresh(notice: RefusalNotice): void {
    const { od, ledger } = this.#round
    const { environment, namedIn } = this.#options
    const at = environment.timers.now()
    const id = `${at.toString(36)}-${od.doc.clientID.toString(36)}`
    const kept = this.shelf.keep({ id, at, ...notice, pieces: salvage(od, ledger, namedIn(od)) })
    // Where it cannot be kept, the store is its only copy that survives the tab: refused again, it is offered again.
    if (kept) this.store.clear()
    if (this.#refusesTooOften(at)) return
    this.#begin()
  }

  /**
   * What was written before the round changed stays under the client id that wrote it; so what the server does not have
   * of it is offered back, and the document begun anew under another one.
   */
  #startRound(alias: ParticipantId | undefined): void {
    const { od, ledger } = this.#round
    const { environment, namedIn } = this.#options
    const at = environment.timers.now()
    const pieces = salvage(od, ledger, namedIn(od))
    const id = `${at.toString(36)}-${od.doc.clientID.toString(36)}`
    const kept = pieces.length === 0 || this.shelf.keep({ id, at, ...NEW_ROUND, pieces })
    if (kept) this.store.clear()
    this.#alias = alias
    this.#begin()
  }

  /** From what the server has: a new document under a new client id. */
  #begin(): void {
    this.#closeRound()
    this.#round = this.#openRound()
    this.ready.set(false)
    this.status.set(this.#round.connection.status.get())
    for (const listener of Array.from(this.#replaced)) listener(this.#round.od)
    this.#round.connection.start()
  }

  #refusesTooOften(at: number): boolean {
    this.#refusedAt = [...this.#refusedAt, at].filter((then) => at - then < REFUSAL_WINDOW)
    return this.#refusedAt.length >= REFUSAL_LIMIT
  }

  #compactWhenLong(): void {
    if (this.store.length < COMPACT_AT) return
    this.store.compact(compacted(this.#round.od.doc, this.#round.ledger))
  }

  /** Another tab had to clear the common store; what only this tab still has goes back into it. */
  #rewriteUnsent(): void {
    if (this.#disposed || !this.status.get().unsaved) return
    this.store.compact(compacted(this.#round.od.doc, this.#round.ledger))
  }
}

const OTHER_HISTORY: RefusalNotice = {
  code: 'other-history',
  message: 'The document on the server is no longer the one that was edited here.',
}

const NEW_ROUND: RefusalNotice = {
  code: 'new-round',
  message: 'Whether names are shown has changed since this was written.',
}
