import type { HostId, ParagraphId, ParticipantId, ProposalId } from './ids.ts'
import type { Anchor } from './proposal.ts'

export const DISPOSITIONS = ['accepted', 'accepted-as-amended', 'not-retained', 'withdrawn'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** How a proposal ended: by whom, when, and all that is needed to take it back. */
export interface Decision {
  readonly disposition: Disposition
  readonly by: ParticipantId
  readonly person: string
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  readonly effect: Effect
  /** Other proposals that were flagged as affected. */
  readonly flagged: readonly ProposalId[]
}

/** A consecutive stretch of one client's characters. */
export type Run = readonly [client: number, clock: number, length: number]

/** What the decision did to the text. Offsets are UTF-16 units. */
export type Effect = { readonly kind: 'none' } | Merged | ParagraphAdded

/** The wording that went in, and how it relates to the proposed one. */
interface Inserted {
  /** The inserted characters, in order. */
  readonly inserted: readonly Run[]
  /** Units that the wording has in common with the proposed one at its start and end; null: it is the proposed one. */
  readonly common: { readonly prefix: number; readonly suffix: number } | null
  /** The amendments that moved with the wording: their anchors before and after. */
  readonly carried: readonly MovedAnchor[]
}

/** The wording went into the host. */
export interface Merged extends Inserted {
  readonly kind: 'merged'
  readonly host: HostId
  /** The proposal's anchor before. */
  readonly anchor: Anchor
  /** The deleted words, for putting them back, and their characters, to know who depends on whom. */
  readonly deleted: readonly TextPiece[]
  readonly deletedRuns: readonly Run[]
  /** What the inserted characters read. */
  readonly put: string
  /** Other proposals that stepped behind the new words. */
  readonly stepped: readonly MovedAnchor[]
}

/** A new paragraph was made of the wording. */
export interface ParagraphAdded extends Inserted {
  readonly kind: 'paragraph-added'
  readonly paragraph: ParagraphId
}

export interface TextPiece {
  readonly insert: string
  readonly attributes?: Readonly<Record<string, true>>
}

/** An anchor that a decision changed, before and after. */
export interface MovedAnchor {
  readonly proposal: ProposalId
  readonly from: Anchor
  readonly to: Anchor
}
