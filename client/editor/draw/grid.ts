import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { directionOf } from '#shared/model/language.ts'
import type { Language } from '#shared/model/language.ts'
import type { ShownCell } from '#shared/document/composition/shown-cells.ts'
import { TEXT_ATTRIBUTES } from '../shown.ts'

/**
 * Draws the cells of tables, which are blocks of the text like others, as grids: a text with a table lays its blocks out in rows, in which
 * every other block takes the whole width. A text without one is laid out as before.
 */

/** Returns the place of a cell as an attribute of its node: its row, its column, the number of columns, `head`. */
export const gridPlace = (cell: ShownCell | null): string =>
  cell ? `${cell.row} ${cell.column} ${cell.columns}${cell.header ? ' head' : ''}` : ''

interface GridPlace {
  readonly row: number
  readonly column: number
  readonly columns: number
  readonly header: boolean
}

/** Returns where a node stands in a table; null for what is no cell. */
export function placeInGrid(node: Node): GridPlace | null {
  const { cell } = node.attrs as { readonly cell?: string }
  return cell ? readPlace(cell) : null
}

function readPlace(written: string): GridPlace {
  const [row = 1, column = 1, columns = 1] = written.split(' ', 3).map(Number)
  return { row, column, columns, header: written.endsWith('head') }
}

/** Returns the attributes of the element of a cell. */
export function gridAttributes(written: string): Readonly<Record<string, string>> {
  const { row, column, columns, header } = readPlace(written)
  return {
    'data-row': String(row),
    'data-column': String(column),
    ...(columns > MOST_BESIDE ? { 'data-wide': '' } : {}),
    ...(header ? { 'data-header': '' } : {}),
    style: `--columns:${columns}`,
  }
}

/** With more columns the cells stand below each other on a phone. */
const MOST_BESIDE = 3

/** The attributes of the text's element. A table of a right-to-left language begins at the right. */
export function textAttributes({ doc }: EditorState): Record<string, string> {
  for (let i = 0; i < doc.childCount; i++) {
    const { cell, lang } = doc.child(i).attrs as { readonly cell?: string; readonly lang?: string }
    if (!cell) continue
    const rtl = lang && directionOf(lang as Language) === 'rtl'
    return { ...TEXT_ATTRIBUTES, class: rtl ? 'tabled tabled-rtl' : 'tabled' }
  }
  return { ...TEXT_ATTRIBUTES }
}
