import * as Y from 'yjs'
import type { OutcomeDocument, PrivateSpace } from '#shared/document/schema.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Caret, Presence } from '#shared/protocol/wire.ts'
import { withSession } from './api.ts'
import type { NetEnvironment } from './connection-state.ts'
import { openIndexedDb } from './indexed-db.ts'
import type { OfflineStore, StoreState } from './offline.ts'
import type { ReplicaOptions } from './replica.ts'
import { Replica } from './replica.ts'
import type { Salvaged } from './salvage.ts'
import { browserSignals } from './signals.ts'
import { openBrowserSocket, syncUrl } from './socket.ts'
import type { ConnectionStatus } from './status.ts'
import { sameStatus } from './status.ts'
import { browserStorage, deviceName } from './storage.ts'
import type { DeviceStorage } from './storage.ts'
import { browserTimers } from './timers.ts'
import type { Watched } from './watched.ts'
import { createValue } from './watched.ts'

export interface ConsultationOptions {
  readonly document: DocumentId
  /** Which of this browser's sessions it is; null for the link that was followed last. */
  readonly as?: string | null
  /** Who this is, by GET /api/documents/<document>. */
  readonly actor: Actor
  /** The private spaces to open beside it, as DocumentInfo says. */
  readonly spaces?: readonly ParticipantId[]
  readonly url?: string
  readonly environment?: NetEnvironment
  readonly storage?: DeviceStorage
  readonly openStore?: (name: string) => OfflineStore
  /** A new, empty document with a client id that is nobody's. */
  readonly newDoc?: () => Y.Doc
}

/** One person at one document, for as long as it is open in this tab. */
export interface DocumentSession {
  /** The document as it is now; another object after {@link onReplaced} was called. */
  od(): OutcomeDocument
  /** The room's document or a private space is about to be replaced: what is still being typed must be in it. */
  onReplacing(listener: () => void): () => void
  /**
   * The document is another object now: what was built on the old one must be built on this one, before the listener
   * returns. Characters have the same identities in both; what the server did not take is missing.
   */
  onReplaced(listener: (od: OutcomeDocument) => void): () => void
  /** Something unsent was refused and is taken out of a document, in place. */
  onRefused(listener: () => void): () => void
  /** True once `od` holds a document to show: from this device or from the server. */
  readonly ready: Watched<boolean>
  /** The private spaces that are open: the list is another one when a space comes, goes, or was begun afresh. */
  readonly spaces: Watched<readonly PrivateSpace[]>
  /** The room's connection; `unsaved` counts the private spaces too. */
  readonly status: Watched<ConnectionStatus>
  readonly presence: Watched<readonly Presence[]>
  /** As the server said it last. */
  readonly actor: Watched<Actor>
  /** Whether work done offline survives closing the tab. */
  readonly store: Watched<StoreState>
  /** What the server did not take, until it is dismissed. */
  readonly salvaged: Watched<readonly Salvaged[]>
  /**
   * Offers words back that were typed and are in no text. `id`: of the burst that they were typed in; under the same one
   * they replace what was offered.
   */
  offerWords(id: string, why: Pick<Salvaged, 'code' | 'message'>, words: string): void
  dismissSalvaged(id: string): void
  sendCaret(caret: Caret | null): void
  dispose(): void
}

export function openConsultation(options: ConsultationOptions): DocumentSession {
  const session = new Session(options)
  void session.begin()
  return session
}

const browserEnvironment: NetEnvironment = {
  openSocket: openBrowserSocket,
  timers: browserTimers,
  signals: browserSignals,
  random: Math.random,
}

/** One private space beside the room. */
interface Beside {
  readonly participant: ParticipantId
  readonly replica: Replica
}

class Session implements DocumentSession {
  readonly ready: Watched<boolean>
  readonly status = createValue<ConnectionStatus>({ connection: 'connecting', unsaved: false })
  readonly presence = createValue<readonly Presence[]>([])
  readonly spaces = createValue<readonly PrivateSpace[]>([])
  readonly actor
  readonly store: Watched<StoreState>
  readonly salvaged = createValue<readonly Salvaged[]>([])
  readonly #room: Replica
  readonly #beside: readonly Beside[]

