import type { ParagraphId } from './ids.ts'
import type { Label } from './label.ts'

export const PARAGRAPH_KINDS = ['paragraph', 'heading', 'separator'] as const
export type ParagraphKind = (typeof PARAGRAPH_KINDS)[number]

/** A paragraph without its text: what the server alone writes. */
export interface ParagraphFacts {
  readonly id: ParagraphId
  readonly kind: ParagraphKind
  /** Fractional index: sorts as a plain string. */
  readonly order: string
  /** Null for headings and separators. */
  readonly label: Label | null
  /** True when an accepted new paragraph was reopened: kept, for its identity and its history, but not shown. */
  readonly removed: boolean
  /**
   * Its deletion was decided, or its words went into another paragraph: the number stands empty until a revision. Not
   * where words have come late: what was typed meanwhile is not lost with a number.
   */
  readonly vacant: boolean
  /** The number it had before it was moved, until the next revision. */
  readonly former: Label | null
}

/** A chapeau ends in a colon and governs the paragraphs after it. Derived from the text, because text changes. */
export const isChapeau = (text: string): boolean => /[:：]\s*$/u.test(text)
