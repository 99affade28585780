import type { TextPiece } from './decision.ts'
import type { Stated } from './position.ts'
import type { Anchor } from './proposal.ts'

/** How a proposal read, and where it stood, before its author began to empty it. */
export interface LastWords {
  readonly text: readonly TextPiece[]
  /** The words that it asked to delete. */
  readonly struck: string
  readonly anchor: Anchor | null
}

/** A proposal that its author has emptied, or taken back: by whom and when, and how it read last. */
export interface Emptied extends LastWords, Stated {}

/**
 * Left empty for so long (milliseconds, by the server's clock), what others have spoken of counts as withdrawn: until then
 * its author may be typing it anew.
 */
export const EMPTIED_WAIT = 20_000
