import type { OutcomeDocument, PrivateSpace } from '#shared/document/schema.ts'
import type { Board, ViewMode } from '#shared/document/composition/board.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId, RandomBytes } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { AskedBlock } from '#shared/model/proposals/proposal.ts'
import type { Caret, Presence } from '#shared/protocol/wire.ts'
import type { Selected } from './carets/selected.ts'

/** What typing at the caret would do. The page shows it before anything is typed. */
export type CaretContext =
  /** The editor has no focus. */
  | { readonly kind: 'none' }
  /** The caret's paragraph is gone, or its bracket was given up: nothing can be typed until the caret is moved. */
  | { readonly kind: 'lost' }
  /** The person may not type here, or the view is for reading. */
  | { readonly kind: 'read-only' }
  /** The paragraph is agreed: it takes no text and no proposal until a facilitator reopens it. */
  | { readonly kind: 'agreed' }
  | { readonly kind: 'base' }
  | {
      readonly kind: 'propose'
      readonly as: ParticipantId
      readonly selected: boolean
      /** The private space that it would be drafted in; null: everybody sees it. */
      readonly space: ParticipantId | null
    }
  /** `space`: it is a private draft, and whose; null: everybody sees it. */
  | { readonly kind: 'own'; readonly proposal: ProposalId; readonly space: ParticipantId | null }
  | {
      readonly kind: 'amend'
      readonly as: ParticipantId
      readonly proposal: ProposalId
      readonly of: ParticipantId
      /** The private space that it would be drafted in; null: everybody sees it. */
      readonly space: ParticipantId | null
    }

/** In whose name, and into which document, typed words become a proposal. */
export interface Writing {
  /** For facilitators and the secretariat: the delegation whose words they write down; null for their own. */
  readonly onBehalfOf: ParticipantId | null
  /**
   * The delegation's alias in an unattributed round, from `GET …/attributions`. While it is not known, nothing can be
   * typed for the delegation, because it would be written under the delegation's name.
   */
  readonly alias?: ParticipantId | undefined
  /** The private space for new proposals; null for the room, where everybody sees them as they are typed. */
  readonly space: ParticipantId | null
}

/**
 * Why typed words were not written:
 *
 * - `too-long`, `too-deep`: a limit of the document;
 * - `gone`: the caret's paragraph is gone;
 * - `renamed`: the attribution policy has changed, so the caret's bracket must not be continued;
 * - `agreed`: the paragraph is agreed;
 * - `read-only`: nothing may be written any more;
 * - `left-out`: some characters may stand in no text; the others were written.
 */
export type NotTyped = 'too-long' | 'too-deep' | 'gone' | 'renamed' | 'agreed' | 'read-only' | 'left-out'

/** `words`: all words typed since the reason arose; given for `gone`, `renamed`, `agreed` and `read-only`. */
export type OnNotTyped = (why: NotTyped, words?: string) => void

export interface EditorOptions {
  /** The editor mounts its content-editable element into this. */
  readonly place: HTMLElement
  readonly od: OutcomeDocument
  /** The private spaces that this person may see. Their drafts are shown in the text with a mark. */
  readonly spaces?: readonly PrivateSpace[]
  readonly actor: Actor
  readonly view: ViewMode
  readonly random: RandomBytes
  /** Called when the caret moves or what typing would do there changes. `proposal`: the innermost bracket around it. */
  readonly onCaret: (context: CaretContext, proposal: ProposalId | null) => void
  /** The own caret as it should be shown to others; null when the editor has no focus. */
  readonly onMove: (caret: Caret | null) => void
  /** The board changed. */
  readonly onBoard: () => void
  /** Called when the text was laid out again, so that positions of cards must be measured again. */
  readonly onLayout: () => void
  /** Called when typed or pasted words were not written, so that the person can be told. */
  readonly onNotTyped?: OnNotTyped
  /** Called when typed words begin, or cease, to wait because the text cannot be written in for a moment. */
  readonly onUnwritten?: (unwritten: boolean) => void
  /**
   * Called for Mod-Enter with the caret in a private draft, which should be tabled. Send
   * `{ kind: 'drafts-table', space, drafts: [proposal] }`; amendments that go along are added to `drafts`.
   */
  readonly onTable?: (proposal: ProposalId, space: ParticipantId) => void
}

export interface Editor {
  /** The board. The same object until something changes. */
  board(): Board
  setView(view: ViewMode): void
  setActor(actor: Actor): void
  setWriting(writing: Writing): void
  /** Writes a running composition into the text now. */
  settle(): void
  /**
   * Shows another object of the room's document with the same item ids. Focus, caret, scroll position, view and undo
   * steps stay as they are.
   */
  replaceDocument(od: OutcomeDocument): void
  /** Call after refused changes were taken out of the document in place: removes them from the undo steps. */
  forgetRefused(): void
  /** Sets the open private spaces, as in `DocumentSession.spaces`. */
  setSpaces(spaces: readonly PrivateSpace[]): void
  /** Makes the text read-only, for when typed words could reach nobody. */
  setReadOnly(readOnly: boolean): void
  /** Sets whose carets are shown. */
  setPresence(present: readonly Presence[]): void
  /**
   * Drafts a new block behind a paragraph, in the private space that is written in. Null when it is not drafted: no space is
   * written in or it is not open, there are no words, or too many, or nothing may stand there.
   */
  draftBlock(after: ParagraphId, block: AskedBlock, words: string): ProposalId | null
  undo(): boolean
  redo(): boolean
  /** Focuses the text: where the caret was, or at the end of a proposal's wording (of its words, if it has none). */
  focus(at?: ProposalId): void
  /** Scrolls to a paragraph or a bracket and marks it for a moment; false when it is not in this view. */
  reveal(id: HostId): boolean
  /** Marks one proposal's bracket as the current one; null for none. */
  setCurrent(id: ProposalId | null): void
  /** What is selected, or where the caret was last; null before the person has been in the text. */
  selected(): Selected | null
  /** The paragraph's element, for aligning cards. */
  blockElement(id: HostId): HTMLElement | null
  /** The first element of a proposal's bracket. */
  bracketElement(id: ProposalId): HTMLElement | null
  destroy(): void
}
