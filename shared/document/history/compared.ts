import type { Basis, Disposition, Run } from '../../model/proposals/decision.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { StatusName } from '../../model/status.ts'

/** The text at one moment: that of a revision, or after any row of the log. */
export interface FrozenText {
  /** The number of the last log row that it includes. */
  readonly sequence: number
  /** In the order of the text, vacant numbers included. */
  readonly paragraphs: readonly FrozenParagraph[]
  /** The open proposals for new and alternative paragraphs at that time, in the order of the text. */
  readonly proposed: readonly FrozenProposed[]
}

export interface FrozenProposed {
  readonly id: ProposalId
  /** The paragraph directly before it; null when it came first. */
  readonly after: ParagraphId | null
  /** Formatted; empty when it had no number. */
  readonly label: string
  /** With literal brackets. */
  readonly text: string
  /** The open proposals that it shows, including itself. */
  readonly open: readonly ProposalId[]
}

export interface FrozenParagraph {
  readonly id: ParagraphId
  readonly kind: ParagraphKind
  /** Formatted; empty for headings and separators. */
  readonly label: string
  /** The base text, without brackets. */
  readonly base: string
  /** The identities of its characters, one for each UTF-16 unit. */
  readonly runs: readonly Run[]
  /** With literal brackets. */
  readonly text: string
  readonly status: StatusName
  readonly vacant: boolean
  /** The open proposals that it shows, including amendments. */
  readonly open: readonly ProposalId[]
}

/** Who caused a change. `proposal` null: the facilitators changed the base text. */
export interface Cause {
  readonly proposal: ProposalId | null
  readonly by: ParticipantId
  readonly person: string
  /** When it was proposed, in milliseconds since 1970; null for base text. */
  readonly proposedAt: number | null
  readonly decidedBy: ParticipantId | null
  /** The person's name; empty when it is not disclosed. */
  readonly decidedPerson: string
  readonly decidedAt: number | null
  readonly disposition: Disposition | null
  readonly basis: Basis | null
  /** Who took it over, in that order: some of its words may be theirs. */
  readonly takenOverBy: readonly ParticipantId[]
  /** Who co-sponsored or supported it when it was decided. */
  readonly supporters: readonly ParticipantId[]
}

export interface ComparedPiece {
  readonly kind: 'same' | 'inserted' | 'deleted'
  readonly text: string
  /** For inserted or deleted words; empty when the causes are not known any more. */
  readonly causes: readonly Cause[]
}

export interface ComparedParagraph {
  readonly id: ParagraphId
  readonly kind: ParagraphKind
  /** The labels before and after; null when the paragraph did not exist. */
  readonly was: string | null
  readonly now: string | null
  readonly change: 'same' | 'changed' | 'added' | 'deleted' | 'moved'
  readonly pieces: readonly ComparedPiece[]
}

/** One thing that happened to a paragraph. */
export interface HistoryEvent {
  readonly at: number
  readonly by: ParticipantId
  readonly person: string
  /** Who wrote it down on the participant's behalf. */
  readonly via?: ParticipantId
  readonly what:
    | 'proposed'
    | 'reworded'
    | 'emptied'
    | 'decided'
    | 'reopened'
    | 'status'
    | 'position'
    | 'renumbered'
    | 'silence-broken'
  readonly proposal: ProposalId | null
  /** One particular for the sentence: a disposition, a status, a position, a label, or `choice` for an option that was chosen. */
  readonly detail: string
  /** The words that it is about; may be empty. */
  readonly words: string
  /** For a request to delete or move with everything below: how many paragraphs that are. */
  readonly below?: number
}
