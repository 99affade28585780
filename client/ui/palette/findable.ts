import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import { hostText } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { nameOf } from '../state/names.ts'
import type { Findable } from '../state/find.ts'

/** Base text and everything proposed in it: what a person remembers may be in either. */
export function findableBlocks(board: Board, od: OutcomeDocument): Findable[] {
  return board.blocks
    .filter((block) => block.kind !== 'separator')
    .map((block) => ({
      id: block.id,
      label: block.label,
      text: [plainText(od, block), ...rowsOf(block).map((row) => row.text)].join(' '),
      participants: [...new Set(rowsOf(block).map((row) => nameOf(row.proponent)))],
    }))
}

const rowsOf = (block: BoardBlock) => block.places.flatMap((place) => place.rows)

function plainText(od: OutcomeDocument, block: BoardBlock): string {
  let text = ''
  for (const piece of hostText(od, block.id)?.toDelta() ?? []) {
    const insert: unknown = (piece as { insert?: unknown }).insert
    if (typeof insert === 'string') text += insert
  }
  return text
}
