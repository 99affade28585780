import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { blocksBelow, isOfTable, isOfText } from './below.ts'

export type Move = Extract<ParagraphChange, { kind: 'move' }>

/** A change of a paragraph's level is a move: below the paragraph before it, or behind the one that it is below. */

/** Returns the move one level down, with everything below the paragraph; null when nothing of its level precedes it. */
export function indented(board: Board, id: ParagraphId): Move | null {
  const [block, before] = withBefore(board, id)
  const sibling = block && nearest(before, ({ level }) => level <= block.level)
  if (!block || sibling?.level !== block.level) return null
  const last = blocksBelow(board, sibling.id).findLast(({ level }) => level === block.level + 1)
  const where = last ? { after: last.id } : { after: sibling.id, under: true as const }
  return { kind: 'move', paragraph: id, ...where, ...whole(board, id) }
}

/** Returns the move one level up, behind the paragraph that it is below; null for a main paragraph. */
export function outdented(board: Board, id: ParagraphId): Move | null {
  const [block, before] = withBefore(board, id)
  const parent = block && nearest(before, ({ level }) => level < block.level)
  return parent ? { kind: 'move', paragraph: id, after: parent.id, ...whole(board, id) } : null
}

const whole = (board: Board, id: ParagraphId): { below?: true } =>
  blocksBelow(board, id).length > 0 ? { below: true } : {}

function withBefore(board: Board, id: ParagraphId) {
  const text = board.blocks.filter(isOfText).filter((block) => block.id === id || !isOfTable(block))
  const at = text.findIndex((block) => block.id === id)
  return [text[at], text.slice(0, Math.max(0, at))] as const
}

/** The last of these that fits, with no heading behind it. */
function nearest<B extends BoardBlock>(before: readonly B[], fits: (block: B) => boolean): B | null {
  for (const block of before.toReversed()) {
    if (block.kind !== 'paragraph') return null
    if (fits(block)) return block.vacant ? null : block
  }
  return null
}
