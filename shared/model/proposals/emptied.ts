import type { TextPiece } from './decision.ts'
import type { Stated } from './position.ts'
import type { Anchor } from './proposal.ts'

/** The wording and the anchor of a proposal before its author began to empty it. */
export interface LastWords {
  readonly text: readonly TextPiece[]
  /** The words that it asked to delete. */
  readonly struck: string
  readonly anchor: Anchor | null
}

/** A proposal that its author has emptied or taken back: who did it, when, and its last wording. */
export interface Emptied extends LastWords, Stated {}

/**
 * How long an emptied proposal is left as it is, in milliseconds by the server's clock, because its author may
 * be typing it anew. After that one of which others have spoken counts as withdrawn.
 */
export const EMPTIED_WAIT = 20_000
