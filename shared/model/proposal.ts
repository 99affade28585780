import type { HostId, ParagraphId, ParticipantId, ProposalId } from './ids.ts'

export const PROPOSAL_KINDS = ['text', 'paragraph'] as const
/** `text`: on the words of a host. `paragraph`: a whole new paragraph. */
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** Written once, with the proposal, and never again. */
export interface ProposalHead {
  readonly kind: ProposalKind
  readonly by: ParticipantId
  /** The person's name, for the card: the bracket shows only the participant. */
  readonly person: string
  /** Milliseconds since 1970 by the author's clock; the log has the server's. */
  readonly createdAt: number
  /** The block it was proposed on: where its wording is shown should its anchor be lost. */
  readonly paragraph: ParagraphId
  /** The host's words under the range when it was proposed (cut at {@link QUOTE_LIMIT}); empty for an insertion. */
  readonly quote: string
}

export const QUOTE_LIMIT = 4_000
/** Longest wording of one proposal, in UTF-16 units. */
export const CONTENT_LIMIT = 100_000
/** A bracket in a bracket, at most this deep; five are in use. */
export const DEPTH_LIMIT = 8

/** One character in a Y.Text, by its Yjs identity. */
export type ItemId = readonly [client: number, clock: number]

/**
 * Where a proposal stands. Character identities, not positions: they survive every concurrent edit.
 * - `range` covers the characters from `start` to `end`, both included.
 * - `point` stands right after the character `at` (null: at the very start of the host).
 * Written with the proposal; later by its owner, by whoever may edit base text (when an undo brings words back), and
 * by the owner of the wording it amends, as long as the host stays the same.
 * - `after` puts a new paragraph after an existing one.
 */
export type Anchor =
  | {
      readonly kind: 'range'
      readonly host: HostId
      readonly paragraph: ParagraphId
      readonly start: ItemId
      readonly end: ItemId
    }
  | {
      readonly kind: 'point'
      readonly host: HostId
      readonly paragraph: ParagraphId
      readonly at: ItemId | null
    }
  | { readonly kind: 'after'; readonly paragraph: ParagraphId }

/** What the card says of a proposal, derived from its range and its wording. */
export type ProposalNature = 'insertion' | 'deletion' | 'replacement' | 'new-paragraph'

export interface Affected {
  /** The decision that made this proposal moot. */
  readonly by: ProposalId
  readonly effect: 'words-gone' | 'host-closed'
}