  constructor(options: ConsultationOptions) {
    this.actor = createValue(options.actor)
    const { url, name, ...common } = replicaOptions(options)
    const { as = null } = options
    this.#room = new Replica({
      ...common,
      url: withSession(url, as),
      name,
      space: null,
      showable: (od) => od.paragraphs.size > 0,
      namedIn: (own) => own,
      alias: options.actor.alias,
      onActor: (actor) => this.actor.set(actor),
      onPresence: (present) => this.presence.set(present),
    })
    this.ready = this.#room.ready
    this.store = this.#room.store.state
    this.#beside = (options.spaces ?? []).map((participant) => {
      const place = `/drafts/${encodeURIComponent(participant)}`
      const replica = new Replica({
        ...common,
        url: withSession(url + place, as),
        name: name + place,
        space: participant,
        // An empty one is one without drafts: it can be drafted in before the server has said so.
        showable: () => true,
        namedIn: () => this.#room.od(),
      })
      return { participant, replica }
    })
    this.#watch()
  }

  od(): OutcomeDocument {
    return this.#room.od()
  }

  onReplacing(listener: () => void): () => void {
    const stops = this.#all.map((replica) => replica.onReplacing(listener))
    return () => stops.forEach((stop) => stop())
  }

  onRefused(listener: () => void): () => void {
    const stops = this.#all.map((replica) => replica.onRefused(listener))
    return () => stops.forEach((stop) => stop())
  }

  onReplaced(listener: (od: OutcomeDocument) => void): () => void {
    return this.#room.onReplaced(listener)
  }

  offerWords(id: string, why: Pick<Salvaged, 'code' | 'message'>, words: string): void {
    this.#room.offerWords(id, why, words)
  }

  dismissSalvaged(id: string): void {
    for (const { salvageStore } of this.#all) salvageStore.dismiss(id)
  }

  /** Into the room. In a private space nobody is shown where anybody is. */
  sendCaret(caret: Caret | null): void {
    this.#room.sendCaret(caret)
  }

  dispose(): void {
    for (const replica of this.#all) replica.dispose()
  }

  async begin(): Promise<void> {
    await Promise.all(this.#all.map((replica) => replica.begin()))
  }

  get #all(): readonly Replica[] {
    return [this.#room, ...this.#beside.map(({ replica }) => replica)]
  }

  #watch(): void {
    const salvaged = () =>
      this.salvaged.set(this.#all.flatMap(({ salvageStore }) => salvageStore.salvaged.get()))
    for (const { status, salvageStore } of this.#all) {
      status.subscribe(() => this.#report())
      salvageStore.salvaged.subscribe(salvaged)
    }
    for (const { replica } of this.#beside) {
      replica.ready.subscribe(() => this.#listSpaces())
      replica.onReplaced(() => this.#listSpaces())
    }
    salvaged()
  }

  #report(): void {
    const room = this.#room.status.get()
    // A space that one was sent away from has put its unsaved words aside: they are not on their way any more.
    const waiting = this.#beside.some(({ replica }) => !isStopped(replica) && replica.status.get().unsaved)
    const status = waiting ? { ...room, unsaved: true } : room
    if (!sameStatus(status, this.status.get())) this.status.set(status)
    this.#listSpaces()
  }

  #listSpaces(): void {
    const before = this.spaces.get()
    const open = this.#beside.filter(({ replica }) => replica.ready.get() && !isStopped(replica))
    const now = open.map(({ participant, replica }): PrivateSpace => {
      const od = replica.od()
      return before.find((space) => space.od === od) ?? { participant, od }
    })
    if (now.length !== before.length || now.some((space, i) => space !== before[i])) this.spaces.set(now)
  }
}

const isStopped = ({ status }: Replica): boolean => status.get().connection === 'stopped'

function replicaOptions(
  options: ConsultationOptions,
): Omit<ReplicaOptions, 'space' | 'showable' | 'namedIn' | 'onActor' | 'onPresence'> {
  const { document, actor } = options
  return {
    name: deviceName(document, actor.person),
    url: options.url ?? syncUrl(document),
    person: actor.person,
    environment: options.environment ?? browserEnvironment,
    storage: options.storage ?? browserStorage,
    openStore: options.openStore ?? openIndexedDb,
    newDoc: options.newDoc ?? (() => new Y.Doc()),
  }
}
