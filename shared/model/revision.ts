import type { ParagraphId, ParticipantId } from './ids.ts'

/** Why a paragraph has another number than in the revision before. */
export type ConcordanceReason =
  'renumbered' | 'new' | 'moved' | 'deleted' | 'split' | 'merged' | 'alternative'

export interface ConcordanceRow {
  readonly paragraph: ParagraphId
  /** Formatted labels; null: it has none, then or now. */
  readonly now: string | null
  readonly was: string | null
  /** Whose accepted proposals changed it since the revision before, in the order of their decisions. */
  readonly contributors: readonly ParticipantId[]
  readonly why: readonly ConcordanceReason[]
}

/** The text issued to everybody. What it said is the document as it stood after {@link sequence}. */
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
  /** Brackets that were carried over. */
  readonly open: number
}
