import type { FormatSpan, NoteReference } from '../../model/import.ts'
import type { WhiteSpace } from './white-space.ts'

/** The words of a block as an export has them, and what the export says of them beside the text. */
export interface ExportedWords {
  /** A private character stands for the mark of each footnote, see {@link noteSign}, and for each full-width sign of the words' own. */
  readonly written: string
  /** Null when somebody has changed the words, so that white space is worked out as in any text. */
  readonly whiteSpace: readonly WhiteSpace[] | null
  /** What is printed with the words and is none of them. */
  readonly annotations: ReadonlySet<Annotation>
  /** Whether stars among the words are emphasis. */
  readonly emphasised: boolean
  /** Whether the block itself is proposed. */
  readonly proposed: boolean
  /** The index of the block that it is proposed behind; null: the nearest paragraph before it. */
  readonly behind: number | null
}

/**
 * What is printed with the words of a block and is none of them: the mark of its status, its former number, positions on the whole
 * paragraph, that its number stands empty, the dash of a list.
 */
export type Annotation = 'status' | 'former' | 'positions' | 'vacant' | 'bullet'

const FIRST_NOTE = 0xf0000
/** How many footnotes a text may have at most whose marks are written. */
const MOST_NOTES = 0xfffd

/** Returns the private character for the mark of a footnote, counted from 0; empty for one too many. */
export const noteSign = (note: number): string =>
  note < MOST_NOTES ? String.fromCodePoint(FIRST_NOTE + note) : ''

/** Returns which footnote a private character is the mark of; null for any other character. */
export function noteOfSign(character: string): number | null {
  const note = (character.codePointAt(0) ?? 0) - FIRST_NOTE
  return note >= 0 && note < MOST_NOTES ? note : null
}

/** Words with what was written among them. */
export interface DecodedWords {
  readonly text: string
  readonly formats: readonly FormatSpan[]
  readonly notes: readonly NoteReference[]
}

const PART = /\\[\\*_]|\*{1,3}|[\u{f0000}-\u{ffffd}]|[^\\*\u{f0000}-\u{ffffd}]+|[^]/gu

/**
 * Takes the marks of footnotes and of emphasis out of words. One star begins or ends emphasis, two strong words, three both; a
 * backslash stands before a star, an underscore or a backslash of the words.
 */
export function decodeWords(written: string, emphasised: boolean): DecodedWords {
  let text = ''
  const formats: FormatSpan[] = []
  const notes: NoteReference[] = []
  const open: Partial<Record<FormatSpan['format'], number>> = {}
  const toggle = (format: FormatSpan['format']): void => {
    const from = open[format]
    if (from === undefined) open[format] = text.length
    else {
      if (text.length > from) formats.push({ from, to: text.length, format })
      delete open[format]
    }
  }
  for (const [part] of written.matchAll(PART)) {
    const note = noteOfSign(part)
    if (note !== null) notes.push({ at: text.length, note, printed: '' })
    else if (!emphasised) text += part
    else if (/^\\[\\*_]$/u.test(part)) text += part.slice(1)
    else if (part.startsWith('*')) {
      if (part.length !== 2) toggle('em')
      if (part.length > 1) toggle('strong')
    } else text += part
  }
  return { text, formats: formats.sort((a, b) => a.from - b.from), notes }
}
