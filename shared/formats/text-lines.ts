import { looksBlank, stripText } from '../model/text-policy.ts'

/** One line of the source, cleaned. Blank lines are not in the list: what follows them says so. */
export interface Line {
  /** From 1, as an editor shows it. */
  readonly at: number
  /** Single spaces, no control characters, trimmed. Never empty. */
  readonly text: string
  /** Columns before the first character; a tab counts to the next multiple of eight. */
  readonly indent: number
  /** Blank lines right before it (form feeds not counted). */
  readonly blanks: number
  /** A form feed stands between it and the line before. */
  readonly newPage: boolean
  /** A soft hyphen ended the line: its last word goes on in the next line. */
  readonly broken: boolean
  /** A tab, or two spaces and more, followed its first word. */
  readonly tabbed: boolean
}

export interface Lines {
  readonly lines: readonly Line[]
  /** Longest width that many lines have, or 0 where the file does not break its lines to a width. */
  readonly wrap: number
  readonly warnings: readonly string[]
}

const LINE_END = /\r\n|[\n\r\v\u0085\u2028\u2029]/
const PAGE = '\f'
/** Most lines of most files: nothing in them is to be cleaned. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/
/** Spaces of all kinds, and tabs. */
const SPACES = /\s+/gu
/** Soft hyphens and stray byte order marks: they say nothing, and nobody misses them. */
const SILENT = /[\u00ad\ufeff]/gu

/** Says of a number of characters that they are not in the text. */
export const leftOut = (removed: number): string =>
  removed === 1
    ? 'A character that cannot be seen, or that turns the direction of words, was left out.'
    : `${removed} characters that cannot be seen, or that turn the direction of words, were left out.`

export function splitLines(text: string): Lines {
  const lines: Line[] = []
  let blanks = 0
  let newPage = false
  let removed = 0
  for (const [index, raw] of text.split(LINE_END).entries()) {
    if (raw === '') {
      blanks++
      continue
    }
    if (CLEAN.test(raw)) {
      const before = lines.length === 0 ? blanks + 1 : blanks
      lines.push({
        at: index + 1,
        text: raw,
        indent: 0,
        blanks: before,
        newPage,
        broken: false,
        tabbed: false,
      })
      blanks = 0
      newPage = false
      continue
    }
    const parts = raw.split(PAGE)
    for (const [part, piece] of parts.entries()) {
      if (part > 0) newPage = true
      const broken = /\u00ad\s*$/u.test(piece)
      const readable = stripText(piece.replace(SILENT, ''), 'lines')
      removed += readable.removed
      const clean = readable.text.replace(SPACES, ' ').trim()
      if (looksBlank(clean)) {
        if (parts.length === 1) blanks++
        continue
      }
      lines.push({
        at: index + 1,
        text: clean,
        indent: indentOf(piece),
        blanks: lines.length === 0 ? blanks + 1 : blanks,
        newPage,
        broken,
        tabbed: /^\s*\S+(?:\t| {2,})/u.test(readable.text),
      })
      blanks = 0
      newPage = false
    }
  }
  const warnings: string[] = []
  if (removed > 0) warnings.push(leftOut(removed))
  return { lines, wrap: wrapWidth(lines), warnings }
}

function indentOf(raw: string): number {
  let column = 0
  for (const character of raw) {
    if (character === '\t') column += 8 - (column % 8)
    else if (character === ' ' || character === '\u00a0') column++
    else break
  }
  return column
}

/**
 * Hard-wrapped text has many lines that end near one width, each followed by another without a blank line. A file
 * with a paragraph on each line has long lines, and a list of short ones has no such crowd. In a short file only lines
 * that surely go on are counted: not those before a number, which may begin a paragraph.
 */
function wrapWidth(lines: readonly Line[]): number {
  const all: number[] = []
  const sure: number[] = []
  for (const [i, line] of lines.entries()) {
    const next = lines[i + 1]
    if (!next || startsBlock(next)) continue
    const width = line.indent + line.text.length
    all.push(width)
    if (!/^[(\p{Nd}]/u.test(next.text)) sure.push(width)
  }
  return (sure.length >= 3 ? crowd(sure) : 0) || (all.length >= 6 ? crowd(all) : 0)
}

/** The width at which most of these end, or 0. */
function crowd(widths: readonly number[]): number {
  const sorted = Uint32Array.from(widths).sort()
  const width = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  const near = sorted.filter((w) => w > width * 0.8).length
  return width >= 40 && width <= 130 && near * 2 >= sorted.length ? width : 0
}

/** Ends a sentence, an item of a list or a chapeau; then what follows need not belong to it. */
export const ENDS =
  /(?:[.;:!?…。；：！？؟؛۔]["'”’»)\]\u200e\u200f]*|[;؛][ ,]*(?:and|or|et|ou|y|o|و|أو|и|или))$/iu

const LOWER = /^["'“‘«([\u200e\u200f]*\p{Ll}/u

export const startsLower = (text: string): boolean => LOWER.test(text)

export const startsBlock = (line: Line): boolean => line.blanks > 0 || line.newPage
