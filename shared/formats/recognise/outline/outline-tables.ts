import type { Label } from '../../../model/label.ts'
import { cellDepth, cellLabel } from '../../../model/table.ts'
import type { Segment, SourceCell } from '../segments/segment.ts'
import { firstMeaning } from './frames.ts'
import type { OutlineState } from './outline-state.ts'

/** A table while its cells are read. */
export interface OpenTable {
  readonly label: Label
  /** The level of its caption, or the one that a caption would have. */
  readonly level: number
  /** What its cells have in common; null before the first. */
  grid: object | null
  row: object | null
  /** The number of the last row. */
  count: number
}

export const captionNumbers = (segments: readonly Segment[]): Set<number> =>
  new Set(
    segments.flatMap(({ kind, division }) =>
      kind === 'caption' && division ? [firstMeaning(division.numerals).number] : [],
    ),
  )

/** Reads the caption of a table. When a person has made paragraphs of the rows below it, it is words. */
export function readTableCaption(state: OutlineState, segment: Segment, index: number): void {
  const { division, text } = segment
  const next = state.segments[index + 1]
  if (!division || !next?.cell) {
    state.table = null
    state.pushText(null, tableLevel(state), `${division?.printed ?? ''} ${text}`.trim())
    return
  }
  const level = tableLevel(state)
  const label = state.book.issue(state.divisionLabel(division))
  state.table = { label, level, grid: null, row: null, count: 0 }
  state.push('paragraph', label, level, text)
}

/** Reads a cell. One that does not go on with the table before it is the first of another. */
export function readCell(state: OutlineState, { text }: Segment, cell: SourceCell, index: number): void {
  const before = state.segments[index - 1]
  const goesOn = before?.kind === 'caption' || before?.cell?.grid === cell.grid
  const table = goesOn && state.table ? state.table : uncaptioned(state)
  if (table.row !== cell.row) table.count++
  state.table = Object.assign(table, { grid: cell.grid, row: cell.row })
  const label = cellLabel({ table: table.label, row: table.count, column: cell.column })
  state.blocks.push({
    kind: 'paragraph',
    label,
    level: table.level + cellDepth(cell.column),
    text,
    ...(cell.header ? { header: true } : {}),
  })
}

function uncaptioned(state: OutlineState): OpenTable {
  let number = 1
  while (state.tableNumbers.has(number)) number++
  state.tableNumbers.add(number)
  const label = state.book.issue({ division: 'table', number, suffix: 0 })
  return { label, level: tableLevel(state) - 1, grid: null, row: null, count: 0 }
}

/** A table stands below the chapeau before it, or below the main paragraph that it belongs to. */
function tableLevel(state: OutlineState): number {
  const before = state.blocks.at(-1)
  if (before?.kind === 'paragraph' && /[:：]["'”’»)\]]*$/u.test(before.text)) return before.level + 1
  return (state.frames.main?.level ?? state.textLevel) + 1
}
