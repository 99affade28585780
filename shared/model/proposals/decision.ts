import type { HostId, MeetingId, ParagraphId, ParticipantId, ProposalId } from '../ids.ts'
import type { Label } from '../label.ts'
import { serves } from '../participant.ts'
import type { Anchor } from './proposal.ts'
import type { Fingerprint } from './wording.ts'

/** Exported for tests. */
export const DISPOSITIONS = [
  'accepted',
  'accepted-as-amended',
  'accepted-in-part',
  'merged',
  'superseded',
  'not-retained',
  'withdrawn',
] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** What a decision is based on. */
export const BASES = ['room-consensus', 'proponent-withdrew', 'facilitators-judgement'] as const
export type Basis = (typeof BASES)[number]

/** How a proposal ended: by whom, when, and everything that is needed to take it back. */
export interface Decision {
  readonly disposition: Disposition
  readonly by: ParticipantId
  readonly person: string
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  readonly basis?: Basis
  /** The meeting in which it was taken. */
  readonly meeting?: MeetingId
  /** Who wrote down a withdrawal on the owner's behalf. */
  readonly via?: ParticipantId
  /** With `superseded`: the accepted proposal. */
  readonly supersededBy?: ProposalId
  /**
   * The proposal with which it was decided in one act: that of what it stands below, which was accepted, or the choice of another
   * option than the one that it stands on. Both are taken back together.
   */
  readonly acceptedWith?: ProposalId
  /** The wording that was decided on; absent on decisions from before wordings were recorded. */
  readonly wording?: Fingerprint
  readonly effect: Effect
  /** The other proposals that it flagged as affected. */
  readonly flagged: readonly ProposalId[]
}

/** A decision that was taken back: by whom, when and why. */
export interface Reopened {
  readonly decision: Omit<Decision, 'effect' | 'flagged'>
  readonly by: ParticipantId
  readonly person: string
  /** Who wrote it down on behalf of the delegation that took over a withdrawn proposal. */
  readonly via?: ParticipantId
  readonly at: number
  /** Empty when it was undone within {@link UNDO_WINDOW}. */
  readonly reason: string
  /** The characters that the decision had inserted and that were deleted with it. */
  readonly inserted?: readonly Run[]
}

/** Whether a withdrawal was taken back by a participant that took the proposal over. */
export const isTakeOver = ({ decision, by }: Pick<Reopened, 'decision' | 'by'>): boolean =>
  decision.disposition === 'withdrawn' && !serves(by)

/**
 * How long a decision can be undone without a reason, in milliseconds by the server's clock: the 8 seconds
 * shown on the screen, and time for the request.
 */
export const UNDO_WINDOW = 15_000

/** Consecutive characters of one Yjs client. */
export type Run = readonly [client: number, clock: number, length: number]

/**
 * What a decision did to the text. Each kind holds what is needed to take it back exactly; offsets are UTF-16
 * units. The kinds and field names are stored, so they never change.
 */
export type Effect =
  | { readonly kind: 'none' }
  | WordingInserted
  | ParagraphAdded
  | MergedInto
  | ParagraphVacated
  | ParagraphMoved
  | ParagraphSplit
  | ParagraphsJoined
  | FamilyChanged

/** The wording of a proposal was inserted into the text, and its open amendments were re-anchored there. */
export type Insertion = WordingInserted | ParagraphAdded

export const isInsertion = (effect: Effect | undefined): effect is Insertion =>
  effect?.kind === 'merged' || effect?.kind === 'paragraph-added'

/** The proposal was merged into a bridging proposal. The sources of one are decided, and taken back, together. */
export interface MergedInto {
  readonly kind: 'merged-into'
  readonly bridge: ProposalId
}

/** All words of a paragraph were deleted; its number is vacant until the next revision. */
export interface ParagraphVacated {
  readonly kind: 'paragraph-vacated'
  readonly paragraph: ParagraphId
  readonly deleted: readonly TextPiece[]
  readonly deletedRuns: readonly Run[]
}

