import type { ParagraphId } from '../../model/ids.ts'
import { formatLabel, formatStep } from '../../model/label.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import { cellPlace, tableKey } from '../../model/table.ts'

/** Where a cell stands in the grid that is shown. */
export interface ShownCell {
  /** The same for all cells of a table. */
  readonly table: string
  /** From 1. */
  readonly row: number
  readonly column: number
  /** How many columns the table has. */
  readonly columns: number
  /** Whether its row is the head of the table. */
  readonly header: boolean
  /** The step of its row in its reference: "row 2". */
  readonly rowName: string
  /** The reference of its row: "Table 1, row 2". */
  readonly rowLabel: string
}

const NONE: ReadonlyMap<ParagraphId, ShownCell> = new Map()

/** Returns the cells among paragraphs. */
export function shownCells(paragraphs: readonly ParagraphFacts[]): ReadonlyMap<ParagraphId, ShownCell> {
  const cells = paragraphs.flatMap(({ id, label, header }) => {
    const place = cellPlace(label)
    if (!place || !label?.within) return []
    const names = { rowName: formatStep(label.within), rowLabel: formatLabel(label.within) }
    return [{ id, place, header, names, table: tableKey(label) ?? '' }]
  })
  if (cells.length === 0) return NONE
  const columns = new Map<string, number>()
  for (const { table, place } of cells) columns.set(table, Math.max(columns.get(table) ?? 0, place.column))
  return new Map(
    cells.map(({ id, table, header, names, place: { row, column } }) => [
      id,
      { table, row, column, columns: columns.get(table) ?? 1, header, ...names },
    ]),
  )
}

export const sameCell = (a: ShownCell | null, b: ShownCell | null): boolean =>
  a?.table === b?.table &&
  a?.row === b?.row &&
  a?.column === b?.column &&
  a?.columns === b?.columns &&
  a?.header === b?.header &&
  a?.rowLabel === b?.rowLabel
