import { looksBlank, stripText } from '../../model/characters/text-policy.ts'

/** One cleaned line of the source. Blank lines are not listed; the line after them counts them. */
export interface Line {
  /** The line number, from 1, as an editor shows it. */
  readonly at: number
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
}

export interface Lines {
  readonly lines: readonly Line[]
  /** The width to which many lines are wrapped; 0 when the file does not wrap its lines. */
  readonly wrap: number
  readonly warnings: readonly string[]
}

const LINE_END = /\r\n|[\n\r\v\u0085\u2028\u2029]/
const PAGE = '\f'
/** Matches most lines of most files, which need no cleaning. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/
/** Spaces of all kinds, and tabs. */
const SPACES = /\s+/gu
/** Soft hyphens and stray byte order marks: they are invisible and carry no meaning. */
const SILENT = /[\u00ad\ufeff]/gu

/** Returns the warning that so many characters were left out. */
export const leftOut = (removed: number): string =>
  removed === 1
    ? 'A character that cannot be seen, or that turns the direction of words, was left out.'
    : `${removed} characters that cannot be seen, or that turn the direction of words, were left out.`

/** Splits a text into cleaned lines. */
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
 * Returns the width to which lines are wrapped, or 0. In wrapped text many lines end near one width and are
 * followed by another line without a blank one. A file with one paragraph on each line, or with short list
 * items, has no such accumulation. In a short file only those lines count that certainly continue, so not the
 * ones before a number, which may begin a paragraph.
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

/** Returns the width at which most of these lines end, or 0. */
function crowd(widths: readonly number[]): number {
  const sorted = Uint32Array.from(widths).sort()
  const width = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  const near = sorted.filter((w) => w > width * 0.8).length
  return width >= 40 && width <= 130 && near * 2 >= sorted.length ? width : 0
}

/** The end of a sentence, a list item or a chapeau. What follows it need not belong to it. */
export const ENDS =
  /(?:[.;:!?…。；：！？؟؛۔]["'”’»)\]\u200e\u200f]*|[;؛][ ,]*(?:and|or|et|ou|y|o|و|أو|и|или))$/iu

const LOWER = /^["'“‘«([\u200e\u200f]*\p{Ll}/u

export const startsLower = (text: string): boolean => LOWER.test(text)

export const startsBlock = (line: Line): boolean => line.blanks > 0 || line.newPage
