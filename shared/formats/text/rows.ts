import type { Block } from '../../document/composition/projection.ts'
import type { Label } from '../../model/label.ts'
import { isCell } from '../../model/table.ts'
import { cellsOfRow, isRule } from './borders.ts'
import type { LineBlock } from './exported-blocks.ts'

/**
 * Rows of tables as Markdown has them. A rule stands below the head, where the table has one.
 *
 *     | Species | Pairs |
 *     | ------- | ----- |
 *     | Bittern | 14    |
 *
 * Before a pipe among the words stands a backslash, and before a backslash another one.
 */

const SIGN = /[\\|]/gu
/** How wide a column is drawn at most. Longer words stand out of it. */
const WIDEST = 32

/** Puts the cells of each table, `written` as its blocks are, together as the lines of one block. */
export function withRows(blocks: readonly Block[], written: readonly string[]): string[] {
  const together: string[] = []
  for (let i = 0; i < blocks.length;) {
    let end = i
    while (blocks[end]?.cell && blocks[end]?.cell?.table === blocks[i]?.cell?.table) end++
    together.push(end > i ? writeTable(blocks.slice(i, end), written.slice(i, end)) : (written[i] ?? ''))
    i = Math.max(end, i + 1)
  }
  return together
}

function writeTable(blocks: readonly Block[], written: readonly string[]): string {
  const cells = written.map((words) => words.replace(SIGN, String.raw`\$&`))
  const columns = blocks[0]?.cell?.columns ?? 1
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    cells.slice(row * columns, (row + 1) * columns),
  )
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.min(WIDEST, Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))),
  )
  const lines = rows.map((row) => line(row.map((words, column) => words.padEnd(widths[column] ?? 0))))
  const heads = blocks.filter(({ cell }) => cell?.header).length / columns
  if (heads > 0) lines.splice(heads, 0, line(widths.map((width) => '-'.repeat(width))))
  return lines.join('\n')
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** Divides the lines of tables into their cells, where the outline says that cells stand there. */
export function withCells(
  found: readonly LineBlock[],
  items: readonly { readonly label: Label | null }[],
): readonly LineBlock[] {
  const divided: LineBlock[] = []
  for (const block of found) {
    const cells = isCell(items[divided.length]?.label) ? cellsIn(block) : [block]
    for (const cell of cells) divided.push(cell)
  }
  return divided
}

const cellsIn = ({ line: first, lines }: LineBlock): readonly LineBlock[] =>
  lines.flatMap((text, i) =>
    isRule(text) ? [] : (cellsOfRow(text) ?? []).map((words) => ({ line: first + i, lines: [words] })),
  )
