import type { ParticipantId } from './ids.ts'
import type { Label } from './label.ts'
import type { ParagraphKind } from './paragraph.ts'

/** How a source was understood, piece by piece, and what a person may answer to it. */

/**
 * What a piece of a source is taken for. `front` stands before the draft; `furniture` is left out, as page numbers are;
 * `note` is a footnote, `cell` a cell of a table.
 */
export const PIECE_KINDS = [
  'heading',
  'paragraph',
  'separator',
  'cell',
  'note',
  'front',
  'furniture',
] as const
export type PieceKind = (typeof PIECE_KINDS)[number]

/** A stretch of one line of a source. Columns count UTF-16 units of the line as it is shown, from 0; `to` is exclusive. */
export interface SourceSpan {
  /** The line number, from 1. */
  readonly at: number
  readonly from: number
  readonly to: number
}

/** A line of a source as it is shown: without control characters, with single spaces, trimmed. */
export interface ShownLine {
  /** The line number, from 1. */
  readonly at: number
  readonly text: string
  /** How many columns preceded its first character. */
  readonly indent: number
  /** How many blank lines directly precede it. */
  readonly blanks: number
}

/** Stable codes, on which interfaces and scripts may depend. */
export type DoubtCode =
  | 'front-matter'
  | 'no-title'
  | 'no-numbers'
  | 'heading-guessed'
  | 'heading-joined'
  | 'unnumbered'
  | 'joined-over-page'
  | 'number-in-words'
  | 'hyphen'
  | 'note-unmarked'
  | 'number-missing'
  | 'number-repeated'
  | 'number-descends'
  | 'number-first'
  | 'numbers-restart'
  | BracketDoubtCode
  | 'name-unknown'

/** What was kept as words although it stands in brackets, and what is not clear in them. */
export type BracketDoubtCode =
  | 'bracket-unclosed'
  | 'bracket-unopened'
  | 'brackets-too-deep'
  | 'request-unplaced'
  | 'request-void'
  | 'agreed-with-brackets'
  | 'alternative-unclear'
  | 'names-alone'

/** Something that a person should look at. */
export interface Doubt {
  readonly code: DoubtCode
  /** The line that it is about, from 1. */
  readonly line: number
  /** A sentence for a person, which names the line. */
  readonly message: string
  /** Of `name-unknown`: the name as the source writes it. */
  readonly name?: string
}

/** Some text of a source, and what it is taken for. Pieces stand in the order of the source. */
export interface Piece {
  readonly kind: PieceKind
  /** Where its text stands, in order, at least one. Furniture of other pieces may stand between two spans. */
  readonly spans: readonly SourceSpan[]
  /** Its words: those of its block, or of front matter and furniture as they were printed. */
  readonly text: string
  /** The block of the draft that it became; null for front matter and furniture. */
  readonly block: UnderstoodBlock | null
  /** How sure it is, from 0 to 1; 1 when a person said so. */
  readonly confidence: number
  readonly doubts: readonly Doubt[]
  /** Whether a person's answer is about it. */
  readonly answered: boolean
  /** The marks of footnotes in its text, in order; absent when it has none. */
  readonly marks?: readonly PieceMark[]
  /** Of a footnote: the first place of its mark in the text of another piece; null when it has none. */
  readonly markedAt?: MarkPlace | null
}

/** The mark of a footnote in the text of a piece. */
export interface PieceMark {
  /** Its figure, in UTF-16 units of the text; `to` is exclusive, and equal where the source prints none. */
  readonly from: number
  readonly to: number
  /** The number of its footnote. */
  readonly label: Label | null
}

/** Where the mark of a footnote stands in a source: the column at which its figure begins, or behind its word. */
export interface MarkPlace {
  readonly at: number
  readonly column: number
}

export interface UnderstoodBlock {
  /** Its index among the blocks of the draft. */
  readonly index: number
  readonly kind: ParagraphKind
  readonly label: Label | null
  readonly level: number
  /** The words of its label as the source prints them, which are not in the text of its piece: `2 bis.`, `Article 3`. */
  readonly mark: string
}

/**
 * What a person says about the text that begins at a place of the source. A place inside a piece is where a new piece
 * begins, unless the answer is `sure` alone. Places are lines and columns, so that answers hold when the text is recognised differently.
 */
export interface Answer {
  /** The line number, from 1. */
  readonly at: number
  /** The column of the line at which the piece begins, when not with the line. */
  readonly column?: number
  /** What the piece is. `front` is also said of all that stands before it. */
  readonly is?: PieceKind
  /** How deep it stands: 0 for a main paragraph and for the highest heading. */
  readonly level?: number
  /** Its label as it would be printed: `2 bis`, `(a)`, `PP3`, `Article 4`. Null: it has none, and what looks like one is words. */
  readonly label?: string | null
  /**
   * It goes on with the text before it, a footnote with the footnote before it; with `is` it goes on as what that says, a paragraph
   * or a footnote.
   */
  readonly joins?: true
  /**
   * Of a footnote: where its mark stands. A figure that begins or ends at that column is the mark, else the mark stands behind the
   * word that ends there. Null: it has none, and what looks like one is words.
   */
  readonly mark?: MarkPlace | null
  /** Its brackets and marks are words of the text: none of them is a proposal, a request or a status. */
  readonly brackets?: 'words'
  /** It was looked at and is right: its doubts are settled. */
  readonly sure?: true
}

/** Who is meant by a name in brackets. */
export interface NameAnswer {
  /** As the source writes it. */
  readonly written: string
  /** Null: nobody, so that the name is left out. */
  readonly participant: ParticipantId | null
}

/** All that a person answers about one source. */
export interface Answers {
  readonly answers: readonly Answer[]
  readonly names: readonly NameAnswer[]
}

/** An answer that cannot be applied. */
export interface AnswerFault {
  readonly at: number
  /** A sentence for a person, which names the line. */
  readonly message: string
}

/** The deepest level that can be answered. */
export const DEEPEST_LEVEL = 8
