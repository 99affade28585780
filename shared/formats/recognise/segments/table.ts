import type { Line } from '../lines/line.ts'
import { ENDS } from '../lines/line.ts'

const MOST_WORDS = 12

/**
 * Returns the indexes of the lines that are rows of a table: consecutive ones of equally many cells, three at least,
 * or two in four rows at least.
 */
export function findRows(lines: readonly Line[], from: number): ReadonlySet<number> {
  const rows = new Set<number>()
  for (let i = from; i < lines.length;) {
    const cells = cellsOf(lines[i])
    const end = cells > 1 ? endOfRows(lines, i, cells) : i + 1
    if ((cells > 2 && end - i > 1) || (cells === 2 && end - i > 3 && isBrief(lines, i, end)))
      for (let j = i; j < end; j++) rows.add(j)
    i = end
  }
  return rows
}

/** Returns the index behind the rows of so many cells that begin at `from`. */
function endOfRows(lines: readonly Line[], from: number, cells: number): number {
  let end = from + 1
  while (cellsOf(lines[end]) === cells && lines[end]?.blanks === 0) end++
  return end
}

const cellsOf = (line: Line | undefined): number => line?.cells?.length ?? 0

/** Whether no row reads as a sentence behind a mark, as in lists that are set with tabs. */
function isBrief(lines: readonly Line[], from: number, to: number): boolean {
  return lines
    .slice(from, to)
    .every(
      ({ text }) =>
        text.split(' ', MOST_WORDS + 1).length <= MOST_WORDS &&
        !ENDS.test(text) &&
        !/^\S{1,4}[.)]/.test(text),
    )
}
