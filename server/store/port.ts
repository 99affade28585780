import type { Command, CommandResult } from '#shared/model/command.ts'
import type { DocumentId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
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
  /** Outcome documents; the private spaces beside them are not listed. */
  documents(): Promise<readonly DocumentEntry[]>
  document(id: DocumentId): Promise<DocumentEntry | null>

  /** Newest sound snapshot and the rows after it; null when there is no such document. */
  load(id: DocumentId): Promise<StoredDocument | null>
  /** All of the entries or none, and only when `expected` is still the last sequence. */
  append(append: Append): Promise<Appended>
  /** The documents to which the server itself has something to do by `now` ({@link Append.due}), the first due first. */
  dueDocuments(now: number): Promise<readonly DocumentId[]>
  /** What became of these command keys; keys not in the log are missing from the answer. */
  outcomes(id: DocumentId, keys: readonly string[]): Promise<readonly CommandOutcome[]>
  /** Log rows after a sequence, oldest first. */
  rows(id: DocumentId, after: number, limit: number): Promise<readonly LogRow[]>
  /**
   * The updates of the last rows up to `until`, oldest first, without empty ones: of at most so many rows, and of no row
   * with which they would be more than so many bytes.
   */
  recentUpdates(
    id: DocumentId,
    until: number,
    most: { readonly rows: number; readonly bytes: number },
  ): Promise<readonly Uint8Array[]>
  /** What the text said after this row of the log: a `FrozenText` as JSON; null when there is no such row. Long work. */
  textAt(id: DocumentId, sequence: number): Promise<string | null>
  /** Writes a snapshot of the whole log, unless it does not reload to the same state. */
  snapshot(id: DocumentId): Promise<SnapshotOutcome>
  /**
   * Reads all there is, and computes anew what follows from something else; empty when all is sound. `noted`: heads
   * of an earlier time, which every log must still hold. Long work.
   */
  verify(noted?: readonly Head[]): Promise<readonly Damage[]>
  /** Where each log ends, private spaces included. */
  heads(): Promise<readonly Head[]>
  /**
   * Copies everything, as it is at one moment, into a new file that only this user can read, with `enclosed` beside it;
   * verifies the copy, and says what is damaged in it. Rejects when the file is there already. Long work.
   */
  backup(file: string, enclosed: readonly Enclosed[]): Promise<readonly Damage[]>

  /** The fingerprint of the secret that belongs to the data; null: none has been adopted. */
  secret(): Promise<KnownSecret>
  /** From now on the data belong to the secret with this fingerprint. */
  adoptSecret(fingerprint: string): Promise<void>
  /** Writes something of no account, durably; rejects as every write would. */
  probe(): Promise<void>

  addInvitation(invitation: Invitation): Promise<void>
  invitations(document: DocumentId): Promise<readonly Invitation[]>
  invitationByToken(tokenHash: string): Promise<Invitation | null>
  /** By id or by token hash; null when the document has no such invitation. Revoking twice keeps the first time. */
  revokeInvitation(document: DocumentId, idOrTokenHash: string, at: number): Promise<Invitation | null>
  /** Those of the given invitations that are revoked or have expired by `now`. */
  endedInvitations(ids: readonly string[], now: number): Promise<readonly string[]>

  /** The invitation was used at this time: `followedAt`. */
  noteFollowed(invitation: string, at: number): Promise<void>

  addVisit(visit: Visit): Promise<void>
  visitByToken(tokenHash: string): Promise<{ visit: Visit; invitation: Invitation } | null>
  nameVisit(tokenHash: string, name: string): Promise<void>
  endVisit(tokenHash: string): Promise<void>
  /** Forgets the visits that have expired by `now`; how many. */
  sweepVisits(now: number): Promise<number>

  looked(looker: Looker): Promise<Looked>
  /** Looks now, at the last row there is. Null when there is no such document. */
  look(looker: Looker, at: number): Promise<Looked>

  close(): Promise<void>
}

/**
 * `damaged`: the stored bytes are not what was written. `unavailable`: cannot be opened. `unwritable`: the disk is full or
 * takes nothing: nothing of what was asked is kept, and what is stored can still be read; the message is for a person.
 * `failed`: anything else.
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
  /** The Yjs update that makes the document. */
  readonly bytes: Uint8Array
  /** The client id it was made with. */
  readonly client: number
  /** As of an {@link Append}. */
  readonly due?: number | null
}

export interface DocumentEntry {
  readonly id: DocumentId
  readonly title: string
  readonly createdAt: number
  /** Of the last log row. */
  readonly sequence: number
}

/** Who wrote a row; `server` for what it writes of its own accord. */
export type LogActor = Actor | 'server'

export interface CommandOutcome {
  readonly key: string
  readonly person: PersonId
  readonly command: Command
  readonly result: CommandResult
}

/** One line of the record, before it has its place in it. `bytes` is a Yjs update (V1), empty when nothing changed. */
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

export type LogRow = LogEntry & {
  readonly sequence: number
  /** SHA-256, hexadecimal: see chain.ts. */
  readonly previous: string
  readonly hash: string
}

/** A Yjs client id and whose it is. */
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
   * When the server itself has something to do to the document, milliseconds since 1970: kept beside it, so that it is
   * found without loading any. Null: never any more. Absent: as before.
   */
  readonly due?: number | null
}

/** `sequence`: another writer was first. `key`: a command key is in the log already. */
export type Appended =
  | { readonly ok: true; readonly sequence: number }
  | { readonly ok: false; readonly conflict: 'sequence' | 'key' }

export interface StoredDocument {
  readonly entry: DocumentEntry
  /** Null until the first snapshot is made. */
  readonly snapshot: Uint8Array | null
  readonly snapshotSequence: number
  /** The updates after the snapshot, oldest first. */
  readonly tail: readonly Uint8Array[]
  readonly claims: readonly Claim[]
}

export type SnapshotOutcome =
  { readonly ok: true; readonly sequence: number } | { readonly ok: false; readonly reason: string }

/** Which table it is in; `file`: the database as such. */
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
  /** Null where no document can be named. */
  readonly document: DocumentId | null
  readonly part: DamagedPart
  /** Of the row of the log or access log, or of the snapshot; null when it concerns more, or has none. */
  readonly sequence: number | null
  /** For the operator; names the row where it has no sequence. */
  readonly message: string
}

/** Where a document's log, and its log of access, end: whoever keeps this elsewhere can tell later that they go on. */
export interface Head {
  readonly document: DocumentId
  readonly log: ChainEnd
  readonly access: ChainEnd
}

export interface ChainEnd {
  /** 0: nothing in it. */
  readonly sequence: number
  readonly hash: string
}

/** A small file that belongs to a copy of the data. */
export interface Enclosed {
  readonly name: string
  readonly content: Uint8Array
}

export interface KnownSecret {
  /** Null until one is adopted. */
  readonly fingerprint: string | null
  /** Whether a server has run on these data, and so had a secret. */
  readonly served: boolean
}

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
  /** When it was followed last, as far as that is known. */
  readonly followedAt: number | null
}

/** A browser (or a bearer of the link's token) that followed an invitation: what HTTP calls a session. */
export interface Visit {
  readonly tokenHash: string
  readonly invitation: string
  readonly document: DocumentId
  readonly person: PersonId
  readonly name: string
  readonly expiresAt: number
}

/**
 * A person, whatever device she is at: whoever followed this link and gave this name. A visit is one browser, so it
 * cannot be what is remembered; the link alone would take colleagues who share it for one person.
 */
export interface Looker {
  readonly document: DocumentId
  readonly invitation: string
  readonly name: string
}
