import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import { belowIn, withWords } from '#shared/model/family.ts'
import { isParagraphId } from '#shared/model/ids.ts'
import type { ParagraphId } from '#shared/model/ids.ts'

type TextBlock = BoardBlock & { readonly id: ParagraphId }

export const isOfText = (block: BoardBlock): block is TextBlock => isParagraphId(block.id)

/** The paragraphs with words below a paragraph or a heading; proposed ones do not count. */
export const blocksBelow = (board: Board, id: string): readonly TextBlock[] =>
  withWords(belowIn(board.blocks.filter(isOfText), id))

export const idsBelow = (board: Board, id: string): readonly ParagraphId[] =>
  blocksBelow(board, id).map((block) => block.id)

export const isOfTable = ({ cell, caption }: BoardBlock): boolean => cell !== null || caption

/** Whether a new paragraph may stand behind this one: not within a table. */
export function takesBehind(board: Board, block: BoardBlock): boolean {
  if (!isOfTable(block)) return true
  const next = board.blocks[board.blocks.indexOf(block) + 1]
  return block.cell !== null && next?.cell?.table !== block.cell.table
}
