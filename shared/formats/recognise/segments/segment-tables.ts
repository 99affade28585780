import type { Grid } from './table.ts'
import type { LineSpan } from './segment.ts'
import type { SegmentState } from './segment-state.ts'

/** Reads a table: its caption, and its cells row by row. */
export function readGrid(state: SegmentState, grid: Grid): void {
  if (grid.caption) readCaptionLines(state, grid.caption)
  for (const row of grid.rows)
    for (const [column, spans] of row.cells.entries()) {
      const [first, ...rest] = spans
      if (!first) continue
      const { line, from, to } = first
      state.push('cell', line, { text: wordsOf(first), from, to })
      const cell = state.segments.at(-1)
      if (cell) cell.cell = { grid, row, column: column + 1, header: row.header }
      for (const span of rest) state.join(span.line, wordsOf(span), span.from, span.to)
    }
}

function readCaptionLines(state: SegmentState, { head, lines }: NonNullable<Grid['caption']>): void {
  const [first, ...rest] = lines.flatMap((i) => state.lines[i] ?? [])
  if (!first) return
  state.push('caption', first, { division: head, text: head.opened + head.rest + head.closed })
  for (const line of rest) state.join(line, line.text)
}

const wordsOf = ({ line, from, to }: LineSpan): string => line.text.slice(from, to)
