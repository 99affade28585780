import type { Anchor } from './proposal.ts'

/**
 * Where a proponent has put its proposal, as numbers that a name can be given for. Decisions, and undos that bring words
 * back, take a proposal along with its words: it keeps its number then.
 */
export interface Placing {
  /** Of the place where it is now; 0: where it was proposed, or has been taken by decisions since. */
  readonly number: number
  /** The highest number given so far: each new place gets the next one. */
  readonly last: number
  /**
   * Former places, as they were when it left them: those that somebody's name was given for, and the last one before its
   * proponent took its anchor away. A proposal that returns to one has that one's number again.
   */
  readonly former: readonly { readonly number: number; readonly anchor: Anchor | null }[]
}
