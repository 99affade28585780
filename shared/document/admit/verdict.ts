import type { ParticipantId, PersonId, ProposalId } from '../../model/ids.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import type { FormerWords } from '../text/former-words.ts'
import type { Actor } from '../../model/participant.ts'
import { fail, type Failure, type Result } from '../../model/result.ts'

/** What admission needs to know besides the document and the bytes. */
export interface AdmissionContext {
  readonly actor: Actor
  /**
   * Returns who owns a Yjs client id: a person, the server, or undefined for nobody. An id is claimed by its
   * first use or never: one without an owner that already occurs in the document counts as somebody else's.
   */
  ownerOf(client: number): PersonId | 'server' | undefined
  /** Whether a name is the alias of a participant of this round. Absent where the caller has no way to know. */
  isAliasInRound?(alias: ParticipantId): boolean
  /** True for a private space: its proposals may be on hosts that only the room's document holds. */
  readonly elsewhere?: boolean
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  /** The text of deleted characters; absent where it is not known. */
  readonly former?: FormerWords
}

const MESSAGES = {
  malformed: 'This change could not be read.',
  oversize: 'This change is too large.',
  'foreign-client': 'This change speaks for another connection.',
  'clock-gap': 'This change does not continue what is known of its connection.',
  'unknown-root': 'This change writes outside the document.',
  'unknown-item': 'This change refers to text that is not there.',
  'mixed-origins': 'This change stands in two places at once.',
  'not-allowed': 'You may not change this.',
  'wrong-shape': 'This change is not of a kind that the document can hold.',
  'forbidden-character':
    'This change holds characters that cannot be seen, or that turn the direction of other words.',
  'wrong-participant': 'A proposal can only be made in the name of your own delegation.',
  untrue: 'What this says of who wrote it, when, or on which words, is not so.',
  closed: 'This has been decided in the meantime.',
  agreed: 'This paragraph has been agreed in the meantime.',
  'too-deep': 'There are too many brackets inside each other here.',
  'put-aside': 'These words have been put aside in another window.',
} as const

/** Why an update is refused. `agreed` is told to clients as `closed`, with a sentence of its own. */
export type AdmissionCode = keyof typeof MESSAGES
type ToldCode = Exclude<AdmissionCode, 'agreed'>

const toldAs = (code: AdmissionCode): ToldCode => (code === 'agreed' ? 'closed' : code)

/** The codes of which clients are told. Exported for tests. */
export const ADMISSION_CODES: readonly ToldCode[] = [
  ...new Set((Object.keys(MESSAGES) as AdmissionCode[]).map(toldAs)),
]

/** What is known of an update that may be applied, and what whoever applies it must do besides. */
export interface Admitted {
  /** True when the document already holds everything in the update: there is nothing to apply or to log. */
  readonly empty: boolean
  /** Client ids that this update uses for the first time. They belong to the actor from now on. */
  readonly claimed: readonly number[]
  /** The proposals that this update creates, in their order. */
  readonly created: readonly ProposalId[]
  /** Those created proposals whose quote reads as the words that their anchor covers. */
  readonly quoted: ReadonlySet<ProposalId>
  /** Proposals whose anchor this update writes, created ones included. */
  readonly anchored: readonly ProposalId[]
  /**
   * Proposals without an anchor that get one from somebody who brought their words back. Their author took them
   * back, and that stands: whoever applies the update removes the anchor again.
   */
  readonly revived: readonly ProposalId[]
  /** Proposals in whose wording this update writes characters, without the created ones. */
  readonly written: readonly ProposalId[]
  /** Proposals of whose wording or anchor this update deletes something. */
  readonly erased: readonly ProposalId[]
  /**
   * Proposals of others, or decided ones, that this update re-anchors to the same characters, which it brings
   * back.
   */
  readonly repaired: readonly ProposalId[]
  /** The actor's own open proposals whose anchor this update writes or removes, without the created ones. */
  readonly moved: ReadonlyMap<ProposalId, Moved>
  /**
   * Repaired proposals of which it can no longer be told whether their new anchor is on the same characters,
   * with the anchors that they had. Whoever applies the update restores these.
   */
  readonly unproved: ReadonlyMap<ProposalId, Anchor>
}

/** What an update does to the anchor of its author's own proposal. */
export interface Moved {
  /** The anchor that it had; null for none. */
  readonly before: Anchor | null
  /** Whether every anchor written is the former one, or on its characters, which the update brings back. */
  readonly broughtBack: boolean
}

export type Verdict = Result<Admitted, ToldCode>

export const refused = (code: AdmissionCode): Failure<ToldCode> => fail(toldAs(code), MESSAGES[code])
