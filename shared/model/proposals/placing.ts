import type { Anchor } from './proposal.ts'

/**
 * The places where a proponent has put its proposal, as numbers. A statement about a proposal refers to one of
 * them. When a decision or an undo moves the words, the proposal moves with them and keeps its number.
 */
export interface Placing {
  /** The number of its present place. 0 is where it was proposed, wherever decisions have moved those words. */
  readonly number: number
  /** The highest number so far. Each new place gets the next one. */
  readonly highest: number
  /**
   * Former places as they were when it left them: those that some statement refers to, and the last one before
   * its proponent removed its anchor. A proposal that returns to one gets that number again.
   */
  readonly former: readonly { readonly number: number; readonly anchor: Anchor | null }[]
}
