import type { HostId, ParagraphId } from './ids.ts'
import type { Label } from './label.ts'
import type { Language } from './language.ts'
import type { Run } from './proposals/decision.ts'

/** `note`: a footnote. */
const PARAGRAPH_KINDS = ['paragraph', 'heading', 'separator', 'note'] as const
export type ParagraphKind = (typeof PARAGRAPH_KINDS)[number]

/** The fields of a paragraph except its text. Only the server writes them. */
export interface ParagraphFacts {
  readonly id: ParagraphId
  readonly kind: ParagraphKind
  /** Fractional index: sorts as a plain string. */
  readonly order: string
  /** Null for separators, for headings without a number and for items of unnumbered lists. */
  readonly label: Label | null
  /** How deep it stands: 0 for a main paragraph, 1 for what is below one; of headings 0 is the highest. */
  readonly level: number
  /**
   * True when the acceptance of a new paragraph was taken back. It is kept for its id and its history, but not
   * shown.
   */
  readonly removed: boolean
  /**
   * Whether its number is vacant until the next revision, because its deletion was accepted or its words were
   * moved to another paragraph. False again when words arrive late, so that these are shown.
   */
  readonly vacant: boolean
  /** The number that it had before it was moved; null when it was not moved since the last revision. */
  readonly former: Label | null
  /** Its language where it is not that of the document; null: it is the document's. */
  readonly language: Language | null
  /** Whether it is a cell of a row that its source marks as the head of the table. */
  readonly header: boolean
  /** Of a note: where its marks stand in the text. Most have one; an import may find none, or several. */
  readonly marks: readonly NoteMark[]
}

/**
 * A mark of a footnote in the text, by the characters of the word that it stands behind, as they were when it was made.
 * `follow/marked.ts` says where they are now. The mark itself is no character of any text.
 */
export interface NoteMark {
  readonly host: HostId
  readonly runs: readonly Run[]
  /** What `runs` read. */
  readonly quote: string
}

/** A chapeau ends in a colon and governs the paragraphs after it. Derived from the text, because text changes. */
export const isChapeau = (text: string): boolean => /[:：]\s*$/u.test(text)
