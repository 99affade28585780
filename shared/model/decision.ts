import type { HostId, ParagraphId, ParticipantId, ProposalId } from './ids.ts'
import type { Anchor, ItemId } from './proposal.ts'

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
}

/** A consecutive stretch of one client's characters. */
export type Run = readonly [client: number, clock: number, length: number]

/** What the decision did to the text. Offsets are UTF-16 units. */
export type Effect =
  | { readonly kind: 'none'; readonly flagged: readonly ProposalId[] }
  | {
      /** The wording went into the host. */
      readonly kind: 'merged'
      readonly host: HostId
      /** The proposal's anchor before, for reopening. */
      readonly anchor: Anchor
      /** The inserted characters, in order. */
      readonly inserted: readonly Run[]
      /** The deleted range: its text (a Yjs delta), and the character it stood after. */
      readonly deleted: readonly TextPiece[]
      readonly before: ItemId | null
      /** Amendments re-hosted, and others whose words were in the deleted range: their anchors before. */
      readonly moved: readonly MovedAnchor[]
      readonly flagged: readonly ProposalId[]
    }
  | {
      /** A new paragraph was made of the wording. */
      readonly kind: 'paragraph-added'
      readonly paragraph: ParagraphId
      readonly inserted: readonly Run[]
      readonly moved: readonly MovedAnchor[]
      readonly flagged: readonly ProposalId[]
    }

export interface TextPiece {
  readonly insert: string
  readonly attributes?: Readonly<Record<string, true>>
}

/** An anchor that a decision changed; `from`/`to` are its offsets in the deleted text where it stood in that. */
export interface MovedAnchor {
  readonly proposal: ProposalId
  readonly anchor: Anchor
  readonly from: number | null
  readonly to: number | null
}
