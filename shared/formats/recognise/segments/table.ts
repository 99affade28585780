import type { Line } from '../lines/line.ts'
import { BRIEF, ENDS, startsLower } from '../lines/line.ts'
import { isClosing } from '../lines/letter.ts'
import { isClosingFormula, isDateline } from '../lines/phrases.ts'
import type { DivisionHead } from '../markers/division.ts'
import { readCaption } from '../markers/division.ts'
import type { GridRow } from './grid-rows.ts'
import { readRows } from './grid-rows.ts'

/** A table as its source sets it. */
export interface Grid {
  readonly caption: GridCaption | null
  readonly rows: readonly GridRow[]
  /** The index of its last line. */
  readonly last: number
}

interface GridCaption {
  readonly head: DivisionHead
  /** The indexes of its lines. */
  readonly lines: readonly number[]
}

/**
 * Returns the tables of a text by the index of the line with which each begins, its caption's if it has one. `skips`: the lines that are
 * left out, as running heads within a table are. The time it takes is linear.
 */
export function findGrids(
  lines: readonly Line[],
  from: number,
  skips: (index: number) => boolean,
): ReadonlyMap<number, Grid> {
  const kept = [...lines.keys()].filter((i) => i >= from && !skips(i))
  const shown = kept.map((i) => lines[i]!)
  const grids = new Map<number, Grid>()
  let free = 0
  for (let at = 0; at < kept.length;) {
    const end = endOfBlock(shown, at)
    const found = end > at ? gridIn(shown, at, end, free) : null
    if (!found) {
      // A long block without columns is prose with wide gaps: it is not looked at from each of its lines.
      at = end - at > MOST_TRIED ? end : at + 1
      continue
    }
    const { caption, rows } = found
    const captioned = caption && { ...caption, lines: caption.lines.map((i) => kept[i]!) }
    grids.set(captioned?.lines[0] ?? kept[at]!, { caption: captioned, rows, last: kept[end - 1]! })
    free = end
    at = end
  }
  return grids
}

const MOST_TRIED = 40

/** Lists that are set with tabs begin with marks: `1.`, `(a)`, `PP2`, `–`. */
const MARKED = /^(?:\(?[\p{L}\p{Nd}]{1,4}[.)]|(?:PP|OP) ?\d|[-–—•·*](?:\s|$))/u

/**
 * Returns the index behind the lines that stand in columns together from `at` on; `at` when that one has none. A blank line may stand
 * below the first row, or between all rows.
 */
function endOfBlock(lines: readonly Line[], at: number): number {
  const first = lines[at]
  if (!first?.cells) return at
  const { by, cells } = first.cells
  const isList = MARKED.test(first.text)
  const count = cells.length
  // How many whole rows stand since the last blank line.
  let whole = 1
  let end = at + 1
  for (let line = lines[end]; line; line = lines[++end]) {
    if (!line.cells) {
      if (by === 'borders' || !isContinuation(line, first, lines[end + 1])) break
      continue
    }
    if (line.cells.by !== by || (by !== 'borders' && MARKED.test(line.text) !== isList)) break
    const isWhole = line.cells.cells.length === count
    if (line.blanks > 0) {
      if (line.blanks > 1 || by === 'borders' || count < 3 || !isWhole || whole > 1) break
      whole = 0
    }
    if (isWhole) whole++
  }
  return end
}

/** Whether a line of one part goes on with a cell: it begins where a column does, or stands small between two rows. */
function isContinuation(line: Line, first: Line, next: Line | undefined): boolean {
  const { blanks, newPage, indent, text } = line
  if (blanks > 0 || newPage || MARKED.test(text)) return false
  const [leading, ...others] = first.cells?.cells ?? []
  if (others.some(({ left }) => Math.abs(left - indent) <= 1)) return true
  return (
    next?.cells !== undefined &&
    next.blanks === 0 &&
    startsLower(text) &&
    text.length <= (others[0]?.left ?? 0) - (leading?.left ?? 0)
  )
}

