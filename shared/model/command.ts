import type { Basis } from './decision.ts'
import type { CommentId, HostId, MeetingId, ParagraphId, ParticipantId, ProposalId } from './ids.ts'
import type { Policy } from './meeting.ts'
import type { Position } from './position.ts'
import type { Consequence, ItemId } from './proposal.ts'
import type { Capability } from './role.ts'
import type { StatusName } from './status.ts'

/**
 * What must be serialised, attributed and time-stamped: asked by a client, executed and logged by the server. New
 * identities are chosen by the client, so that a retry asks for the same thing.
 */
export type Command =
  | DecidingCommand
  | ProposingCommand
  | PositionCommand
  | ParagraphCommand
  | RevisionCommand
  | CommentCommand
  | RoomCommand

/** Facilitators, and the secretariat for them, may say what a delegation said in the room: recorded as both. */
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
    } & AsSeen)
  | {
      readonly kind: 'proposal-not-retain'
      readonly proposal: ProposalId
      readonly basis?: Basis
      /** Recorded as superseded by this one, which was accepted. */
      readonly supersededBy?: ProposalId
    }
  | ({ readonly kind: 'proposal-withdraw'; readonly proposal: ProposalId } & OnBehalf)
  /** An affected proposal stays on the table: its flag is lifted. */
  | { readonly kind: 'proposal-keep'; readonly proposal: ProposalId }
  | {
      /** Several proposals on one host become one bridging proposal, which stands open in their place. */
      readonly kind: 'proposals-merge'
      readonly bridge: ProposalId
      readonly proposals: readonly ProposalId[]
      /** The bridging wording. */
      readonly text: string
      /** Each as in {@link AsSeen}, in the order of `proposals`. */
      readonly seen?: readonly string[]
      readonly struck?: readonly string[]
      readonly placing?: readonly number[]
      readonly basis?: Basis
    }
  | {
      readonly kind: 'decision-undo'
      readonly proposal: ProposalId
      /** Needed once {@link UNDO_WINDOW} is over. */
      readonly reason?: string
    }

export type ProposingCommand =
  | ({
      readonly kind: 'paragraph-propose'
      readonly proposal: ProposalId
      readonly change: ParagraphChange
    } & OnBehalf)
  /** The proponent's drafts become visible to the room. `space`: whose private drafts they are. */
  | {
      readonly kind: 'drafts-table'
      readonly space: ParticipantId
      readonly drafts: readonly ProposalId[]
    }

/** What is proposed of a paragraph as a whole. */
export type ParagraphChange =
  | { readonly kind: 'delete-paragraph' | 'reservation'; readonly paragraph: ParagraphId }
  | { readonly kind: 'alternative'; readonly paragraph: ParagraphId; readonly text: string }
  | { readonly kind: 'move'; readonly paragraph: ParagraphId; readonly after: ParagraphId | null }
  /** `at`: the last character that stays. */
  | { readonly kind: 'split'; readonly paragraph: ParagraphId; readonly at: ItemId }
  /** `next`: the paragraph whose words it takes in. */
  | { readonly kind: 'join'; readonly paragraph: ParagraphId; readonly next: ParagraphId }

/**
 * The words that the person saw when she spoke of them or decided, and where they stood. If they read otherwise or stand
 * elsewhere by then, or are not named, the command is refused. Only what takes back something said goes without them.
 */
export interface AsSeen {
  /** A proposal's wording, or a paragraph's base text. */
  readonly seen?: string
  /** The words that the proposal asks to delete, '' for none. Not needed of a paragraph, nor of a withdrawn proposal. */
  readonly struck?: string
  /** The number of the place where the proposal stood (`placing.ts`); absent: 0. */
  readonly placing?: number
}

export type PositionCommand =
  | ({
      readonly kind: 'position-take'
      readonly on: HostId
      /** Null takes the position back. The same one again, of words that have changed, renews it. */
      readonly position: Position | null
    } & AsSeen &
      OnBehalf)
  | ({
      readonly kind: 'proposal-sponsor'
      readonly proposal: ProposalId
      readonly stance: 'cosponsor' | 'dissociate' | 'neither'
    } & AsSeen &
      OnBehalf)
  /** A withdrawn proposal comes back on the table as the actor's. */
  | ({ readonly kind: 'proposal-take-over'; readonly proposal: ProposalId } & AsSeen & OnBehalf)
  | ({
      readonly kind: 'proposal-condition'
      readonly proposal: ProposalId
      /** Null: no longer on condition. */
      readonly condition: { readonly text: string; readonly on: HostId | null } | null
    } & AsSeen &
      OnBehalf)

export type ParagraphCommand = {
  readonly kind: 'paragraph-status'
  readonly paragraph: ParagraphId
  readonly status: Exclude<StatusName, 'reopened'>
  readonly pending?: readonly ParticipantId[]
  readonly placement?: boolean
  /** Needed when an agreed paragraph is opened again. */
  readonly reason?: string
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
      /** Within a delegation or group: its private space. Absent: for everybody. */
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

export type CommandKind = Command['kind']

/** What a role must be able to do at all before a command of a kind is looked at. */
export const NEEDS: Readonly<Record<CommandKind, Capability>> = {
  'proposal-accept': 'decide',
  'proposal-not-retain': 'decide',
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
}

/** `code` is stable and for programs; `message` is one sentence for a person. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly message: string
}

export interface Executed {
  readonly ok: true
  /** Other proposals that the decision touched, each flagged. */
  readonly affected: readonly ProposalId[]
  /** What became of each other proposal on the same words: the flagged ones, and those that stand on. */
  readonly consequences?: readonly Consequence[]
}

export type CommandResult = Executed | Refusal

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

export const refuse = (code: RefusalCode, message: string): Refusal => ({ ok: false, code, message })
