import type { HostId, MeetingId, ParagraphId, ParticipantId, ProposalId } from './ids.ts'
import type { Label } from './label.ts'
import type { Anchor } from './proposal.ts'
import type { Fingerprint } from './wording.ts'

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

/** On what a decision rests. */
export const BASES = ['room-consensus', 'proponent-withdrew', 'facilitators-judgement'] as const
export type Basis = (typeof BASES)[number]

/** How a proposal ended: by whom, when, and all that is needed to take it back. */
export interface Decision {
  readonly disposition: Disposition
  readonly by: ParticipantId
  readonly person: string
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  readonly basis?: Basis
  /** The meeting it was taken in. */
  readonly meeting?: MeetingId
  /** Who wrote a withdrawal down on the owner's behalf. */
  readonly via?: ParticipantId
  /** For `superseded`: the proposal that won. */
  readonly supersededBy?: ProposalId
  /** The wording that was decided on; absent on decisions taken before wordings were noted. */
  readonly wording?: Fingerprint
  readonly effect: Effect
  /** Other proposals that were flagged as affected. */
  readonly flagged: readonly ProposalId[]
}

/** A decision that was taken back: what it was, and who reopened it, when and why. */
export interface Reopened {
  readonly decision: Omit<Decision, 'effect' | 'flagged'>
  readonly by: ParticipantId
  readonly person: string
  /** Who wrote it down on behalf of the participant that took a withdrawn proposal over. */
  readonly via?: ParticipantId
  readonly at: number
  /** Empty when it was undone at once. */
  readonly reason: string
  /** The characters that the decision had put in, and that left the text with it. */
  readonly inserted?: readonly Run[]
}

/** A decision is undone without a reason for so long (milliseconds, by the server's clock): 8 seconds on the screen, and the way there. */
export const UNDO_WINDOW = 15_000

/** A consecutive stretch of one client's characters. */
export type Run = readonly [client: number, clock: number, length: number]

/** What the decision did to the text. Offsets are UTF-16 units. */
export type Effect =
  | { readonly kind: 'none' }
  | Merged
  | ParagraphAdded
  | MergedInto
  | ParagraphVacated
  | ParagraphMoved
  | ParagraphSplit
  | ParagraphsJoined

/** The wording of a proposal went into the text, and what amends it went along. */
export type PutIn = Merged | ParagraphAdded

export const isPutIn = (effect: Effect | undefined): effect is PutIn =>
  effect?.kind === 'merged' || effect?.kind === 'paragraph-added'

/** Its words went into a bridging proposal; the sources of one are decided, and taken back, together. */
export interface MergedInto {
  readonly kind: 'merged-into'
  readonly bridge: ProposalId
}

/** All words of a paragraph were deleted and its number stands empty until the next revision. */
export interface ParagraphVacated {
  readonly kind: 'paragraph-vacated'
  readonly paragraph: ParagraphId
  readonly deleted: readonly TextPiece[]
  readonly deletedRuns: readonly Run[]
}

/** A paragraph stands elsewhere, under a new number, and says which one it had. */
export interface ParagraphMoved {
  readonly kind: 'paragraph-moved'
  readonly paragraph: ParagraphId
  readonly from: ParagraphPlace
  readonly to: ParagraphPlace
}

interface ParagraphPlace {
  readonly order: string
  readonly label: Label | null
  readonly former: Label | null
}

/** The words from an offset on became a paragraph of their own; what stood on them went along. */
export interface ParagraphSplit extends Carried {
  readonly kind: 'paragraph-split'
  readonly paragraph: ParagraphId
  readonly into: ParagraphId
}

/** A paragraph's words went to the end of another, and its number stands empty; what stood on them went along. */
export interface ParagraphsJoined extends Carried {
  readonly kind: 'paragraphs-joined'
  /** The one that is longer now. */
  readonly paragraph: ParagraphId
  /** The one that is empty now. */
  readonly from: ParagraphId
}

/** Words that stand in another paragraph now: the old characters, deleted, and the new ones. */
interface Carried {
  readonly deleted: readonly TextPiece[]
  readonly deletedRuns: readonly Run[]
  readonly inserted: readonly Run[]
  readonly carried: readonly MovedAnchor[]
}

/** Units that two wordings share: their offset in the one, in the other, and how many. */
export type Kept = readonly [from: number, to: number, length: number]

/** The wording that went in, and how it relates to the proposed one. */
interface Inserted {
  /** The inserted characters, in order. */
  readonly inserted: readonly Run[]
  /** Units that the wording has in common with the proposed one at its start and end; null: it is the proposed one. */
  readonly common: { readonly prefix: number; readonly suffix: number } | null
  /** Where it is not the proposed one: the words that it has of it. */
  readonly kept?: readonly Kept[]
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
  /** The first, or the last, of the inserted characters is a space that parts the wording from a word beside it. */
  readonly spaced?: { readonly before: boolean; readonly after: boolean }
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
