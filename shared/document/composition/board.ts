import type { Comment } from '../../model/comment.ts'
import type { Decision, Reopened } from '../../model/decision.ts'
import type { CommentId, HostId, ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import type { Meeting, Policy } from '../../model/meeting.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { Condition, PositionEntry, Sponsorship } from '../../model/position.ts'
import type { Affected, ProposalHead, ProposalNature, Reanchored } from '../../model/proposal.ts'
import type { Revision } from '../../model/revision.ts'
import type { Silence } from '../../model/silence.ts'
import type { ParagraphStatus } from '../../model/status.ts'
import type { Fingerprint, ProposedWords } from '../../model/wording.ts'

/** What the interface shows beside the text. Objects keep their identity while nothing in them changes. */

export interface ProposalRow {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly nature: ProposalNature
  /** Where it stands: a paragraph, or the proposal it amends. */
  readonly host: HostId
  /** 0 on base text, 1 for an amendment, 2 for an amendment of that … */
  readonly depth: number
  /** The host's words it asks to delete or replace, as they stand now. */
  readonly struck: string
  /** The proposed wording, plain. */
  readonly text: string
  /** What is spoken of when something is said of it: `struck` differs where its words are shown that have gone. */
  readonly proposes: ProposedWords
  readonly affected: Affected | null
  /** Whose it is now: the author's, or whoever took it over. */
  readonly proponent: ParticipantId
  readonly sponsorship: Sponsorship
  readonly positions: readonly PositionEntry[]
  readonly condition: Condition | null
  /** Of a bridging proposal: what it was made of. */
  readonly sources: readonly ProposalId[]
  /** For a move or a join: the label of the other paragraph. */
  readonly other: string
  /** Whose private draft it is; null once it is tabled. */
  readonly space: ParticipantId | null
  /** A private draft whose words, bracket or paragraph have gone from the room; it can be tabled all the same. */
  readonly orphaned: boolean
  /** Decisions on it that were taken back. */
  readonly reopened: readonly Reopened[]
  /** Where people put its anchor, oldest first. */
  readonly reanchored: readonly Reanchored[]
  readonly spokenOf: SpokenOf
}

/** The wording as it is, and as it was when something was said of it. */
export interface SpokenOf {
  /** Null where nobody's word bears a wording. */
  readonly wording: Fingerprint | null
  /** How the earlier ones read that somebody's present word is of. */
  readonly earlier: ReadonlyMap<Fingerprint, ProposedWords>
}

/** All proposals that touch the same words, amendments right after what they amend. */
export interface ConflictGroup {
  /** The first proposal's id. */
  readonly key: ProposalId
  readonly rows: readonly ProposalRow[]
  /** Several proposals on the same words: accepting one decides about the others. */
  readonly conflict: boolean
}

/** One block of the document: a paragraph, or a proposed new paragraph. */
export interface BoardBlock {
  readonly id: ParagraphId | ProposalId
  readonly kind: ParagraphKind
  /** "3 bis"; empty for headings and separators, and for a new paragraph that has no number yet. */
  readonly label: string
  readonly chapeau: boolean
  /** The first words, for the outline. */
  readonly opening: string
  /** The base text; of a proposed paragraph empty. */
  readonly base: string
  readonly places: readonly ConflictGroup[]
  /** How many open proposals. */
  readonly open: number
  /** Null as long as nobody has said anything: it is open. */
  readonly status: ParagraphStatus | null
  readonly positions: readonly PositionEntry[]
  readonly spokenOf: SpokenOf
  /** The number it had before it was moved: "former para 18". */
  readonly former: string
  /** Its deletion was decided, or its words went elsewhere: the number stands empty until a revision. */
  readonly vacant: boolean
}

export interface CommentRow extends Comment {
  readonly id: CommentId
  /** The private space it is in; null: for everybody. */
  readonly space: ParticipantId | null
}

export interface DecidedRow {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly text: string
  readonly decision: Decision
  /** The block it was on. */
  readonly block: ParagraphId | ProposalId | null
  readonly proponent: ParticipantId
  readonly sponsorship: Sponsorship
  readonly positions: readonly PositionEntry[]
  /** Of a bridging proposal: what it was made of. */
  readonly sources: readonly ProposalId[]
  readonly condition: Condition | null
  /** The number of the place where it stood. */
  readonly placing: number
  /** Earlier decisions on it, each taken back. */
  readonly reopened: readonly Reopened[]
  /** With the wording that was decided on. */
  readonly spokenOf: SpokenOf
}

export interface Board {
  readonly title: string
  readonly front: readonly string[]
  readonly blocks: readonly BoardBlock[]
  readonly open: number
  /** Latest first. */
  readonly decided: readonly DecidedRow[]
  readonly revisions: readonly Revision[]
  /** Latest last; at most the last is running. */
  readonly silences: readonly Silence[]
  readonly meetings: readonly Meeting[]
  readonly policy: Policy | null
  /** Oldest first. */
  readonly comments: readonly CommentRow[]
}

/** `all`: everything. `mine`: base and one participant's brackets. `clean`: as if all were accepted. `base`: none. */
export type ViewMode = 'all' | 'mine' | 'clean' | 'base'
