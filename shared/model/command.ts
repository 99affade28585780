import type { Basis } from './proposals/decision.ts'
import type { CommentId, HostId, MeetingId, ParagraphId, ParticipantId, ProposalId } from './ids.ts'
import type { Language } from './language.ts'
import type { Policy } from './meeting.ts'
import type { Position } from './proposals/position.ts'
import type { AskedBlock, Consequence, ItemId } from './proposals/proposal.ts'
import { fail, type Failure, type Result } from './result.ts'
import type { Capability } from './role.ts'
import type { StatusName } from './status.ts'

/** The most paragraphs that one command may name: everything below a heading, what a choice takes off, an agenda. */
export const NAMED_PARAGRAPHS_LIMIT = 2_000

/**
 * A command is what the server must execute itself, because it has to be serialised, attributed and
 * time-stamped. The client sends it; the server executes and logs it. The client chooses the ids of new
 * objects, so that a retry means the same ones.
 */
export type Command =
  | DecidingCommand
  | ProposingCommand
  | PositionCommand
  | ParagraphCommand
  | RevisionCommand
  | CommentCommand
  | TextCommand
  | RoomCommand

/** Facilitators and the secretariat may state what a delegation said in the room. Both names are recorded. */
interface OnBehalf {
  readonly onBehalfOf?: ParticipantId
}

export type DecidingCommand =
  | ({
      readonly kind: 'proposal-accept'
      readonly proposal: ProposalId
      /** Accept with changes: the wording that goes in instead of the proposed one. */
      readonly text?: string
      /** Accept in part: `text` is a part of the proposed wording, and with `strike: false` the words on it stay. */
      readonly part?: { readonly strike: boolean }
      readonly basis?: Basis
      /** For a deletion or a move with everything below: the paragraphs with words that the person saw there. */
      readonly below?: readonly ParagraphId[]
      /**
       * For a new paragraph or heading: the proposals for what stands below it, which are accepted in the same act. All of
       * them, in the order of the text, each as it was seen.
       */
      readonly proposedBelow?: readonly ({ readonly proposal: ProposalId } & AsSeen)[]
    } & AsSeen)
  | ({
      readonly kind: 'proposal-not-retain'
      readonly proposal: ProposalId
      readonly basis?: Basis
      /** The accepted proposal that takes its place; the disposition is then `superseded`. */
      readonly supersededBy?: ProposalId
    } & AsSeen)
  | {
      /** Chooses one of several options: all others are taken off, as one decision. */
      readonly kind: 'option-choose'
      /** The id of the record of the choice, by which it is taken back. */
      readonly proposal: ProposalId
      /** The paragraph or heading that the chosen option begins with. */
      readonly option: ParagraphId
      /** The paragraphs with words that the person saw in the other options, in the order of the text. */
      readonly dropped: readonly ParagraphId[]
      readonly basis?: Basis
    }
  | ({ readonly kind: 'proposal-withdraw'; readonly proposal: ProposalId } & OnBehalf)
  /** Removes the flag of an affected proposal, which stays open. */
  | { readonly kind: 'proposal-keep'; readonly proposal: ProposalId }
  | {
      /** Makes one open bridging proposal out of several proposals on one host. */
      readonly kind: 'proposals-merge'
      readonly bridge: ProposalId
      readonly proposals: readonly ProposalId[]
      /** The wording of the bridging proposal. */
      readonly text: string
      /** As in {@link AsSeen}, one entry for each of `proposals` in their order. */
      readonly seen?: readonly string[]
      readonly struck?: readonly string[]
      readonly placing?: readonly number[]
      readonly basis?: Basis
    }
  | {
      readonly kind: 'decision-undo'
      readonly proposal: ProposalId
      /** Required after {@link UNDO_WINDOW}. */
      readonly reason?: string
    }

export type ProposingCommand =
  | ({
      readonly kind: 'paragraph-propose'
      readonly proposal: ProposalId
      readonly change: ParagraphChange
    } & OnBehalf)
  /** Copies private drafts into the room. `space`: the participant whose drafts they are. */
  | {
      readonly kind: 'drafts-table'
      readonly space: ParticipantId
      readonly drafts: readonly ProposalId[]
    }

