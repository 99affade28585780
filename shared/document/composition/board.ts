import type { ShownCell } from './shown-cells.ts'
import type { Language } from '../../model/language.ts'
import type { Comment } from '../../model/proposals/comment.ts'
import type { Decision, Reopened } from '../../model/proposals/decision.ts'
import type { CommentId, HostId, ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import type { Meeting, Policy } from '../../model/meeting.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { Condition, PositionEntry, Sponsorship } from '../../model/proposals/position.ts'
import type { Affected, ProposalHead, ProposalNature, Reanchored } from '../../model/proposals/proposal.ts'
import type { Revision } from '../../model/revision.ts'
import type { Silence } from '../../model/silence.ts'
import type { ParagraphStatus } from '../../model/status.ts'
import type { Fingerprint, ProposedWords } from '../../model/proposals/wording.ts'

/**
 * The model of what the interface shows beside the text: cards, lists and counts. An object that has not
 * changed keeps its identity from one reading to the next.
 */

export interface ProposalRow {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly nature: ProposalNature
  /** The text that it is on: a paragraph, or the proposal that it amends. */
  readonly host: HostId
  /** How many proposals it is nested in: 0 on base text, 1 for an amendment, 2 for an amendment of that … */
  readonly depth: number
  /** The words of its host that it asks to delete or replace, as they read now. */
  readonly struck: string
  /** The proposed wording, plain. */
  readonly text: string
  /**
   * The words that a statement about it refers to. `struck` differs from the field above where deleted words
   * are shown.
   */
  readonly proposes: ProposedWords
  readonly affected: Affected | null
  /** The delegation that owns it now: its author, or the one that took it over. */
  readonly proponent: ParticipantId
  readonly sponsorship: Sponsorship
  readonly positions: readonly PositionEntry[]
  readonly condition: Condition | null
  /** For a bridging proposal: the proposals that it was made of. */
  readonly sources: readonly ProposalId[]
  /** For a move or a join: the label of the other paragraph, or its words when it has none; else ''. */
  readonly other: string
  /** For a move: whether it shall be the first below the other paragraph. */
  readonly under: boolean
  /** For a deletion or a move with everything below: how many paragraphs with words stand there now; else null. */
  readonly below: number | null
  /** The group whose private draft it is; null when it is in the room. */
  readonly space: ParticipantId | null
  /**
   * Whether the words, bracket or paragraph of a private draft have gone from the room. It can be tabled all
   * the same.
   */
  readonly orphaned: boolean
  /** The decisions on it that were taken back. */
  readonly reopened: readonly Reopened[]
  /** The changes that people made to its anchor, oldest first. */
  readonly reanchored: readonly Reanchored[]
  readonly spokenOf: SpokenOf
}

/** The present wording, and the earlier wordings that present statements refer to. */
export interface SpokenOf {
  /** Null when no statement refers to a wording. */
  readonly wording: Fingerprint | null
  /** How the earlier wordings read, by fingerprint. */
  readonly earlier: ReadonlyMap<Fingerprint, ProposedWords>
}

/** The proposals that overlap in one text, each followed by its amendments. */
export interface ConflictGroup {
  /** The id of the first proposal. */
  readonly key: ProposalId
  readonly rows: readonly ProposalRow[]
  /** Whether several proposals are on the same words, so that accepting one decides about the others. */
  readonly conflict: boolean
}

export interface BoardBlock {
  readonly id: ParagraphId | ProposalId
  readonly kind: ParagraphKind
  /** The full reference, such as "3 bis" or "Article 2, paragraph 1 (a)"; empty when it has no number. */
  readonly label: string
  /** The last step of the reference, as it stands at the paragraph: "(a)". */
  readonly step: string
  /** How deep it stands: 0 for a main paragraph; of headings 0 is the highest. */
  readonly level: number
  readonly chapeau: boolean
  /** Null when it is not known. */
  readonly language: Language | null
  /** The first words, for the outline. */
  readonly opening: string
  /** The base text; empty for a proposed paragraph. */
  readonly base: string
  readonly places: readonly ConflictGroup[]
  /** The number of open proposals. */
  readonly open: number
  /** How many footnotes are proposed of which the mark stands in it. It is not agreed before these are decided. */
  readonly openNotes: number
  /** Null when no status was ever set, which means open. */
  readonly status: ParagraphStatus | null
  readonly positions: readonly PositionEntry[]
  readonly spokenOf: SpokenOf
  /** The number that it had before it was moved, as in "former para 18"; empty when it was not moved. */
  readonly former: string
  /**
   * Whether its number is vacant until the next revision: its deletion was accepted, or its words were moved
   * elsewhere.
   */
  readonly vacant: boolean
  /** The open deletions and moves, with everything below, of a paragraph or heading that this one is below. */
  readonly above: readonly ProposalId[]
  /** Whether it is a footnote whose mark was deleted with the words before it. */
  readonly unmarked: boolean
  /** Where it stands in a table; null for all but cells. */
  readonly cell: ShownCell | null
  /** Whether it is the caption of a table. */
  readonly caption: boolean
}

export interface CommentRow extends Comment {
  readonly id: CommentId
  /** The private space that it is in; null when everybody can see it. */
  readonly space: ParticipantId | null
}

export interface DecidedRow {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly text: string
  readonly decision: Decision
  /** The block that it was on, for a choice the chosen option; null when that is not shown any more. */
  readonly block: ParagraphId | ProposalId | null
  readonly proponent: ParticipantId
  readonly sponsorship: Sponsorship
  readonly positions: readonly PositionEntry[]
  /** For a bridging proposal: the proposals that it was made of. */
  readonly sources: readonly ProposalId[]
  readonly condition: Condition | null
  /** The number of its place when it was decided: see `placing.ts`. */
  readonly placing: number
  /** Earlier decisions on it, all taken back. */
  readonly reopened: readonly Reopened[]
  /** `wording` is the one that was decided on. */
  readonly spokenOf: SpokenOf
}

/** One of several options for one place. */
export interface BoardOption {
  /** The paragraph or heading that bears its number. */
  readonly head: ParagraphId
  /** All that belongs to it, in the order of the text, headings that stand over it included. */
  readonly blocks: readonly ParagraphId[]
}

export interface Board {
  readonly title: string
  /** The language of the document; null when it is not known. */
  readonly language: Language | null
  readonly front: readonly string[]
  readonly blocks: readonly BoardBlock[]
  /** The places for which there are several options, in the order of the text. The same object until `blocks` stand otherwise. */
  readonly options: readonly (readonly BoardOption[])[]
  readonly open: number
  /** The latest decision first. */
  readonly decided: readonly DecidedRow[]
  readonly revisions: readonly Revision[]
  /** The latest last. Only the last can be running. */
  readonly silences: readonly Silence[]
  readonly meetings: readonly Meeting[]
  readonly policy: Policy | null
  /** The oldest first. */
  readonly comments: readonly CommentRow[]
}

/**
 * `all`: everything. `mine`: base text and one participant's brackets. `clean`: as if everything were accepted.
 * `base`: base text only.
 */
export type ViewMode = 'all' | 'mine' | 'clean' | 'base'
