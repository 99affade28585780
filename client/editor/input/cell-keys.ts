import type { Node } from 'prosemirror-model'
import type { Command, EditorState } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { placeInGrid } from '../draw/grid.ts'

/** The keys that go from cell to cell. Each returns false where the caret is in no cell. */

/** Goes to the next cell, from the last one to what follows the table. The words of the cell are selected, as in a word processor. */
export const nextCell: Command = (state, dispatch) => goFrom(state, dispatch, (index) => index + 1)

export const previousCell: Command = (state, dispatch) => goFrom(state, dispatch, (index) => index - 1)

/**
 * Goes to the cell below. In the last row it does nothing; in the last cell of a table it returns false, so that the key begins a
 * paragraph behind the table.
 */
export const cellBelow: Command = (state, dispatch) => {
  const { $from } = state.selection
  const here = $from.depth > 0 ? placeInGrid($from.parent) : null
  if (!here) return false
  const below = $from.index(0) + here.columns
  if (isInTable(state, $from.index(0), below)) return go(state, dispatch, below)
  return here.column < here.columns
}

/** Goes up or down within the column. The browser would go to the next line of the page, which may be of another cell. */
export const upOrDown =
  (step: 1 | -1): Command =>
  (state, dispatch, view) => {
    const { $from, $to } = state.selection
    const here = $from.depth > 0 ? placeInGrid($from.parent) : null
    if (!here || !$from.sameParent($to) || !view?.endOfTextblock(step > 0 ? 'down' : 'up')) return false
    const index = $from.index(0)
    const other = index + step * here.columns
    if (isInTable(state, index, other)) return go(state, dispatch, other, step > 0 ? 'start' : 'end')
    // Out of the table: to what stands before its first cell or behind its last one.
    const edge = step > 0 ? index + here.columns - here.column + 1 : index - here.column
    return go(state, dispatch, edge, step > 0 ? 'start' : 'end')
  }

function goFrom(
  state: EditorState,
  dispatch: Parameters<Command>[1],
  to: (index: number) => number,
): boolean {
  const { $from } = state.selection
  if ($from.depth === 0 || !placeInGrid($from.parent)) return false
  return go(state, dispatch, to($from.index(0)), 'all')
}

/** Whether two blocks are cells of one table, with nothing but its cells between them. */
function isInTable({ doc }: EditorState, from: number, to: number): boolean {
  if (to < 0 || to >= doc.childCount) return false
  const [first, last] = [Math.min(from, to), Math.max(from, to)]
  const rows = Array.from({ length: last - first + 1 }, (_, i) => placeInGrid(doc.child(first + i)))
  return rows.every((cell, i) => cell !== null && (i === 0 || cell.row >= (rows[i - 1]?.row ?? 0)))
}

function go(
  state: EditorState,
  dispatch: Parameters<Command>[1],
  index: number,
  where: 'start' | 'end' | 'all' = 'all',
): boolean {
  const { doc, tr } = state
  if (index < 0 || index >= doc.childCount) return false
  const block = doc.child(index)
  if (!block.isTextblock) return false
  const start = positionOf(doc, index) + 1
  const end = start + block.content.size
  const isCell = placeInGrid(block) !== null
  const [from, to] = where === 'all' && isCell ? [start, end] : where === 'end' ? [end, end] : [start, start]
  dispatch?.(tr.setSelection(TextSelection.create(doc, from, to)).scrollIntoView())
  return true
}

/** The position before a block. */
function positionOf(doc: Node, index: number): number {
  let position = 0
  for (let i = 0; i < index; i++) position += doc.child(i).nodeSize
  return position
}