/** Reads lines as a table; null when they are none. `free`: the first line that belongs to no table before. */
function gridIn(
  lines: readonly Line[],
  at: number,
  end: number,
  free: number,
): Pick<Grid, 'caption' | 'rows'> | null {
  const block = lines.slice(at, end)
  const rows = readRows(block)
  if (!rows) return null
  const caption = captionBefore(lines, at, free)
  const context = { block, rows, before: lines[at - 1], isLast: end === lines.length }
  return caption || isTable(context) ? { caption, rows } : null
}

interface Context {
  readonly block: readonly Line[]
  readonly rows: readonly GridRow[]
  readonly before: Line | undefined
  /** Whether nothing follows. */
  readonly isLast: boolean
}

/** Whether rows are a table rather than a list, names below a text, or words with labels beside them. */
function isTable(context: Context): boolean {
  const { block, rows, before } = context
  const columns = rows[0]?.cells.length ?? 0
  const isRuled = block.some(({ ruled }, i) => i > 0 && ruled)
  if (block[0]?.cells?.by === 'borders' || (isRuled && rows.length > 1)) return true
  if (rows.length < 2 || isSigned(context)) return false
  if (columns > 2) return !block.every(({ text }) => MARKED.test(text))
  if (rows.length < 3 || !isBrief(block) || isCounted(rows)) return false
  if (rows.every(({ cells }) => /[:：]$/u.test(textAt(cells[0])))) return false
  const isSet = block[0]?.cells?.by === 'tabs' || rows.length > 3
  return isSet || hasFigures(rows) || /[:：]$/u.test(before?.text ?? '')
}

const textAt = (cell: GridRow['cells'][number] = []): string =>
  cell.map(({ line, from, to }) => line.text.slice(from, to)).join(' ')

const MOST_WORDS = 12

/** Whether no line reads as a sentence behind a mark. */
const isBrief = (block: readonly Line[]): boolean =>
  block.every(
    ({ text }) =>
      text.split(' ', MOST_WORDS + 1).length <= MOST_WORDS && !ENDS.test(text) && !MARKED.test(text),
  )

/** Whether the first column counts the rows: then they are paragraphs with their numbers beside them. */
const isCounted = (rows: readonly GridRow[]): boolean =>
  rows.every(({ cells }, i) => new RegExp(`^\\D?${i + 1}\\D?$`, 'u').test(textAt(cells[0])))

/** Whether a column has a figure in half of its rows. */
const hasFigures = (rows: readonly GridRow[]): boolean =>
  (rows[0]?.cells ?? []).some(
    (_, column) =>
      rows.filter(({ cells }) => /\p{Nd}/u.test(textAt(cells[column]))).length * 2 >= rows.length,
  )

const MOST_NAMES = 5

/** Whether these are the names of those who sign, side by side. */
function isSigned({ block, rows, before, isLast }: Context): boolean {
  if (rows.length > MOST_NAMES || block.some(({ text }) => /\p{Nd}/u.test(text))) return false
  const text = before?.text ?? ''
  if (isClosing(text) || isClosingFormula(text) || isDateline(text)) return true
  return isLast && !/[:：]$/u.test(text)
}

/** Returns the caption that stands over a line. */
function captionBefore(lines: readonly Line[], at: number, free: number): GridCaption | null {
  for (const count of [1, 2]) {
    const first = at - count
    const line = lines[first]
    if (first < free || !line) return null
    const head = readCaption(line.text)
    if (!head) continue
    const heads = head.rest === '' || head.parted || /^[([（"“«\p{Lu}\p{Lo}\p{Nd}]/u.test(head.rest)
    if (!heads) return null
    const title = lines[first + 1]
    const isTitled = count === 1 || (title !== undefined && isTitle(title, head))
    return isTitled ? { head, lines: Array.from({ length: count }, (_, i) => first + i) } : null
  }
  return null
}

/** Whether a line below a caption is the rest of it. */
const isTitle = ({ text, blanks }: Line, { rest }: DivisionHead): boolean =>
  rest === '' ? text.length <= BRIEF && !MARKED.test(text) : blanks === 0