/** A proposal about a paragraph as a whole. */
export type ParagraphChange =
  | { readonly kind: 'reservation'; readonly paragraph: ParagraphId }
  | ({ readonly kind: 'delete-paragraph'; readonly paragraph: ParagraphId } & WithBelow)
  | { readonly kind: 'alternative'; readonly paragraph: ParagraphId; readonly text: string }
  | ({
      readonly kind: 'move'
      readonly paragraph: ParagraphId
      readonly after: ParagraphId | null
      /** As the first below `after`, one level deeper. */
      readonly under?: true
    } & WithBelow)
  /** A paragraph below `paragraph`, or a heading behind it. A paragraph of the same level is proposed by an update. */
  | {
      readonly kind: 'paragraph'
      readonly paragraph: ParagraphId
      readonly block: AskedBlock
      readonly text: string
    }
  /** A footnote with its mark behind the word that ends with a character, or that the character is in. */
  | ({ readonly kind: 'note'; readonly text: string } & OnCharacter)
  /** `at`: the last character that stays in the paragraph. */
  | { readonly kind: 'split'; readonly paragraph: ParagraphId; readonly at: ItemId }
  /** `next`: the paragraph whose words it takes in. */
  | { readonly kind: 'join'; readonly paragraph: ParagraphId; readonly next: ParagraphId }

/** A character of the base text of a paragraph, or of the wording of an open proposal. */
export interface OnCharacter {
  readonly host: HostId
  readonly at: ItemId
}

/** `below`: of the paragraph with everything that is below it when it is decided. */
interface WithBelow {
  readonly below?: true
}

/**
 * What the person saw when they spoke of a proposal or decided about it. The command is refused when the
 * wording or the place differs by then, or when these fields are missing. Only commands that take a statement
 * back may omit them.
 */
export interface AsSeen {
  /** The wording of the proposal, or the base text of the paragraph. */
  readonly seen?: string
  /**
   * The words that the proposal asks to delete, '' for none. Not needed for a paragraph or a withdrawn
   * proposal.
   */
  readonly struck?: string
  /** The number of the proposal's place (`placing.ts`); absent means 0. */
  readonly placing?: number
}

export type PositionCommand =
  | ({
      readonly kind: 'position-take'
      readonly on: HostId
      /** Null takes the position back. Repeating a position after the wording has changed renews it. */
      readonly position: Position | null
    } & AsSeen &
      OnBehalf)
  | ({
      readonly kind: 'proposal-sponsor'
      readonly proposal: ProposalId
      readonly stance: 'cosponsor' | 'dissociate' | 'neither'
    } & AsSeen &
      OnBehalf)
  /** Reopens a withdrawn proposal as the actor's own. */
  | ({ readonly kind: 'proposal-take-over'; readonly proposal: ProposalId } & AsSeen & OnBehalf)
  | ({
      readonly kind: 'proposal-condition'
      readonly proposal: ProposalId
      /** Null removes the condition. */
      readonly condition: { readonly text: string; readonly on: HostId | null } | null
    } & AsSeen &
      OnBehalf)

export type ParagraphCommand = {
  readonly kind: 'paragraph-status'
  readonly paragraph: ParagraphId
  readonly status: Exclude<StatusName, 'reopened'>
  readonly pending?: readonly ParticipantId[]
  readonly placement?: boolean
  /** Required to reopen an agreed paragraph. */
  readonly reason?: string
  /**
   * Also everything below it, as one: the paragraphs with words that the person saw there, in the order of the text. Those
   * that have the status already keep theirs.
   */
  readonly below?: readonly ParagraphId[]
}

export type RevisionCommand =
  | { readonly kind: 'revision-issue'; readonly note: string }
  | {
      readonly kind: 'silence-place'
      readonly revision: number
      readonly deadline: number
      readonly zone: string
      readonly note: string
    }
  | { readonly kind: 'silence-extend'; readonly deadline: number }
  | ({
      readonly kind: 'silence-break'
      readonly paragraphs: readonly ParagraphId[]
      readonly objection: string
      readonly text: string
    } & OnBehalf)

