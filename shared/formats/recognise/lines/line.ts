import type { FormatSpan } from '../../../model/import.ts'

/** One cleaned line of a source, with what its source tells about it. Blank lines are not listed. */
export interface Line {
  /** The line number, from 1, as an editor shows it. */
  readonly at: number
  /** Its place in the order in which the source is read, from 0. Parts of one line may be read apart. */
  readonly order: number
  /** At which column of its line it begins: not 0 for a part behind another one. */
  readonly column: number
  /** With single spaces, without control characters, trimmed. Never empty. */
  readonly text: string
  /** How many columns precede the first character. A tab goes to the next multiple of eight. */
  readonly indent: number
  /** How many blank lines directly precede it, form feeds not counted. */
  readonly blanks: number
  /** Whether a form feed separates it from the line before. */
  readonly newPage: boolean
  /** Whether it ended in a soft hyphen, so that its last word continues in the next line. */
  readonly broken: boolean
  /** Whether a tab, or two or more spaces, followed its first word. */
  readonly tabbed: boolean
  /** The parts of the line between wide gaps, tabs or borders; absent when there is only one. */
  readonly cells?: LineCells
  /** Whether a rule of a table stands directly above it, and of which signs: a double one stands below the head. */
  readonly ruled?: 'single' | 'double'
  /** How deep a heading the source says the line is, 1 for the highest; absent when it does not say. */
  readonly heading?: number
  /** The words of the line that its source emphasises; absent when there are none. */
  readonly formats?: readonly FormatSpan[]
}

/** A part of a line: where it is in its text, and between which columns it was printed. Empty where nothing stands between two tabs or borders. */
export interface LineCell {
  readonly from: number
  readonly to: number
  readonly left: number
  readonly right: number
}

/**
 * How the cells of a line are told apart. Between two borders is exactly one cell; between two tabs there is one, unless several
 * tabs were set to reach a column; `spaces` are gaps of two and more, where a cell may have no words and leave no trace.
 */
export interface LineCells {
  readonly by: 'borders' | 'tabs' | 'spaces'
  readonly cells: readonly LineCell[]
}

/** Lines of a source in their order, and the width to which they are wrapped; 0 when they are not. */
export interface Lines {
  readonly lines: readonly Line[]
  readonly wrap: number
}

/**
 * The end of a sentence, a list item or a chapeau, also with the mark of a footnote behind it. What follows it need not
 * belong to it.
 */
export const ENDS =
  /(?:[.;:!?…。；：！？؟؛۔]["'”’»)\]}\u200e\u200f]*|\}|(?:[;:!?]|\p{L}[.])["'”’»)\]]*\p{Nd}{1,2}|[;؛][ ,]*(?:and|or|et|ou|y|o|و|أو|и|или))$/iu

/** The end of a clause, as of a paragraph of a preamble. */
export const ENDS_CLAUSE = /[,،，、.;:；：؛。]["'”’»)\]\u200e\u200f]*(?: ?\p{Nd}{1,2})?$/u

const LOWER = /^["'“‘«([\u200e\u200f]*\p{Ll}/u

export const startsLower = (text: string): boolean => LOWER.test(text)

export const startsBlock = (line: Line): boolean => line.blanks > 0 || line.newPage

/** Whether the line is as full as wrapped lines are. Where lines are not wrapped, a long one is. */
export const isFull = (line: Line, wrap: number): boolean =>
  wrap > 0 ? line.indent + line.text.length > wrap * 0.75 : line.text.length > 130

/** Words behind which a sentence or a title goes on. */
const LEFT_OPEN =
  /[ -](?:the|of|and|on|for|in|to|by|with|from|at|as|or|a|an|de|du|des|la|le|les|et|sur|pour|dans|par|el|los|las|y|del|en|con|sobre|para|о|и|в|на|по|с|из|для)$/iu

export const isLeftOpen = (text: string): boolean => LEFT_OPEN.test(text.slice(-20))

/** Returns the beginning of a text for a message. */
export const excerpt = (text: string): string => (text.length > 50 ? `${text.slice(0, 49).trimEnd()}…` : text)

/** How many items a warning lists. A long file of another kind would fill the screen. */
const LISTED = 200

/** Joins items with commas; of a long list the first ones, and how many more there are. */
export const firstFew = (items: readonly (string | number)[]): string => {
  const more = items.length - LISTED
  return more > 0 ? `${items.slice(0, LISTED).join(', ')} and ${more} more` : items.join(', ')
}

/** A line of fewer characters, without a sign at its end, is no sentence that goes on behind a blank line. */
export const BRIEF = 100
