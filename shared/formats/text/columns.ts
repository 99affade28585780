/** A line of a source, or the part of it that stands in one column. */
export interface SourceRow {
  /** The line number, from 1. */
  readonly at: number
  readonly text: string
}

/**
 * Puts the lines of a text in two columns in the order in which they are read: of each page the left column, then the
 * right one, which keeps its line numbers. Tables stay as they are: their cells are short, or begin anew on each line.
 * The time it takes is linear.
 */
export function unfoldColumns(lines: readonly string[]): readonly SourceRow[] {
  const rows: SourceRow[] = []
  for (let i = 0; i < lines.length;) {
    const columns = columnsFrom(lines, i)
    if (columns && isProse(columns)) for (const row of [...columns.left, ...columns.right]) rows.push(row)
    else for (let j = i; j < (columns?.end ?? i + 1); j++) rows.push({ at: j + 1, text: lines[j] ?? '' })
    i = columns?.end ?? i + 1
  }
  return rows
}

interface Columns {
  readonly left: readonly SourceRow[]
  readonly right: readonly SourceRow[]
  /** The index of the first line behind them. */
  readonly end: number
  /** The texts of the lines that have words in both columns. */
  readonly pairs: readonly (readonly [left: string, right: string])[]
}

/** The space between two columns: at least three columns wide, with words on both sides, and the only one of its line. */
const GAP = /^(?<left>.*\S)(?<gap> {3,})(?<right>\S.*)$/u
/** Most lines without words in both columns that follow each other inside columns. */
const MOST_ALONE = 6
const LONGEST = 300
const PAGE = '\f'
/** How far words of the right column may begin behind its edge, as the first lines of paragraphs do. */
const INDENT = 8

/** Reads the lines from `from` on that leave a gap free at one place; null when the first of them has no gap. */
function columnsFrom(lines: readonly string[], from: number): Columns | null {
  const edge = edgeOf((lines[from] ?? '').replace(PAGE, ''))
  if (edge === null) return null
  const left: SourceRow[] = []
  const right: SourceRow[] = []
  const pairs: (readonly [string, string])[] = []
  let end = from
  for (let i = from; i < lines.length && i - end <= MOST_ALONE; i++) {
    const line = lines[i] ?? ''
    // A new page begins with its own left column.
    if (i > from && line.includes(PAGE)) break
    const parts = partsAt(line.replace(PAGE, ''), edge)
    if (!parts) break
    left.push({ at: i + 1, text: line.startsWith(PAGE) ? PAGE + parts.left : parts.left })
    right.push({ at: i + 1, text: parts.right })
    if (parts.left.trim() === '' || parts.right.trim() === '') continue
    pairs.push([parts.left.trim(), parts.right.trim()])
    end = i + 1
  }
  // Words of one column right below the last pair belong to it.
  while (!isBlank(left[end - from]) || !isBlank(right[end - from])) end++
  return { left: left.slice(0, end - from), right: right.slice(0, end - from), end, pairs }
}

const isBlank = (row: SourceRow | undefined): boolean => (row?.text.trim() ?? '') === ''

/** Returns at which column the second part of a line begins; null when the line has not exactly two parts. */
function edgeOf(line: string): number | null {
  if (line.length > LONGEST || line.includes('\t')) return null
  const { left, gap, right } = GAP.exec(line)?.groups ?? {}
  if (left === undefined || gap === undefined || right === undefined) return null
  return / {3,}/u.test(left.trimStart()) ? null : left.length + gap.length
}

/** Divides a line at the edge of the right column; null when words stand in the gap before it. */
function partsAt(line: string, edge: number): { readonly left: string; readonly right: string } | null {
  if (line.length > LONGEST || line.includes('\t')) return null
  const right = line.slice(edge)
  if (right.trim() !== '' && line.slice(edge - 2, edge).trim() !== '') return null
  if (line.trim() !== '' && right.trim() === '' && line.trimEnd().length > edge - 2) return null
  if (right.length - right.trimStart().length > INDENT && right.trim() !== '') return null
  return { left: line.slice(0, edge), right }
}

const FEWEST = 4

/** Whether words read on from line to line in both columns. */
function isProse({ pairs }: Columns): boolean {
  if (pairs.length < FEWEST) return false
  return ([0, 1] as const).every((side) => {
    const texts = pairs.map((pair) => pair[side])
    const words = texts.reduce((sum, text) => sum + text.split(/\s+/u).length, 0)
    const wide = texts.filter((text) => text.length >= 12).length
    const within = texts.filter((text) => /^(?:\p{Ll}|\p{Lo})/u.test(text)).length
    const gaps = texts.filter((text) => / {3,}/u.test(text)).length
    return (
      words >= texts.length * 2 && wide >= texts.length * 0.7 && within >= texts.length * 0.3 && gaps === 0
    )
  })
}
