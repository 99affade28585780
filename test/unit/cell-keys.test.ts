import { EditorState, TextSelection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { expect, test } from 'vitest'
import { textAttributes } from '#client/editor/draw/grid.ts'
import { cellBelow, nextCell, previousCell, upOrDown } from '#client/editor/input/cell-keys.ts'
import { schema } from '#client/editor/schema.ts'

const paragraph = (words: string, cell = '', lang = '') =>
  schema.nodes.paragraph!.create({ id: words, cell, lang }, words === '' ? [] : schema.text(words))

/** before, a table of two rows (a b / c and a cell without words), behind */
const text = schema.nodes.doc!.create(null, [
  paragraph('before'),
  paragraph('a', '1 1 2 head'),
  paragraph('b', '1 2 2 head'),
  paragraph('c', '2 1 2'),
  paragraph('', '2 2 2'),
  paragraph('behind'),
])

/** At the first or the last line of every text, so that up and down leave it. */
const view = { endOfTextblock: () => true } as unknown as EditorView

/** Presses a key with the caret at the end of a paragraph. Returns the index of the one that the caret goes to, and what is selected; null when the key does nothing here. */
function press(key: Command, index: number): [index: number, selected: string] | 'handled' | null {
  let end = 0
  for (let i = 0; i <= index; i++) end += text.child(i).nodeSize
  const state = EditorState.create({ doc: text, selection: TextSelection.create(text, end - 1) })
  let after: EditorState | null = null
  const handled = key(state, (tr) => (after = state.apply(tr)), view)
  if (!after) return handled ? 'handled' : null
  const { selection, doc } = after as EditorState
  return [selection.$from.index(0), doc.textBetween(selection.from, selection.to)]
}

test('26.7 Tab goes from cell to cell, over rows and out of the table, and selects the words of a cell', () => {
  expect([0, 1, 2, 3, 4].map((at) => press(nextCell, at))).toEqual([
    null,
    [2, 'b'],
    [3, 'c'],
    [4, ''],
    [5, ''],
  ])
  expect([1, 3, 5].map((at) => press(previousCell, at))).toEqual([[0, ''], [2, 'b'], null])
})

test('26.7 Enter goes to the cell below; in the last cell of a table a paragraph is begun behind it', () => {
  expect([0, 1, 2, 3, 4].map((at) => press(cellBelow, at))).toEqual([
    null,
    [3, 'c'],
    [4, ''],
    'handled',
    null,
  ])
})

test('26.7 up and down stay in their column, and leave the table at its edges', () => {
  expect([0, 1, 2, 3, 4].map((at) => press(upOrDown(1), at))).toEqual([
    null,
    [3, ''],
    [4, ''],
    [5, ''],
    [5, ''],
  ])
  expect([1, 2, 3, 4].map((at) => press(upOrDown(-1), at))).toEqual([
    [0, ''],
    [0, ''],
    [1, ''],
    [2, ''],
  ])
})

const classOf = (...blocks: Parameters<typeof paragraph>[]) => {
  const doc = schema.nodes.doc!.create(
    null,
    blocks.map((block) => paragraph(...block)),
  )
  return textAttributes(EditorState.create({ doc })).class
}

test('26.7 a text is laid out as a grid only where it has a table, from the right in a right-to-left language', () => {
  expect(classOf(['before'])).toBeUndefined()
  expect(classOf(['before'], ['a', '1 1 1'])).toBe('tabled')
  expect(classOf(['a', '1 1 1', 'ar'])).toBe('tabled tabled-rtl')
})
