import type * as Y from 'yjs'
import type { ParticipantId, PersonId, ProposalId } from '../../model/ids.ts'
import type { Actor } from '../../model/participant.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import { can } from '../../model/role.ts'
import type { OutcomeDocument } from '../schema.ts'
import type { FormerWords } from '../text/former-words.ts'
import type { Section, Struct, Update } from './decode/decode.ts'
import type { Container, StructPlace } from './structs/container.ts'
import type { NewInText } from './structs/inserted-runs.ts'
import type { ClaimedHead } from './decode/shape.ts'
import type { AdmissionCode } from './verdict.ts'

/** How far one client's section has been visited. */
export interface Progress {
  readonly section: Section
  /** The next clock of this client in the document: everything below is stored already. */
  readonly known: number
  /** The next clock after the structs visited so far. */
  state: number
  /** The index of the next struct to visit. */
  next: number
  /** Where the visited structs write, by index. Null: stored already, or void. */
  readonly places: (StructPlace | null)[]
  /** Whether the section is being visited further down the stack. Meeting it again means a cycle. */
  open: boolean
}

/** A proposal that this update creates. */
export interface Creation {
  readonly container: Container
  head: ClaimedHead | null
  content: Container | null
}

/** A new value for `anchors/<proposal>`. */
export interface Anchoring {
  readonly proposal: ProposalId
  readonly anchor: Anchor
  /**
   * True: the proposal is not the actor's own open one; its anchor is repaired after its words were brought
   * back.
   */
  readonly repair: boolean
}

/** A repair only replaces anchors: each anchor that it deletes must be overwritten by the same update. */
export interface Repairs {
  /**
   * `erased`: deleted anchors, with the id of their last unit. `overwritten`: the ids that new anchors name as
   * their left origin. Both as {@link idKey}.
   */
  readonly erased: { readonly proposal: ProposalId; readonly id: string }[]
  readonly overwritten: Set<string>
  /** The proposals whose new anchor is proved to be on the same characters, brought back. */
  readonly proved: Set<ProposalId>
  /** The proposals for which that can no longer be told, with the anchor that they had. */
  readonly unproved: Map<ProposalId, Anchor>
  /** How many more characters may be searched for proofs. */
  steps: number
}

export const idKey = (client: number, clock: number): string => `${client}/${clock}`

/** What is collected while one update is judged. Nothing of it outlives the judgement. */
export interface Review {
  readonly od: OutcomeDocument
  readonly clients: Map<number, (Y.Item | Y.GC)[]>
  readonly actor: Actor
  /** True in a private space: the paragraphs and hosts that it names may be in the room's document. */
  readonly elsewhere: boolean
  readonly former: FormerWords | undefined
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  readonly sections: Map<number, Progress>
  readonly deletes: Update['deletes']
  /** One object for each type, stored or new, so that places can be compared by identity. */
  readonly containers: Map<Y.AbstractType<unknown> | Struct, Container>
  readonly isAliasInRound: (alias: ParticipantId) => boolean
  readonly ownerOf: (client: number) => PersonId | 'server' | undefined
  /** Client ids used for the first time. */
  readonly claimed: number[]
  readonly created: Map<ProposalId, Creation>
  /** The created proposals whose quote reads as the words that their anchor covers. */
  readonly quoted: Set<ProposalId>
  readonly anchorings: Anchoring[]
  readonly repairs: Repairs
  /** Proposals whose entry in `anchors` is written as deleted. */
  readonly unanchored: Set<ProposalId>
  /** Proposals whose anchor is deleted. One that gets no other is shown on the paragraph that its head names. */
  readonly loosened: Set<ProposalId>
  /**
   * `written`: proposals in whose wording the update writes. `erased`: those of whose wording or anchor it
   * deletes something.
   */
  readonly written: Set<ProposalId>
  readonly erased: Set<ProposalId>
  /**
   * Proposals without an anchor in whose wording the update writes. Whether that is allowed is judged at the
   * end, when their place is known.
   */
  readonly orphaned: Set<ProposalId>
  /**
   * Formats that the update deletes in texts that the actor may not write, with the code for the refusal if
   * that is not tidying up.
   */
  readonly tidied: Map<Y.Text, { readonly gone: Set<Y.Item>; readonly code: AdmissionCode }>
  readonly writings: Map<Container, NewInText>
  /** How many nodes have been searched in texts: see `order.ts`. */
  readonly steps: { taken: number }
  /** By how many UTF-16 units each wording grows. */
  readonly growth: Map<Container, number>
  /** Whether the update holds anything that the document does not. */
  news: boolean
}

export const may = (review: Review, capability: 'edit-base' | 'propose'): boolean =>
  can(review.actor.role, capability)