/** A paragraph was moved. It has a new number and shows its former one. */
export interface ParagraphMoved {
  readonly kind: 'paragraph-moved'
  readonly paragraph: ParagraphId
  readonly from: ParagraphPlace
  readonly to: ParagraphPlace
}

/** A paragraph was deleted or moved with everything below it. */
export interface FamilyChanged {
  readonly kind: 'family-changed'
  /** The first of them, which governs the others. */
  readonly paragraph: ParagraphId
  /** What became of each, in the order of the text, itself included. */
  readonly parts: readonly (ParagraphVacated | ParagraphMoved)[]
  /** For a move: the places of the proposals for paragraphs below it, which moved along. */
  readonly proposed: readonly PlaceMoved[]
}

/** The number and the place that a proposal for a paragraph had, and the ones that it has. */
export interface PlaceMoved {
  readonly proposal: ProposalId
  readonly from: IssuedPlace
  readonly to: IssuedPlace
}

interface IssuedPlace extends Omit<ParagraphPlace, 'former'> {
  /** Whether it is for a heading. */
  readonly heading?: true
}

interface ParagraphPlace {
  readonly order: string
  readonly label: Label | null
  readonly former: Label | null
  /** Absent: 0. */
  readonly level?: number
}

/** The words behind an offset became a paragraph of their own, with the proposals on them. */
export interface ParagraphSplit extends Carried {
  readonly kind: 'paragraph-split'
  readonly paragraph: ParagraphId
  readonly into: ParagraphId
}

/**
 * The words of `from` were moved to the end of `paragraph`, with the proposals on them; the number of `from` is
 * vacant.
 */
export interface ParagraphsJoined extends Carried {
  readonly kind: 'paragraphs-joined'
  /** The paragraph that took the words in. */
  readonly paragraph: ParagraphId
  /** The paragraph that they came from. */
  readonly from: ParagraphId
}

/** Words that were moved to another paragraph: the deleted characters there, and the inserted copies here. */
interface Carried {
  readonly deleted: readonly TextPiece[]
  readonly deletedRuns: readonly Run[]
  readonly inserted: readonly Run[]
  readonly carried: readonly MovedAnchor[]
}

/** Units that two wordings share: the offset in one, the offset in the other, and the length. */
export type Kept = readonly [from: number, to: number, length: number]

/** How many UTF-16 units two wordings share at the start and at the end. The two parts do not overlap. */
export interface Common {
  readonly prefix: number
  readonly suffix: number
}

/** How a wording relates to the wording that it was made from. */
export interface Revised {
  /** What they share at the ends; null when they are the same. */
  readonly common: Common | null
  /**
   * The words that both have, in order. Absent when they are the same, and from records of an earlier version:
   * then only `common` is known.
   */
  readonly kept?: readonly Kept[]
}

/** The inserted wording, and how it relates to the proposed one. */
interface Inserted extends Revised {
  /** The inserted characters, in order. */
  readonly inserted: readonly Run[]
  /** The amendments that were re-anchored to the inserted wording, with their anchors before and after. */
  readonly carried: readonly MovedAnchor[]
}

/**
 * The wording was inserted into a host. (`merged` here means: into the text. A merger of proposals is
 * `merged-into`.)
 */
export interface WordingInserted extends Inserted {
  readonly kind: 'merged'
  readonly host: HostId
  /** The proposal's anchor before the decision. */
  readonly anchor: Anchor
  /**
   * The deleted words, for putting them back, and their characters, for finding decisions that rest on each
   * other.
   */
  readonly deleted: readonly TextPiece[]
  readonly deletedRuns: readonly Run[]
  /** The text of the inserted characters. */
  readonly put: string
  /**
   * Whether the first, or the last, inserted character is a space that separates the wording from the word
   * beside it.
   */
  readonly spaced?: { readonly before: boolean; readonly after: boolean }
  /** Other proposals whose anchors were changed because of the inserted or deleted words, before and after. */
  readonly stepped: readonly MovedAnchor[]
}

/** The wording became a new paragraph. */
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
