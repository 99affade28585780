import type { Command, CommandResult } from '../model/command.ts'
import type { DocumentId, ParticipantId } from '../model/ids.ts'
import type { Actor } from '../model/participant.ts'
import type { Role } from '../model/role.ts'
import type { Answer, NameAnswer } from '../model/understanding.ts'

/**
 * The HTTP contract.
 *
 *     GET  /healthz                                    200 {"ok":true}
 *     GET  /readyz                                     200 or 503 {"ready", "checks": {"disk", "store", "worker"}}
 *     GET  /i/<token>                                  follow an invitation: sets its cookie, 303 to /d/<document>?as=<invitation>
 *     GET  /d/<document>                               the application
 *     GET  /api/documents/<document>                   DocumentInfo
 *     PUT  /api/documents/<document>/name              NameRequest → DocumentInfo (the person's name, asked once)
 *     POST /api/documents/<document>/commands          CommandRequest → CommandResult (200 executed, 409 refused)
 *     GET  /api/documents/<document>/export            ?format=text|json&view=all|clean|base
 *     GET  /api/documents/<document>/revisions/<n>     FrozenText: what revision n said
 *     GET  /api/documents/<document>/texts/<sequence>  FrozenText: as it stood after that row of the log
 *     GET  /api/documents/<document>/attributions      Attributions: whose the aliases are (needs `decide`)
 *     GET  /api/documents/<document>/looked            Looked: when this person last looked
 *     PUT  /api/documents/<document>/looked            → Looked: now
 *     POST /api/documents                              ImportRequest → ImportResponse (needs `import` on `from`)
 *     POST /api/documents/<document>/invitations       InviteRequest → InviteResponse (these three need `invite`)
 *     GET  /api/documents/<document>/invitations       InvitationList
 *     DELETE /api/documents/<document>/invitations/<id>  → ListedInvitation: revoked
 *     WS   /sync/<document>                            see wire.ts
 *     WS   /sync/<document>/drafts/<participant>       the private space of a delegation, or of a group among its members
 *
 * A request belongs to a session by a cookie, by `Authorization: Bearer <token>`, or, on /sync, by `?token=`. The latter two
 * take the token of an invitation.
 *
 * A browser has one session for each invitation that it followed, in the cookie `informals_<document>_<invitation>`. Every
 * request and socket names the one it means by `?as=<invitation>`; without that, the cookie `informals_<document>` counts,
 * which is of the invitation followed last. Errors are {@link Problem}.
 */
export interface Problem {
  readonly code: string
  readonly message: string
}

export interface DocumentInfo {
  readonly document: DocumentId
  /** The id of the invitation this session came by, for `?as=`. It gives no access. */
  readonly as: string
  readonly title: string
  readonly actor: Actor
  /** The private spaces that this person may open: those of their participant and its groups. */
  readonly spaces: readonly ParticipantId[]
}

/** Which delegation an alias stands for. */
export interface Attribution {
  readonly alias: ParticipantId
  readonly participant: ParticipantId
}

/**
 * Every alias in the document. In an unattributed round, also those of all who have a link or are in the
 * directory; these come last.
 */
export interface Attributions {
  readonly attributions: readonly Attribution[]
}

/** Which log row a person had seen when they last looked, on any device; null when they never have. */
export type Looked = { readonly sequence: number; readonly at: number } | null

export interface NameRequest {
  readonly name: string
}

export interface CommandRequest {
  /**
   * An idempotency key chosen by the client, 8 to 64 characters. A command is executed once for a key, and
   * every request with the key gets the same answer.
   */
  readonly key: string
  readonly command: Command
}

export type CommandResponse = CommandResult

export interface ImportRequest {
  /** The document whose session permits the import. */
  readonly from: DocumentId
  readonly title?: string
  /** The file in base64. */
  readonly file: string
  /** What the person answered about the text. */
  readonly answers?: readonly Answer[]
  /** Who is meant by names in brackets. */
  readonly names?: readonly NameAnswer[]
  /** The digest of the draft as it was shown. A draft that is read otherwise is not made. */
  readonly shown?: string
}

export interface RoleLink {
  readonly role: Role
  readonly participant: string | null
  readonly url: string
}

export interface ImportResponse {
  readonly document: DocumentId
  readonly title: string
  readonly links: readonly RoleLink[]
  /** What the importer noticed and a person should check. */
  readonly warnings: readonly string[]
}

export interface InviteRequest {
  readonly role: Role
  readonly participant?: string
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
}

export interface InviteResponse extends RoleLink {
  readonly token: string
}

/**
 * An invitation as it is shown to those who may invite; its token is left out. Times are in milliseconds since
 * 1970.
 */
export interface ListedInvitation {
  readonly id: string
  readonly role: Role
  readonly participant: ParticipantId | null
  readonly createdAt: number
  /** Null: it is valid until it is revoked. */
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** When somebody last followed it; null when that is not known. */
  readonly followedAt: number | null
  /** Whether the session that asks came by it. */
  readonly own: boolean
}

/** Oldest first, including revoked and expired ones. */
export interface InvitationList {
  readonly invitations: readonly ListedInvitation[]
}
