import type { OutcomeDocument, PrivateSpace } from '#shared/document/schema.ts'
import type { Board, ViewMode } from '#shared/document/composition/board.ts'
import type { HostId, ParticipantId, ProposalId, RandomBytes } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Caret, Presence } from '#shared/protocol/wire.ts'
import type { Selected } from './selected.ts'

/** What typing would do where the caret stands: said beside the caret, before it is done. */
export type CaretContext =
  /** The editor has no focus. */
  | { readonly kind: 'none' }
  /** What the caret stood in is gone, or takes no more words: nothing can be typed until it is put elsewhere. */
  | { readonly kind: 'lost' }
  /** No right to type, or a view that is for reading. */
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

/** In whose name and where what is typed becomes a proposal. */
export interface Writing {
  /** Facilitators and the secretariat: the delegation whose words they write down. Null: for themselves. */
  readonly onBehalfOf: ParticipantId | null
  /**
   * In an unattributed round: its alias, as `GET …/attributions` tells. As long as it is not known nothing can be typed
   * for the delegation, for it would stand there under its name.
   */
  readonly alias?: ParticipantId | undefined
  /** The private space that new proposals are drafted in. Null: they are tabled as they are typed. */
  readonly space: ParticipantId | null
}

/**
 * Why something was not typed: the text would be longer, or the brackets deeper, than the document takes; or nothing is left of
 * the paragraph that the caret was in, or it is agreed; or the round has become attributed or unattributed under it; or nothing may be written any more; or some characters may stand in no text.
 */
export type NotTyped = 'too-long' | 'too-deep' | 'gone' | 'renamed' | 'agreed' | 'read-only' | 'left-out'

/** `words`: with `gone`, `renamed`, `agreed` and `read-only`, all that was typed since. */
export type OnNotTyped = (why: NotTyped, words?: string) => void

export interface EditorOptions {
  /** The editor mounts its content-editable element into this. */
  readonly place: HTMLElement
  readonly od: OutcomeDocument
  /** The private spaces that this person may see: their drafts stand in the text, marked. */
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
  /** Composed text was laid out anew: card positions must be measured again. */
  readonly onLayout: () => void
  /** What was typed or pasted is not in the text, so that it can be said. */
  readonly onNotTyped?: OnNotTyped
  /** Whether something was typed that is not in the text yet, for it cannot be written in at the moment. */
  readonly onUnwritten?: (unwritten: boolean) => void
  /**
   * Mod-Enter with the caret in a private draft: it should be tabled. Send
   * `{ kind: 'drafts-table', space, drafts: [proposal] }`, with its amendments in `drafts` where they shall go along.
   */
  readonly onTable?: (proposal: ProposalId, space: ParticipantId) => void
}

export interface Editor {
  /** Stable until something changes. */
  board(): Board
  setView(view: ViewMode): void
  setActor(actor: Actor): void
  setWriting(writing: Writing): void
  /** What is still being composed is written down now. */
  settle(): void
  /**
   * The room's document is another object now, with the same identities: shown is what it says, and everything else is as it
   * was: focus, caret, scroll position, view, and the steps to undo.
   */
  replaceDocument(od: OutcomeDocument): void
  /** Something unsent was refused and taken out of the document in place, which shows that already: undo forgets it. */
  forgetRefused(): void
  /** As `session.spaces` says; a space was opened, begun afresh, or taken away. */
  setSpaces(spaces: readonly PrivateSpace[]): void
  /** What is typed would reach nobody: the text is for reading then. */
  setReadOnly(readOnly: boolean): void
  /** The cursors of others. */
  setPresence(present: readonly Presence[]): void
  undo(): boolean
  redo(): boolean
  /** Into the text: to where the caret was, or to the end of a proposal's wording (its words, if it has none). */
  focus(at?: ProposalId): void
  /** Scrolls to a paragraph or a bracket and marks it for a moment; false when it is not in this view. */
  reveal(id: HostId): boolean
  /** Marks one proposal's bracket as the current one; null for none. */
  setCurrent(id: ProposalId | null): void
  /** What is selected, or where the caret was last; null when nothing was chosen yet. */
  selected(): Selected | null
  /** The paragraph's element, for aligning cards. */
  blockElement(id: HostId): HTMLElement | null
  /** The first element of a proposal's bracket. */
  bracketElement(id: ProposalId): HTMLElement | null
  destroy(): void
}
