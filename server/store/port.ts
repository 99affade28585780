import type { Command, CommandResult } from '#shared/model/command.ts'
import type { DocumentId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Result } from '#shared/model/result.ts'
import type { Role } from '#shared/model/role.ts'
import type { Looked } from '#shared/protocol/http.ts'

/**
 * What the server needs of a database. Every adapter passes test/contract/store-contract.ts.
 *
 * A promise that resolves means durable. Losing a race is a value ({@link Appended}); a database that cannot do its
 * work rejects with {@link StoreError}.
 */
export interface Store {
  /** Writes the document's first row. Rejects when the id is taken. */
  createDocument(document: NewDocument): Promise<void>
  /** All outcome documents, oldest first. Private spaces are not listed. */
  documents(): Promise<readonly DocumentEntry[]>
  document(id: DocumentId): Promise<DocumentEntry | null>

  /**
   * The newest sound snapshot and the updates after it; null when there is no such document. A damaged snapshot is
   * passed over. Rejects with `damaged` when the rows that are needed do not form an unbroken hash chain up to the
   * end.
   */
  load(id: DocumentId): Promise<StoredDocument | null>
  /**
   * Appends all of the entries or none, and only if `expected` is still the sequence of the last row. This is the one
   * point at which concurrent servers of a document are put in an order.
   */
  append(append: Append): Promise<Appended>
  /** The documents in which the server must act by itself by `now` ({@link Append.due}), the earliest first. */
  dueDocuments(now: number): Promise<readonly DocumentId[]>
  /** The outcomes of the commands with these keys. Keys that are not in the log are missing from the answer. */
  outcomes(id: DocumentId, keys: readonly string[]): Promise<readonly CommandOutcome[]>
  /** At most `limit` log rows after the sequence `after`, oldest first. */
  rows(id: DocumentId, after: number, limit: number): Promise<readonly LogRow[]>
  /**
   * The updates of the last rows up to the sequence `until`, oldest first, without empty ones. Limited to `most.rows`
   * rows and `most.bytes` bytes in all; the older rows are the ones left out.
   */
  recentUpdates(
    id: DocumentId,
    until: number,
    most: { readonly rows: number; readonly bytes: number },
  ): Promise<readonly Uint8Array[]>
  /** The text as of this log row: a `FrozenText` as JSON; null when there is no such row. Long work. */
  textAt(id: DocumentId, sequence: number): Promise<string | null>
  /**
   * Writes a snapshot of the whole log. Writes nothing when the snapshot would not load to the same state. Long work.
   */
  snapshot(id: DocumentId): Promise<SnapshotOutcome>
  /**
   * Reads everything and recomputes all that is derived. Resolves with what is damaged; empty when all is sound.
   * `noted`: heads from an earlier time, which the logs must still contain. Long work.
   */
  verify(noted?: readonly Head[]): Promise<readonly Damage[]>
  /** The end of each document's log and access log, private spaces included. */
  heads(): Promise<readonly Head[]>
  /**
   * Copies everything, as of one moment, and the `enclosed` files into a new file that only this user can read.
   * Verifies the copy and resolves with what is damaged in it. Rejects when the file exists. Long work.
   */
  backup(file: string, enclosed: readonly Enclosed[]): Promise<readonly Damage[]>

  /** Which server secret the data belong to. */
  secret(): Promise<KnownSecret>
  /** Records that the data belong to the secret with this fingerprint. */
  adoptSecret(fingerprint: string): Promise<void>
  /** Makes a durable write without meaning, to find out whether writing is possible. Rejects as any write would. */
  probe(): Promise<void>

  addInvitation(invitation: Invitation): Promise<void>
  invitations(document: DocumentId): Promise<readonly Invitation[]>
  invitationByToken(tokenHash: string): Promise<Invitation | null>
  /** By id or by token hash; null when the document has no such invitation. Revoking twice keeps the first time. */
  revokeInvitation(document: DocumentId, idOrTokenHash: string, at: number): Promise<Invitation | null>
  /** Those of the given invitations that are revoked or have expired by `now`. */
  endedInvitations(ids: readonly string[], now: number): Promise<readonly string[]>

  /**
   * Records that the invitation was used at this time ({@link Invitation.followedAt}). An earlier time changes
   * nothing.
   */
  noteFollowed(invitation: string, at: number): Promise<void>

  /** Adds a visit; does nothing when its token hash is known already. */
  addVisit(visit: Visit): Promise<void>
  /** The visit and its invitation, also when they have expired or are revoked; null when unknown. */
  visitByToken(tokenHash: string): Promise<{ visit: Visit; invitation: Invitation } | null>
  nameVisit(tokenHash: string, name: string): Promise<void>
  endVisit(tokenHash: string): Promise<void>
  /** Deletes the visits that have expired by `now`. Resolves with their number. */
  sweepVisits(now: number): Promise<number>

  /** When the person last marked the document as seen, and the last log row then; null when never. */
  looked(looker: Looker): Promise<Looked>
  /** Marks the document as seen up to its last row, at the time `at`. Null when there is no such document. */
  look(looker: Looker, at: number): Promise<Looked>

  close(): Promise<void>
}

/**
 * - `damaged`: the stored bytes are not what was written.
 * - `unavailable`: the data directory or file cannot be opened.
 * - `unwritable`: the disk is full or read-only. Nothing of the request was stored, and what is stored can still be
 *   read. The message is for a person.
 * - `failed`: anything else.
 */
export type StoreErrorCode = 'damaged' | 'unavailable' | 'unwritable' | 'failed'

