import type { BracketedText, ReadName } from './import-brackets.ts'
import type { Label } from './label.ts'
import type { Language } from './language.ts'
import type { ParagraphKind } from './paragraph.ts'
import type { Result } from './result.ts'
import type { Piece } from './understanding.ts'

/** An imported text: recognised, but without ids. */
export interface ImportedDraft {
  readonly title: string
  /** What preceded the draft (note verbale, covering letter), one string for each block of lines. */
  readonly front: readonly string[]
  readonly blocks: readonly ImportedBlock[]
  /** Absent when it could not be told. */
  readonly language?: Language
}

/** What a source says of parts of a text, in the order of their offsets, which are UTF-16 units. */
export interface SourceSpans {
  readonly formats?: readonly FormatSpan[]
  readonly notes?: readonly NoteReference[]
}

/** Words that the source emphasises: `from` included, `to` excluded. */
export interface FormatSpan {
  readonly from: number
  readonly to: number
  readonly format: 'em' | 'strong'
}

/** The mark of a footnote, which was taken out of the text. */
export interface NoteReference {
  /** The mark stands behind so many units. */
  readonly at: number
  /** Which note it is of: 0 for the first block of kind `note`. */
  readonly note: number
  /** As the source has it, with the space before it: `¹`, ` 1`, `[1]`. */
  readonly printed: string
}

export interface ImportedBlock extends SourceSpans {
  readonly kind: ParagraphKind
  /**
   * The label that the source gives it, with the divisions and paragraphs that it counts below. Null for what has
   * none: separators, headings without a number, items of unnumbered lists.
   */
  readonly label: Label | null
  /** How deep it stands: 0 for a main paragraph, 1 for what is below one; of headings 0 is the highest. */
  readonly level: number
  /** Its language where it is not that of the draft. */
  readonly language?: Language
  /** It is a cell of a row that the source marks as the head of the table. */
  readonly header?: true
  /** The words as the source has them, with brackets and marks. */
  readonly text: string
  /** What the brackets and marks in `text` say; absent when it has none. */
  readonly bracketed?: BracketedText
}

/** Stable codes, on which interfaces and scripts may depend. */
export type ReadCode = 'too-large' | 'empty' | 'binary' | 'invalid-encoding' | 'no-draft' | 'wrong-answers'

/** A line of the source that was not kept where it stood. */
export interface SourceLine {
  /** The line number, from 1. */
  readonly at: number
  readonly text: string
}

export interface Read {
  readonly draft: ImportedDraft
  /** The source in its order, and what became of each part. */
  readonly pieces: readonly Piece[]
  /** Sentences about what was left out or moved. */
  readonly remarks: readonly string[]
  /** The remarks, and the doubts of all pieces in few sentences. */
  readonly warnings: readonly string[]
  /** The lines that were left out, as page headers and footers. All other words are in the draft. */
  readonly furniture: readonly SourceLine[]
  /** The lines of footnotes, which stand at the end of the draft. All other words keep their order. */
  readonly notes: readonly SourceLine[]
  /** The names that stand in brackets, each once, in the order of the text. Those without a participant are to be asked about. */
  readonly names: readonly ReadName[]
}

/** The result of reading a file: a draft, or a code and a sentence for the person who chose the file. */
export type ReadResult = Result<Read, ReadCode>
