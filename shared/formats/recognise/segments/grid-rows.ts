import type { Line, LineCell } from '../lines/line.ts'
import { startsLower } from '../lines/line.ts'
import type { LineSpan } from './segment.ts'

/** The rows of lines that may be a table. */
export interface GridRow {
  /** Whether a rule below it says that it is the head of the table. */
  readonly header: boolean
  /** For each column where its words stand. A cell without words has one span, of no length. */
  readonly cells: readonly (readonly LineSpan[])[]
}

/** A line with the part that stands in each column; null where there is none. */
type PlacedLine = readonly (LineCell | null)[]

/** Returns the rows that lines set in columns make; null when they have no common columns. */
export function readRows(block: readonly Line[]): readonly GridRow[] | null {
  const found = placeCells(block) ?? []
  const placed = block[0]?.cells?.by === 'borders' ? found : withoutBare(found)
  const columns = placed[0]?.length ?? 0
  if (columns < 2) return null
  const groups = groupLines(block, placed)
  const heads = headCount(block, groups)
  return groups.map((lines, row) => ({
    header: row < heads,
    cells: Array.from({ length: columns }, (_, column) => spansIn(block, placed, lines, column)),
  }))
}

/** Leaves out columns in which no line has anything, as tabs before or behind all words make them. */
function withoutBare(placed: readonly PlacedLine[]): readonly PlacedLine[] {
  const isUsed = (_: unknown, column: number): boolean =>
    placed.some((line) => (line[column]?.to ?? 0) > (line[column]?.from ?? 0))
  const used = (placed[0] ?? []).map(isUsed)
  const [first, last] = [used.indexOf(true), used.lastIndexOf(true)]
  return placed.map((line) => line.slice(Math.max(0, first), last + 1))
}

const partsOf = ({ cells, text, indent }: Line): readonly LineCell[] =>
  cells?.cells ?? [{ from: 0, to: text.length, left: indent, right: indent + text.length }]

const isFilled = (part: LineCell | null): boolean => part !== null && hasWords(part)

const hasWords = ({ from, to }: LineCell): boolean => to > from

function placeCells(block: readonly Line[]): readonly PlacedLine[] | null {
  const by = block[0]?.cells?.by
  const parts = block.map(partsOf)
  const most = Math.max(...parts.map(({ length }) => length))
  if (by === 'borders') return parts.map((line) => padded(line, most))
  const rows = block.flatMap((line, i) => (line.cells ? [parts[i]!] : []))
  if (by === 'tabs') {
    if (rows.every(({ length }) => length === most)) return byIndex(block, parts, rows)
    const worded = parts.map((line) => line.filter(hasWords))
    const counts = new Set(block.flatMap((line, i) => (line.cells ? [worded[i]!.length] : [])))
    if (counts.size === 1)
      return byIndex(
        block,
        worded,
        rows.map((row) => row.filter(hasWords)),
      )
    const isWhole = rows[0]?.length === most && rows[0].every(hasWords)
    return isWhole ? byIndex(block, parts, rows) : inGutters(parts)
  }
  const gutters = inGutters(parts)
  if (gutters?.[0]?.length === most && rows.every(({ length }) => length <= most)) return gutters
  return rows.every((row) => row.length === most && isWide(row)) ? byIndex(block, parts, rows) : gutters
}

const padded = (line: readonly LineCell[], columns: number): PlacedLine =>
  Array.from({ length: columns }, (_, column) => line[column] ?? null)

/** A gap of so many columns is no gap between sentences. */
const WIDE = 3

const isWide = (row: readonly LineCell[]): boolean =>
  row.every(({ left }, i) => i === 0 || left - row[i - 1]!.right >= WIDE)

