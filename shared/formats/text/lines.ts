import type { Line, LineCell, LineCells, Lines } from '../recognise/lines/line.ts'
import { startsBlock } from '../recognise/lines/line.ts'
import type { FormatSpan, SourceLine } from '../../model/import.ts'
import type { ShownLine } from '../../model/understanding.ts'
import { looksBlank, stripText } from '../../model/characters/text-policy.ts'
import { unfoldColumns } from './columns.ts'
import type { Emphasised } from './unmark.ts'
import { unmark } from './unmark.ts'
import { findBeside } from '../recognise/segments/carry-spans.ts'

interface TextLines extends Lines {
  readonly warnings: readonly string[]
  /** What was left out of the text before it was divided. */
  readonly dropped: readonly SourceLine[]
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

/** Returns the lines as they are shown, in the order of the file: the parts of one line stand together. */
export function shownLines(lines: readonly Line[]): ShownLine[] {
  const shown = new Map<number, ShownLine>()
  for (const { at, text, indent, blanks } of lines) {
    const before = shown.get(at)
    shown.set(at, before ? { ...before, text: `${before.text} ${text}` } : { at, text, indent, blanks })
  }
  return [...shown.values()].sort((a, b) => a.at - b.at)
}

/**
 * Counts the columns of lines of which several parts are read apart: those that a form feed or a gap between columns
 * divides. Returns at which column a part begins when the parts of a line stand behind each other with one space between them.
 */
function columnCounter(): (at: number, text: string) => number {
  const next = new Map<number, number>()
  return (at, text) => {
    const column = next.get(at) ?? 0
    next.set(at, column + text.length + 1)
    return column
  }
}

/** What one part of a line shows by itself. */
type Shown = Pick<Line, 'text' | 'indent' | 'broken' | 'tabbed' | 'cells'>

/** Splits a text into cleaned lines. */
export function splitLines(text: string): TextLines {
  const lines: Line[] = []
  let blanks = 0
  let newPage = false
  let ruled: Line['ruled']
  let removed = 0
  const columnOf = columnCounter()
  const unmarked = unmark(text.split(LINE_END))
  for (const { at, text: raw } of unfoldColumns(unmarked.lines)) {
    const depth = unmarked.headings.get(at - 1)
    const heading = depth === undefined ? {} : { heading: depth }
    const rule = unmarked.rules.get(at - 1)
    if (rule) {
      ruled = rule
      continue
    }
    const isRow = unmarked.rows.has(at - 1)
    const parts = raw.split(PAGE)
    for (const [part, piece] of parts.entries()) {
      if (part > 0) newPage = true
      // A row may have no words. Above a rule, Markdown has such a row where a table has no head.
      const isBelowRow = blanks === 0 && lines.at(-1)?.cells?.by === 'borders'
      const isWithin = isRow && (isBelowRow || unmarked.rows.has(at))
      const { shown, left } = clean(piece, isRow, isWithin)
      removed += left
      if (!shown) {
        if (parts.length === 1 && !isRow) blanks++
        continue
      }
      lines.push({
        at,
        order: lines.length,
        column: columnOf(at, shown.text),
        ...shown,
        ...heading,
        ...formatsIn(shown.text, unmarked.emphasised.get(at - 1) ?? []),
        blanks: lines.length === 0 ? blanks + 1 : blanks,
        newPage,
        ...(ruled ? { ruled } : {}),
      })
      ruled = undefined
      blanks = 0
      newPage = false
    }
  }
  const warnings: string[] = []
  if (removed > 0) warnings.push(leftOut(removed))
  return { lines, wrap: wrapWidth(lines), warnings, dropped: unmarked.dropped }
}

/** Returns which words of a line are emphasised. */
function formatsIn(text: string, emphasised: readonly Emphasised[]): Pick<Line, 'formats'> {
  const formats = emphasised.flatMap(({ words, before, format }): FormatSpan[] => {
    const printed = words.trim()
    const at = findBeside(text, { before, printed, behind: '' })
    return printed === '' || at === null ? [] : [{ from: at, to: at + printed.length, format }]
  })
  return formats.length === 0 ? {} : { formats }
}

/**
 * `bordered`: whether tabs stand for the borders of a table; `within`: whether another row stands beside this one. Returns what a
 * part of a line shows, null when it is blank and no such row, and how many characters were left out.
 */
function clean(
  piece: string,
  bordered: boolean,
  within: boolean,
): { readonly shown: Shown | null; readonly left: number } {
  if (piece === '') return { shown: null, left: 0 }
  if (CLEAN.test(piece)) return { shown: { text: piece, indent: 0, broken: false, tabbed: false }, left: 0 }
  const readable = stripText(piece.replace(SILENT, ''), 'lines')
  const text = readable.text.replace(SPACES, ' ').trim()
  if (looksBlank(text) && !within) return { shown: null, left: readable.removed }
  const cells = cellsOf(readable.text, bordered)
  const shown = {
    text,
    ...(cells.cells.length > 1 ? { cells } : {}),
    indent: indentOf(piece),
    broken: /\u00ad\s*$/u.test(piece),
    tabbed: /^\s*\S+(?:\t| {2,})/u.test(readable.text),
  }
  return { shown, left: readable.removed }
}

/** Returns the parts of a line, as {@link LineCells} says. In its text one space stands between two parts with words. */
function cellsOf(text: string, bordered: boolean): LineCells {
  const by = bordered ? 'borders' : text.trim().includes('\t') ? 'tabs' : 'spaces'
  const parts = by === 'spaces' ? text.split(/(?<=\S) {2,}(?=\S)/u) : text.split('\t')
  const cells: LineCell[] = []
  let at = 0
  let column = 0
  for (const part of parts) {
    const words = part.replace(SPACES, ' ').trim()
    if (by === 'spaces') column = text.indexOf(part, column)
    const left = column + part.length - part.trimStart().length
    const from = at === 0 || words === '' ? at : at + 1
    at = from + words.length
    cells.push({ from, to: at, left, right: left + words.length })
    column = by === 'spaces' ? column + part.length : nextStop(column + part.length)
  }
  return { by, cells }
}

const nextStop = (column: number): number => column + 8 - (column % 8)

function indentOf(raw: string): number {
  let column = 0
  for (const character of raw) {
    if (character === '\t') column = nextStop(column)
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

/** No text is wrapped to lines of more characters. */
const WIDEST = 130

/** Returns the width at which most of these lines end, or 0. */
function crowd(all: readonly number[]): number {
  const widths = all.filter((width) => width <= WIDEST)
  if (widths.length < all.length * 0.6) return 0
  const sorted = Uint32Array.from(widths).sort()
  const width = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  const near = sorted.filter((w) => w > width * 0.8).length
  return width >= 40 && width <= WIDEST && near * 2 >= sorted.length ? width : 0
}
