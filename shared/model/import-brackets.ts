import type { ParticipantId } from './ids.ts'
import type { SourceSpans } from './import.ts'
import type { Label } from './label.ts'
import type { Position } from './proposals/position.ts'
import type { StatusName } from './status.ts'

/**
 * What the brackets and marks of an imported block say. Offsets count UTF-16 units of the text that a thing is on: the
 * block's `base`, or the wording that an amendment is on.
 */
export interface BracketedText {
  /** The words that stand outside brackets, or that a bracket asks to delete or to replace. */
  readonly base: string
  /** In the order of the text; of several at one place in the order in which they stand there. */
  readonly proposals: readonly ImportedProposal[]
  /** The block itself is proposed: a new paragraph, or an alternative to the paragraph of its number. `base` is empty. */
  readonly whole: ImportedWording | null
  readonly requests: readonly ImportedRequest[]
  /** Positions on the paragraph as a whole. */
  readonly positions: readonly ImportedPosition[]
  /** The status that a mark gives the paragraph; null when there is no mark. */
  readonly status: ImportedStatus | null
  /** The number that the paragraph had before; null when none is given. */
  readonly former: Label | null
  /** Whether the number stands empty: `[Deleted]`, `[Moved to 5]`. */
  readonly vacant: boolean
  /** Emphasis and marks in `base`, where the source says exactly where they are. Absent: they are found by the words beside them. */
  readonly spans?: SourceSpans
  /** Of a proposed block: the index of the block that it is proposed behind. Absent: the nearest paragraph before it. */
  readonly behind?: number
}

/** A proposed wording and what is said of it. */
export interface ImportedWording extends ImportedStatements {
  readonly text: string
  /** The proposals on `text`. */
  readonly amendments: readonly ImportedProposal[]
  /** Emphasis and marks in `text`, as in {@link BracketedText}. */
  readonly spans?: SourceSpans
}

/** A proposal on words: an insertion where `start` is `end`, a deletion where `text` is empty, else a replacement. */
export interface ImportedProposal extends ImportedWording {
  readonly start: number
  readonly end: number
}

/** A proposal about a paragraph that has no wording. */
export interface ImportedRequest extends ImportedStatements {
  readonly kind: 'delete-paragraph' | 'reservation' | 'move' | 'join' | 'split'
  /**
   * For a move, the block to stand after (null: the beginning); for a merger, the one to take in. The index in the
   * draft's blocks.
   */
  readonly other: number | null
  /** Whether a deletion or a move is of the paragraph with everything below it. */
  readonly below: boolean
  /** For a move: as the first below `other`. */
  readonly under?: true
  /** For a split: the offset in the base text. */
  readonly at: number
}

/** What delegations say of a proposal. */
export interface ImportedStatements {
  /** Null: nobody is named, so it is as received. */
  readonly by: ParticipantId | null
  readonly cosponsors: readonly ParticipantId[]
  /** Members of the group that do not stand behind it. */
  readonly dissociated: readonly ParticipantId[]
  readonly positions: readonly ImportedPosition[]
  /** Who joined or left the proponents when the wording was another; absent when nobody did. */
  readonly earlier?: readonly ParticipantId[]
  /** The proponent withdraws it if this is accommodated; null when nothing is said. */
  readonly condition: string | null
}

export interface ImportedPosition {
  readonly by: ParticipantId
  readonly position: Position
  /** Whether it is about an earlier wording. */
  readonly earlier?: true
}

export interface ImportedStatus {
  readonly status: Extract<StatusName, 'agreed' | 'agreed-ad-ref'>
  readonly pending: readonly ParticipantId[]
  /** Whether the place of the paragraph is still to be decided. */
  readonly placement: boolean
  /** What else the mark says, such as `in small group, 3 June`; empty when nothing. */
  readonly note: string
}

/** A name that stands in brackets of the source. */
export interface ReadName {
  /** As the source writes it where it occurs first. */
  readonly written: string
  /** The participant that the directory has under this name; null when it has none. */
  readonly participant: ParticipantId | null
  /** How often it occurs. */
  readonly count: number
  /** The lines on which it occurs, each once, in order, from 1. At least one. */
  readonly lines: readonly number[]
}