/** Places the parts of each line by their number; a line of one part where that begins. */
function byIndex(
  block: readonly Line[],
  parts: readonly (readonly LineCell[])[],
  rows: readonly (readonly LineCell[])[],
): readonly PlacedLine[] {
  const columns = Math.max(...rows.map(({ length }) => length))
  const lefts = Array.from({ length: columns }, (_, column) =>
    Math.min(...rows.map((row) => row[column]?.left ?? Infinity)),
  )
  return parts.map((line, i) => {
    if (block[i]?.cells) return padded(line, columns)
    const at = Math.max(
      0,
      lefts.findLastIndex((left) => left <= (line[0]?.left ?? 0) + 1),
    )
    return Array.from({ length: columns }, (_, column) => (column === at ? line[0]! : null))
  })
}

/** Places the parts between columns in which no line has anything, two at least side by side; null when several meet in one. */
function inGutters(parts: readonly (readonly LineCell[])[]): readonly PlacedLine[] | null {
  const stretches = parts
    .flat()
    .filter(hasWords)
    .sort((a, b) => a.left - b.left)
  const edges: { left: number; right: number }[] = []
  for (const { left, right } of stretches) {
    const last = edges.at(-1)
    if (last && left < last.right + 2) last.right = Math.max(last.right, right)
    else edges.push({ left, right })
  }
  const placed = parts.map((line) =>
    edges.map((edge) =>
      line.filter((part) => hasWords(part) && part.left >= edge.left && part.right <= edge.right),
    ),
  )
  if (placed.some((line) => line.some(({ length }) => length > 1))) return null
  return placed.map((line) => line.map(([part]) => part ?? null))
}

/** Returns the indexes of the lines of each row. */
function groupLines(block: readonly Line[], placed: readonly PlacedLine[]): readonly (readonly number[])[] {
  const interior = block.slice(1)
  const rules = interior.filter(({ ruled }) => ruled).length
  const blanks = interior.filter((line) => line.blanks > 0).length
  const isWrapped =
    blanks > 1 && block.every((line, i) => i === 0 || line.blanks > 0 || !placed[i]!.every(isFilled))
  const begins = (i: number): boolean => {
    const line = block[i]!
    if (line.ruled) return true
    if (rules > 1) return false
    if (isWrapped) return line.blanks > 0
    return line.blanks > 0 || !goesOn(line, placed[i]!)
  }
  const groups: number[][] = []
  for (const i of block.keys())
    if (i === 0 || begins(i)) groups.push([i])
    else groups.at(-1)?.push(i)
  return groups
}

/** Whether a line goes on with the cells of the line above it. Between borders each line is a row. */
function goesOn({ cells, text }: Line, placed: PlacedLine): boolean {
  if (cells?.by === 'borders') return false
  const filled = placed.filter(isFilled)
  if (placed[0] && hasWords(placed[0])) return filled.length === 1 && startsLower(text)
  if (placed.length === 2 || filled.length < placed.length - 1) return true
  return filled.every((part) => part !== null && startsLower(text.slice(part.from, part.to)))
}

/** Returns how many rows are the head: those above a double rule, or above the only one within the table. */
function headCount(block: readonly Line[], groups: readonly (readonly number[])[]): number {
  const ruled = groups.flatMap(([first], row) => {
    const rule = row > 0 && first !== undefined ? block[first]?.ruled : undefined
    return rule ? [{ row, rule }] : []
  })
  const double = ruled.find(({ rule }) => rule === 'double')
  const only = ruled.length === 1 ? ruled[0] : undefined
  return (double ?? only)?.row ?? 0
}

function spansIn(
  block: readonly Line[],
  placed: readonly PlacedLine[],
  lines: readonly number[],
  column: number,
): readonly LineSpan[] {
  const spans = lines.flatMap((i): LineSpan[] => {
    const part = placed[i]?.[column]
    return part && hasWords(part) ? [{ line: block[i]!, from: part.from, to: part.to }] : []
  })
  if (spans.length > 0) return spans
  // It has its place behind the cell before it.
  const first = lines[0] ?? 0
  const before = placed[first]?.slice(0, column).findLast((part) => part !== null)
  const at = before?.to ?? 0
  return [{ line: block[first]!, from: at, to: at }]
}
