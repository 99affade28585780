import type { ParticipantId, PersonId, ProposalId } from '../../model/ids.ts'
import type { Anchor } from '../../model/proposal.ts'
import type { FormerWords } from '../text/former-words.ts'
import type { Actor } from '../../model/participant.ts'

/** What admission needs to know besides the document and the bytes. */
export interface AdmissionContext {
  readonly actor: Actor
  /**
   * Whose a Yjs client id is: a person, the server, or nobody's yet. Undefined for an id that has already written in
   * the document counts as somebody else's: an id is claimed by its first use or never.
   */
  ownerOf(client: number): PersonId | 'server' | undefined
  /** Whether a name is the alias of somebody who takes part in the round; absent: nobody can tell here. */
  isAliasInRound?(alias: ParticipantId): boolean
  /** A private space: what is proposed on may be in the room's document, which this one does not hold. */
  readonly elsewhere?: boolean
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  /** What deleted characters said; absent: nobody knows. */
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
  'too-deep': 'There are too many brackets inside each other here.',
  'put-aside': 'These words have been put aside in another window.',
} as const

export type AdmissionCode = keyof typeof MESSAGES
export const ADMISSION_CODES = Object.keys(MESSAGES) as readonly AdmissionCode[]

export interface Admitted {
  readonly ok: true
  /** True when the update holds nothing that the document does not have already: nothing to apply or log. */
  readonly empty: boolean
  /** Client ids that this update is the first to use: they are the actor's from now on. */
  readonly claimed: readonly number[]
  /** Proposals created by this update, in their order. */
  readonly created: readonly ProposalId[]
  /** Those of them whose quote reads as the words that their anchor covers. */
  readonly quoted: ReadonlySet<ProposalId>
  /** Proposals whose anchor this update writes (the created ones too). */
  readonly anchored: readonly ProposalId[]
  /**
   * Proposals that have no anchor here, because their author took them back, and get one from somebody who brought
   * back the words they stood on. The author's word stands: whoever applies the update takes the anchor away again.
   */
  readonly revived: readonly ProposalId[]
  /** Proposals in whose wording this update writes characters (not those that it creates). */
  readonly written: readonly ProposalId[]
  /** Those of whose wording, or anchor, it deletes something. */
  readonly erased: readonly ProposalId[]
  /** Proposals of others, or decided ones, that are put on the characters they stood on, which this update brings back. */
  readonly repaired: readonly ProposalId[]
  /** The actor's own open proposals of which this update writes the anchor, or takes it away (not those that it creates). */
  readonly moved: ReadonlyMap<ProposalId, Moved>
  /**
   * Those of which nobody can tell any more whether it does, with the anchors that they had: whoever applies the update
   * puts these back.
   */
  readonly unproved: ReadonlyMap<ProposalId, Anchor>
}

/** What an update does with the anchor of a proposal of its author. */
export interface Moved {
  /** The anchor that it had; null: none. */
  readonly before: Anchor | null
  /** Each anchor that is written is that one, or on the same characters, which this update brings back. */
  readonly broughtBack: boolean
}

export interface Refused {
  readonly ok: false
  readonly code: AdmissionCode
  /** One sentence for a person. */
  readonly message: string
}

export type Verdict = Admitted | Refused

export const refused = (code: AdmissionCode): Refused => ({ ok: false, code, message: MESSAGES[code] })
