import type { ParagraphKind } from './paragraph.ts'
import type { Result } from './result.ts'

/** An imported text: recognised, but without ids and labels. */
export interface ImportedDraft {
  readonly title: string
  /** What preceded the draft (note verbale, covering letter), one string for each block of lines. */
  readonly front: readonly string[]
  readonly blocks: readonly ImportedBlock[]
}

export interface ImportedBlock {
  readonly kind: ParagraphKind
  /** As printed in the source; null for headings and separators. */
  readonly number: number | null
  readonly text: string
}

/** Stable codes, on which interfaces and scripts may depend. */
export type ReadCode =
  | 'too-large'
  | 'empty'
  | 'binary'
  | 'invalid-encoding'
  | 'no-draft'
  | 'two-series'
  | 'gaps'
  | 'repeats'
  | 'out-of-order'
  | 'suffixed-numbers'

/** The result of reading a file: a draft, or a code and a sentence for the person who chose the file. */
export type ReadResult = Result<{ draft: ImportedDraft; warnings: readonly string[] }, ReadCode>
