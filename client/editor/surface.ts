import type { EditorState, Transaction } from 'prosemirror-state'

/** What the binding needs of a ProseMirror view. Tests give it a state and nothing else. */
export interface Surface {
  readonly state: EditorState
  /** Whether an input method is composing in the view. */
  readonly composing: boolean
  /** Applies a transaction as it is. */
  apply(tr: Transaction): void
}

/**
 * Why the binding applied a transaction: a gesture of this person, a change that came from elsewhere, or a step of a
 * composition. Set as the metadata {@link CAUSE}.
 */
export type Cause = 'local' | 'remote' | 'composing'
export const CAUSE = 'informals-cause'

/** Metadata of a transaction after which the window should scroll to the caret. */
export const FOLLOW = 'informals-follow'

/** Metadata of a transaction that a person made with keys. */
export const BY_HAND = 'informals-by-hand'

/**
 * Who wrote something: the person; or a program (`aid`) that corrects the person's words or puts words in their
 * place.
 */
export type Author = 'hand' | 'aid'
