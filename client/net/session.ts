import * as Y from 'yjs'
import type { OutcomeDocument, PrivateSpace } from '#shared/document/schema.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Caret, Presence } from '#shared/protocol/wire.ts'
import { withSession } from './api.ts'
import type { NetEnvironment } from './connection/connection-state.ts'
import { openIndexedDb } from './offline/indexed-db.ts'
import type { OfflineStore, StoreState } from './offline/offline.ts'
import { Replica } from './replica.ts'
import type { ReplicaOptions } from './replica-options.ts'
import type { Salvaged } from './offline/salvage.ts'
import { browserSignals } from './signals.ts'
import { openBrowserSocket, syncUrl } from './connection/socket.ts'
import type { ConnectionStatus } from './status.ts'
import { sameStatus } from './status.ts'
import { browserStorage, deviceName } from './offline/storage.ts'
import type { DeviceStorage } from './offline/storage.ts'
import { browserTimers } from './timers.ts'
import type { Observable } from '#client/observable.ts'
import { createValue } from '#client/observable.ts'

export interface ConsultationOptions {
  readonly document: DocumentId
  /** Which of this browser's sessions to use; null for that of the link followed last. */
  readonly as?: string | null
  /** Who this person is, by GET /api/documents/<document>. */
  readonly actor: Actor
  /** The participants whose private spaces are opened too, as DocumentInfo lists them. */
  readonly spaces?: readonly ParticipantId[]
  readonly url?: string
  readonly environment?: NetEnvironment
  readonly storage?: DeviceStorage
  readonly openStore?: (name: string) => OfflineStore
  /** Makes an empty document with an unused client id. */
  readonly newDoc?: () => Y.Doc
}

/** One person's session with a document and its private spaces, for as long as it is open in this tab. */
export interface DocumentSession {
  /** The document as it is now; another object after {@link onReplaced} was called. */
  od(): OutcomeDocument
  /** Calls `listener` before a document is replaced or rolled back; input still held must be written into it then. */
  onReplacing(listener: () => void): () => void
  /**
   * Calls `listener` when the room's document was replaced by another object. What was built on the old one must be
   * built on the new one before the listener returns. Characters have the same ids in both; refused changes are
   * missing.
   */
  onReplaced(listener: (od: OutcomeDocument) => void): () => void
  /** Calls `listener` after refused changes were taken out of a document that is still the same object. */
  onRefused(listener: () => void): () => void
  /** True once `od` holds a document to show, from this device or from the server. */
  readonly ready: Observable<boolean>
  /** The open private spaces. The list is a new object when a space is added, removed or replaced. */
  readonly spaces: Observable<readonly PrivateSpace[]>
  /** The room's connection; `unsaved` counts the private spaces too. */
  readonly status: Observable<ConnectionStatus>
  readonly presence: Observable<readonly Presence[]>
  /** This person, as the server said last. */
  readonly actor: Observable<Actor>
  /** Whether work done offline survives closing the tab. */
  readonly store: Observable<StoreState>
  /** Words that the server has refused, until they are dismissed. */
  readonly salvaged: Observable<readonly Salvaged[]>
  /**
   * Offers words back that were typed but could not be written into a text. `id` names the burst of typing; words
   * with the same id replace those offered before.
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

/** The replica of one private space. */
interface SpaceReplica {
  readonly participant: ParticipantId
  readonly replica: Replica
}

class Session implements DocumentSession {
  readonly ready: Observable<boolean>
  readonly status = createValue<ConnectionStatus>({ connection: 'connecting', unsaved: false })
  readonly presence = createValue<readonly Presence[]>([])
  readonly spaces = createValue<readonly PrivateSpace[]>([])
  readonly actor
  readonly store: Observable<StoreState>
  readonly salvaged = createValue<readonly Salvaged[]>([])
  readonly #room: Replica
  readonly #spaceReplicas: readonly SpaceReplica[]

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
    this.#spaceReplicas = (options.spaces ?? []).map((participant) => {
      const place = `/drafts/${encodeURIComponent(participant)}`
      const replica = new Replica({
        ...common,
        url: withSession(url + place, as),
        name: name + place,
        space: participant,
        // An empty space is one without drafts, so it can be shown and used before the server has answered.
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
    const stops = this.#all.map((replica) => replica.replacing.subscribe(listener))
    return () => stops.forEach((stop) => stop())
  }

  onRefused(listener: () => void): () => void {
    const stops = this.#all.map((replica) => replica.refused.subscribe(listener))
    return () => stops.forEach((stop) => stop())
  }

  onReplaced(listener: (od: OutcomeDocument) => void): () => void {
    return this.#room.replaced.subscribe(listener)
  }

  offerWords(id: string, why: Pick<Salvaged, 'code' | 'message'>, words: string): void {
    this.#room.offerWords(id, why, words)
  }

  dismissSalvaged(id: string): void {
    for (const { salvageStore } of this.#all) salvageStore.dismiss(id)
  }

  /** Sends the caret to the room only; private spaces show no carets. */
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
    return [this.#room, ...this.#spaceReplicas.map(({ replica }) => replica)]
  }

  #watch(): void {
    const salvaged = () =>
      this.salvaged.set(this.#all.flatMap(({ salvageStore }) => salvageStore.salvaged.get()))
    for (const { status, salvageStore } of this.#all) {
      status.subscribe(() => this.#report())
      salvageStore.salvaged.subscribe(salvaged)
    }
    for (const { replica } of this.#spaceReplicas) {
      replica.ready.subscribe(() => this.#listSpaces())
      replica.replaced.subscribe(() => this.#listSpaces())
    }
    salvaged()
  }

  #report(): void {
    const room = this.#room.status.get()
    // A space to which access has ended has offered its unsent words back, so they do not count as unsaved.
    const waiting = this.#spaceReplicas.some(
      ({ replica }) => !isStopped(replica) && replica.status.get().unsaved,
    )
    const status = waiting ? { ...room, unsaved: true } : room
    if (!sameStatus(status, this.status.get())) this.status.set(status)
    this.#listSpaces()
  }

  #listSpaces(): void {
    const before = this.spaces.get()
    const open = this.#spaceReplicas.filter(({ replica }) => replica.ready.get() && !isStopped(replica))
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
