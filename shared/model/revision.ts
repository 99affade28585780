import type { ParagraphId, ParticipantId } from './ids.ts'

/** The reasons why a paragraph has another number than in the previous revision. */
export type ConcordanceReason =
  'renumbered' | 'new' | 'moved' | 'deleted' | 'split' | 'merged' | 'alternative'

export interface ConcordanceRow {
  readonly paragraph: ParagraphId
  /** Formatted labels; null when the paragraph had, or has, no number. */
  readonly now: string | null
  readonly was: string | null
  /**
   * The proponents of the accepted proposals that changed it since the previous revision, in the order of the
   * decisions.
   */
  readonly contributors: readonly ParticipantId[]
  readonly why: readonly ConcordanceReason[]
}

/** A text issued to everybody. Its content is the document after log row {@link sequence}. */
export interface Revision {
  /** Rev.1 is 1. */
  readonly number: number
  /** The log row that issued it. */
  readonly sequence: number
  readonly at: number
  readonly by: ParticipantId
  readonly person: string
  /** The cover note; may be empty. */
  readonly note: string
  readonly concordance: readonly ConcordanceRow[]
  /** How many open brackets were carried over. */
  readonly open: number
}
