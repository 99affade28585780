import type { Editor } from '#client/editor/contract.ts'
import type { Board } from '#shared/document/composition/board.ts'

const NONE = document.createElement('div').children

/**
 * The blocks on the page, in order: the children of the element that any of them stands in. Asking the editor for
 * each would search the whole text each time.
 */
export function shownBlocks(editor: Editor, board: Board): HTMLCollection {
  for (const { id } of board.blocks) {
    const parent = editor.blockElement(id)?.parentElement
    if (parent) return parent.children
  }
  return NONE
}
