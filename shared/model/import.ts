import type { ParagraphKind } from './paragraph.ts'

/** A text by other hands, recognised but not yet a document: no identities, no labels. */
export interface ImportedDraft {
  readonly title: string
  /** What stood before the draft (note verbale, covering letter), one block of lines each. */
  readonly front: readonly string[]
  readonly blocks: readonly ImportedBlock[]
}

export interface ImportedBlock {
  readonly kind: ParagraphKind
  /** As printed in the source; null for headings and separators. */
  readonly number: number | null
  readonly text: string
}

/** Stable: interfaces and scripts may branch on them. */
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

/** A file that cannot be read is an expected failure: a code and a sentence for the person who brought it. */
export type ReadResult =
  | { readonly ok: true; readonly draft: ImportedDraft; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly code: ReadCode; readonly message: string }
