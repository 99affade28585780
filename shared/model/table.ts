import type { Label } from './label.ts'
import { labelKey } from './label-path.ts'

/**
 * A table is a caption, if it has one, and its cells, row by row. Each of them is a block of the text as any other. Its label says
 * where it stands, so that nothing else has to be stored: the caption bears the number of the table, "Table 1", and the
 * path of a cell is "Table 1, row 2, column 3". A table without a caption has a number too, which no block bears.
 *
 * Invariants, which the importer makes and nothing changes:
 *
 * - The cells of a table stand behind each other, and directly behind its caption. Every row has as many as the others; a cell
 *   without words is a block too.
 * - The first cell of a row is a level deeper than the caption, the others one more. So what stands below the caption is the
 *   table, and what stands below the first cell of a row is the row.
 * - During a round no label of a table changes, no cell moves, and nothing stands between two of them.
 */
export interface CellPlace {
  /** The label of the table. */
  readonly table: Label
  /** From 1. */
  readonly row: number
  readonly column: number
}

/** Returns where a cell stands in its table; null for the label of anything else. */
export function cellPlace(label: Label | null | undefined): CellPlace | null {
  const row = label?.series === 'column' ? label.within : undefined
  const table = row?.series === 'row' ? row.within : undefined
  return label && row && table ? { table, row: row.number, column: label.number } : null
}

/** Returns the label of a cell. */
export const cellLabel = ({ table, row, column }: CellPlace): Label => ({
  number: column,
  suffix: 0,
  series: 'column',
  within: { number: row, suffix: 0, series: 'row', within: table },
})

export const isCell = (label: Label | null | undefined): boolean => cellPlace(label) !== null

export const isCaption = (label: Label | null | undefined): boolean => label?.division === 'table'

/** Whether a block is part of a table: its caption or a cell. */
export const isOfTable = (label: Label | null | undefined): boolean => isCaption(label) || isCell(label)

/** The key of the table that a cell or a caption belongs to; null for any other label. */
export function tableKey(label: Label | null | undefined): string | null {
  const table = cellPlace(label)?.table ?? (isCaption(label) ? label : null)
  return table ? labelKey(table) : null
}

/** How many levels deeper than its table's caption a cell stands. */
export const cellDepth = (column: number): number => (column === 1 ? 1 : 2)