export class StoreError extends Error {
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string) {
    super(message)
    this.name = 'StoreError'
    this.code = code
  }
}

export interface NewDocument {
  readonly id: DocumentId
  readonly title: string
  readonly at: number
  readonly actor: LogActor
  /** The Yjs update (V1) that creates the document's content. */
  readonly bytes: Uint8Array
  /** The Yjs client id of that update; it belongs to the server. */
  readonly client: number
  /** As {@link Append.due}. */
  readonly due?: number | null
}

export interface DocumentEntry {
  readonly id: DocumentId
  readonly title: string
  readonly createdAt: number
  /** Sequence of the last log row. */
  readonly sequence: number
}

/** Who caused a log row; `server` for changes that the server makes by itself. */
export type LogActor = Actor | 'server'

/** A command that was executed, who asked for it, and its result. */
export interface CommandOutcome {
  readonly key: string
  readonly person: PersonId
  readonly command: Command
  readonly result: CommandResult
}

/**
 * What is appended as one log row: who changed what and when. `bytes` is a Yjs update (V1), empty when nothing
 * changed. `create` is the first row, `update` what a person wrote, `command` an executed command, `settle` the
 * server's own change.
 */
export type LogEntry = {
  readonly actor: LogActor
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  readonly bytes: Uint8Array
} & (
  | { readonly kind: 'create' | 'update' | 'settle' }
  | {
      readonly kind: 'command'
      readonly key: string
      readonly command: Command
      readonly result: CommandResult
    }
)

/** A stored entry: its number, counted from 1, and its links in the hash chain. */
export type LogRow = LogEntry & {
  readonly sequence: number
  /** SHA-256, hexadecimal: see chain.ts. */
  readonly previous: string
  readonly hash: string
}

/** To whom a Yjs client id belongs. The first claim of an id holds for ever. */
export interface Claim {
  readonly client: number
  readonly owner: PersonId | 'server'
}

export interface Append {
  readonly document: DocumentId
  readonly expected: number
  readonly entries: readonly LogEntry[]
  readonly claims: readonly Claim[]
  /**
   * When the server must act by itself in the document, milliseconds since 1970. Stored beside the document so that due
   * documents are found without loading them. Null means never; absent leaves it as it is.
   */
  readonly due?: number | null
}

/**
 * The outcome of an append, with the sequence of the last row. `sequence-taken`: another writer was first. `key-taken`: the
 * log holds a command with one of the keys. Nothing is stored in either case.
 */
export type Appended = Result<{ sequence: number }, 'sequence-taken' | 'key-taken'>

export interface StoredDocument {
  readonly entry: DocumentEntry
  /** Null until the first snapshot is made. */
  readonly snapshot: Uint8Array | null
  readonly snapshotSequence: number
  /** The updates after the snapshot, oldest first. */
  readonly tail: readonly Uint8Array[]
  readonly claims: readonly Claim[]
}

/** `sequence`: of the last log row in the snapshot. `not-reproducible`: its bytes do not load to the same document. */
export type SnapshotOutcome = Result<{ sequence: number }, 'no-document' | 'not-reproducible'>

/** The table in which damage was found; `file` for the database file itself. */
export type DamagedPart =
  | 'documents'
  | 'log'
  | 'snapshots'
  | 'clients'
  | 'due'
  | 'access_log'
  | 'invitations'
  | 'visits'
  | 'looks'
  | 'settings'
  | 'file'

export interface Damage {
  /** Null when the damage cannot be attributed to a document. */
  readonly document: DocumentId | null
  readonly part: DamagedPart
  /** Of the damaged log row, access log row or snapshot; null when the damage has no single sequence. */
  readonly sequence: number | null
  /** For the operator. Names the row when `sequence` cannot. */
  readonly message: string
}

/**
 * Where a document's log and access log end. An operator who keeps heads elsewhere can later prove that no row up to
 * there was changed or removed.
 */
export interface Head {
  readonly document: DocumentId
  readonly log: ChainEnd
  readonly access: ChainEnd
}

export interface ChainEnd {
  /** 0 when there are no rows. */
  readonly sequence: number
  readonly hash: string
}

/** A small file that is kept in a backup together with the database. */
export interface Enclosed {
  readonly name: string
  readonly content: Uint8Array
}

export interface KnownSecret {
  /** Fingerprint of the server secret that the data belong to; null until one is adopted. */
  readonly fingerprint: string | null
  /** Whether a server has ever run on these data, so that it must have had a secret. */
  readonly served: boolean
}

/** A link to a document for one role. Its token is a secret; only the token's hash is stored. Times: ms since 1970. */
export interface Invitation {
  /** The first 16 hexadecimal digits of the token's hash. */
  readonly id: string
  readonly tokenHash: string
  readonly document: DocumentId
  readonly role: Role
  readonly participant: ParticipantId | null
  readonly createdAt: number
  readonly createdBy: PersonId | 'operator'
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** When it was last used; null when never, or when that was not recorded. */
  readonly followedAt: number | null
}

/** A browser that has followed an invitation, or a bearer of its token: what HTTP calls a session. */
export interface Visit {
  readonly tokenHash: string
  readonly invitation: string
  readonly document: DocumentId
  readonly person: PersonId
  readonly name: string
  readonly expiresAt: number
}

/**
 * A person on any device: whoever has followed this link and given this name. A visit identifies a single browser
 * only, and the link alone would take all colleagues who share it for one person.
 */
export interface Looker {
  readonly document: DocumentId
  readonly invitation: string
  readonly name: string
}
