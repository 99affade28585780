import type { Board, BoardBlock } from '#shared/document/board.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { inConflict } from '../state/walk.ts'

export const OUTLINE_FILTERS = ['everything', 'undecided', 'conflict', 'mine'] as const
export type OutlineFilter = (typeof OUTLINE_FILTERS)[number]

/** Headings stay as signposts where something under them is left; separators only in the whole outline. */
export function filterBlocks(
  board: Board,
  filter: OutlineFilter,
  mine: ParticipantId | null,
): readonly BoardBlock[] {
  if (filter === 'everything') return board.blocks
  const shown: BoardBlock[] = []
  let signpost: BoardBlock | null = null
  for (const block of board.blocks) {
    const fits = matches(block, filter, mine)
    if (block.kind === 'heading' && !fits) signpost = block
    if (!fits) continue
    if (signpost && block.kind !== 'heading') shown.push(signpost)
    signpost = null
    shown.push(block)
  }
  return shown
}

function matches(block: BoardBlock, filter: OutlineFilter, mine: ParticipantId | null): boolean {
  switch (filter) {
    case 'everything':
      return true
    case 'undecided':
      return block.open > 0
    case 'conflict':
      return block.places.some(inConflict)
    case 'mine':
      return block.places.some((place) => place.rows.some((row) => row.head.by === mine))
  }
}

/** How warm a paragraph is: 0 (nothing open) to 4. */
export function heatOf(open: number): 0 | 1 | 2 | 3 | 4 {
  if (open === 0) return 0
  if (open === 1) return 1
  if (open <= 3) return 2
  return open <= 6 ? 3 : 4
}