export type CommentCommand =
  | {
      readonly kind: 'comment-add'
      readonly comment: CommentId
      readonly on: HostId
      readonly thread: CommentId | null
      readonly text: string
      /** The participant whose private space holds the comment. Absent: everybody sees it. */
      readonly space?: ParticipantId
    }
  | { readonly kind: 'comment-remove'; readonly comment: CommentId; readonly space?: ParticipantId }
  | {
      readonly kind: 'comment-resolve'
      readonly comment: CommentId
      readonly resolved: boolean
      readonly space?: ParticipantId
    }

export type RoomCommand =
  | { readonly kind: 'policy-set'; readonly attribution: Policy['attribution'] }
  | {
      readonly kind: 'meeting-open'
      readonly meeting: MeetingId
      readonly title: string
      readonly agenda: readonly ParagraphId[]
    }
  | { readonly kind: 'meeting-close' }

export type TextCommand =
  /** Null: it is not said. `paragraph`: of this one; absent: of the document. */
  | { readonly kind: 'language-set'; readonly language: Language | null; readonly paragraph?: ParagraphId }
  /** Puts the mark of a footnote behind the word that a character is in. */
  | ({ readonly kind: 'note-place'; readonly note: ParagraphId } & OnCharacter)

export type CommandKind = Command['kind']

/** The capability that a role needs for each kind of command. It is checked before anything else. */
export const NEEDS: Readonly<Record<CommandKind, Capability>> = {
  'proposal-accept': 'decide',
  'proposal-not-retain': 'decide',
  'option-choose': 'decide',
  'proposal-withdraw': 'withdraw',
  'proposal-keep': 'withdraw',
  'proposals-merge': 'decide',
  'decision-undo': 'decide',
  'paragraph-propose': 'propose',
  'drafts-table': 'propose',
  'position-take': 'propose',
  'proposal-sponsor': 'propose',
  'proposal-take-over': 'propose',
  'proposal-condition': 'propose',
  'paragraph-status': 'decide',
  'revision-issue': 'decide',
  'silence-place': 'decide',
  'silence-extend': 'decide',
  'silence-break': 'propose',
  'comment-add': 'propose',
  'comment-remove': 'propose',
  'comment-resolve': 'propose',
  'policy-set': 'decide',
  'meeting-open': 'decide',
  'meeting-close': 'decide',
  'language-set': 'decide',
  'note-place': 'decide',
}

/** Why a command was not executed; it has changed nothing. */
export type Refusal = Failure<RefusalCode>

/** What an executed command says of itself. */
export interface Executed {
  /** The other proposals that the decision flagged. */
  readonly affected: readonly ProposalId[]
  /** What became of each other proposal on the same words: the flagged ones and those that stay open. */
  readonly consequences?: readonly Consequence[]
}

/** The answer to a command, as it is stored in the log and sent to who asked. */
export type CommandResult = Result<Executed, RefusalCode>

/** The answer to a command that was executed and concerns no other proposal. */
export const DONE: CommandResult = { ok: true, affected: [] }

/** Exported for tests. */
export const REFUSAL_CODES = [
  'not-allowed',
  'no-such-proposal',
  'no-such-paragraph',
  'no-such-comment',
  'already-decided',
  'not-decided',
  'not-affected',
  'wording-changed',
  'wording-needed',
  'host-closed',
  'later-decision',
  'gone',
  'invalid-text',
  'forbidden-character',
  'not-a-part',
  'reason-needed',
  'not-together',
  'paragraph-agreed',
  'open-brackets',
  'id-taken',
  'not-a-member',
  'not-withdrawn',
  'no-such-revision',
  'invalid-deadline',
  'no-silence',
  'silence-running',
  'nothing-changed',
  'no-meeting',
  'meeting-running',
  'no-such-draft',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

export const refuse = (code: RefusalCode, message: string): Refusal => fail(code, message)
