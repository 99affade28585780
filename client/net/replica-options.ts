import type * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Presence } from '#shared/protocol/wire.ts'
import type { NetEnvironment } from './connection/connection-state.ts'
import type { OfflineStore } from './offline/offline.ts'
import type { DeviceStorage } from './offline/storage.ts'

/** What a {@link Replica} needs from outside. */
export interface ReplicaOptions {
  /** Prefix of everything that is kept on this device: see `deviceName`. */
  readonly name: string
  /** Address of the WebSocket. */
  readonly url: string
  readonly person: PersonId
  /** The alias under which the person writes; undefined when the round is attributed. */
  readonly alias?: ParticipantId | undefined
  /** The participant whose private space this is; null for the room's document. */
  readonly space: ParticipantId | null
  readonly environment: NetEnvironment
  readonly storage: DeviceStorage
  readonly openStore: (name: string) => OfflineStore
  /** Makes an empty document with an unused client id. */
  readonly newDoc: () => Y.Doc
  /** Whether what was loaded from this device is worth showing before the server has answered. */
  readonly showable: (od: OutcomeDocument) => boolean
  /** The document whose paragraphs name the places of salvaged words; for a private space the room's document. */
  readonly namedIn: (own: OutcomeDocument) => OutcomeDocument
  readonly onActor?: (actor: Actor) => void
  readonly onPresence?: (present: readonly Presence[]) => void
}
