import type { Editor } from '#client/editor/contract.ts'
import type { Board } from '#shared/document/composition/board.ts'

const NONE = document.createElement('div').children

/**
 * The elements of the shown blocks, in order. They are the children of one element, which is found from any block;
 * asking the editor for each block would search the whole text each time.
 */
export function shownBlocks(editor: Editor, board: Board): HTMLCollection {
  for (const { id } of board.blocks) {
    const parent = editor.blockElement(id)?.parentElement
    if (parent) return parent.children
  }
  return NONE
}
