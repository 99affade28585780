import type { Basis, Disposition, Run } from '../../model/decision.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { StatusName } from '../../model/status.ts'

/** The text as it stood at one moment: a revision, or any place in the log. */
export interface FrozenText {
  /** The last log row that it holds. */
  readonly sequence: number
  /** In the order of the text; empty numbers and all. */
  readonly paragraphs: readonly FrozenParagraph[]
  /** The proposed new and alternative paragraphs that were open then, in the order of the text. */
  readonly proposed: readonly FrozenProposed[]
}

export interface FrozenProposed {
  readonly id: ProposalId
  /** The paragraph right before it; null: it stood first of all. */
  readonly after: ParagraphId | null
  /** Formatted; empty while it had no number. */
  readonly label: string
  /** With literal brackets. */
  readonly text: string
  /** The open proposals that it shows, itself included. */
  readonly open: readonly ProposalId[]
}

export interface FrozenParagraph {
  readonly id: ParagraphId
  readonly kind: ParagraphKind
  /** Formatted; empty for headings and separators. */
  readonly label: string
  /** Base text. */
  readonly base: string
  /** The identities of its characters, one for each UTF-16 unit. */
  readonly runs: readonly Run[]
  /** With literal brackets. */
  readonly text: string
  readonly status: StatusName
  readonly vacant: boolean
  /** The open proposals that it shows, amendments too. */
  readonly open: readonly ProposalId[]
}

/** Who caused a change. `proposal` null: the facilitators wrote it into the base text. */
export interface Cause {
  readonly proposal: ProposalId | null
  readonly by: ParticipantId
  readonly person: string
  /** When it was proposed; null for base text. */
  readonly proposedAt: number | null
  readonly decidedBy: ParticipantId | null
  /** The person's name; empty where it is not told. */
  readonly decidedPerson: string
  readonly decidedAt: number | null
  readonly disposition: Disposition | null
  readonly basis: Basis | null
  /** Who supported it when it was decided. */
  readonly supporters: readonly ParticipantId[]
}

export interface ComparedPiece {
  readonly kind: 'same' | 'inserted' | 'deleted'
  readonly text: string
  /** Of what was inserted or deleted; empty when nobody can be told any more. */
  readonly causes: readonly Cause[]
}

export interface ComparedParagraph {
  readonly id: ParagraphId
  readonly kind: ParagraphKind
  /** Labels before and after; null: it was not there. */
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
  /** One sentence's worth of particulars: a disposition, a status, a position, a label. */
  readonly detail: string
  /** Words it is about; may be empty. */
  readonly words: string
}
