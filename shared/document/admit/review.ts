import type * as Y from 'yjs'
import type { ParticipantId, PersonId, ProposalId } from '../../model/ids.ts'
import type { Actor } from '../../model/participant.ts'
import type { Anchor } from '../../model/proposal.ts'
import { can } from '../../model/role.ts'
import type { OutcomeDocument } from '../schema.ts'
import type { FormerWords } from '../text/former-words.ts'
import type { Section, Struct, Update } from './decode.ts'
import type { NewInText } from './order.ts'
import type { Container, StructPlace } from './place.ts'
import type { ClaimedHead } from './shape.ts'
import type { AdmissionCode } from './verdict.ts'

/** How far one client's section has been followed. */
export interface Progress {
  readonly section: Section
  /** The next clock by the document: below it, everything is known. */
  readonly known: number
  /** The next clock with the structs followed so far. */
  state: number
  /** The next struct to follow. */
  next: number
  /** Where the followed structs write, by index. Null: known already. */
  readonly places: (StructPlace | null)[]
  /** Already being followed, further down: met again, it is a circle. */
  open: boolean
}

/** A proposal that this update creates. */
export interface Creation {
  readonly container: Container
  head: ClaimedHead | null
  content: Container | null
}

/** A value for `anchors/<proposal>`. */
export interface Anchoring {
  readonly proposal: ProposalId
  readonly anchor: Anchor
  /** Not the actor's own and open proposal: she repairs its anchor, having brought back the words it stood on. */
  readonly repair: boolean
}

/** Repairs only replace: each anchor they delete must be overwritten by the same update. */
export interface Repairs {
  /** Anchors that are deleted, by their last id, and the ids that anchors are put after, as {@link idKey}. */
  readonly erased: { readonly proposal: ProposalId; readonly id: string }[]
  readonly overwritten: Set<string>
  /** Those that stand on the same characters, brought back. */
  readonly proved: Set<ProposalId>
  /** Those of which this cannot be told any more, with the anchor that they had. */
  readonly unproved: Map<ProposalId, Anchor>
  /** How many more characters may be looked at for a proof. */
  steps: number
}

export const idKey = (client: number, clock: number): string => `${client}/${clock}`

/** All that is known while one update is looked at. Nothing here outlives it. */
export interface Review {
  readonly od: OutcomeDocument
  readonly clients: Map<number, (Y.Item | Y.GC)[]>
  readonly actor: Actor
  /** Paragraphs and hosts may be in a document that is not this one. */
  readonly elsewhere: boolean
  readonly former: FormerWords | undefined
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  readonly sections: Map<number, Progress>
  readonly deletes: Update['deletes']
  /** One object for one type, known or new: places are compared by it. */
  readonly containers: Map<Y.AbstractType<unknown> | Struct, Container>
  /** Whether a name is the alias of somebody who takes part in the round. */
  readonly isAliasInRound: (alias: ParticipantId) => boolean
  readonly ownerOf: (client: number) => PersonId | 'server' | undefined
  /** Client ids used for the first time. */
  readonly claimed: number[]
  readonly created: Map<ProposalId, Creation>
  /** Those of them whose quote reads as the words that their anchor covers. */
  readonly quoted: Set<ProposalId>
  readonly anchorings: Anchoring[]
  readonly repairs: Repairs
  /** Proposals whose anchors entry is written as deleted. */
  readonly unanchored: Set<ProposalId>
  /** Proposals whose anchor is deleted; what has no other one is shown on the paragraph that its head names. */
  readonly loosened: Set<ProposalId>
  /** Proposals in whose wording something is written; and of whose wording or anchor something is deleted. */
  readonly written: Set<ProposalId>
  readonly erased: Set<ProposalId>
  /** Proposals without an anchor in whose wording something is written: where they stand is known at the end. */
  readonly orphaned: Set<ProposalId>
  /** Formats deleted in texts that are not the actor's to write to, and what she would be told. */
  readonly tidied: Map<Y.Text, { readonly gone: Set<Y.Item>; readonly code: AdmissionCode }>
  readonly writings: Map<Container, NewInText>
  /** Effort spent on finding places in texts. */
  readonly steps: { taken: number }
  /** By how much the visible length of a wording grows. */
  readonly growth: Map<Container, number>
  /** False as long as all was known. */
  news: boolean
}

export const may = (review: Review, capability: 'edit-base' | 'propose'): boolean =>
  can(review.actor.role, capability)
