import type { Composed } from '#shared/document/composition/compose.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { Findable, SearchReading } from './find.ts'
import { nameOf } from '../state/names.ts'
import { readingsOf } from './readings.ts'

/** The blocks as items to search: base text and everything proposed in it. */
export function findableBlocks(board: Board, projection: Projection): Findable[] {
  const rows = new Map(board.blocks.map((block) => [block.id as string, rowsOf(block)]))
  return projection
    .blocks()
    .filter((block) => block.kind !== 'separator')
    .map((block) => ({
      id: block.id,
      label: block.label,
      readings: readingsIn(block.id, projection.composed(block)),
      participants: [...new Set((rows.get(block.id) ?? []).map((row) => nameOf(row.proponent)))],
    }))
}

/** Readings by composition; a block keeps its composition until it changes. */
const known = new WeakMap<Composed, readonly SearchReading[]>()

function readingsIn(id: Findable['id'], composed: Composed): readonly SearchReading[] {
  const before = known.get(composed)
  if (before) return before
  const now = readingsOf(id as BoardBlock['id'], composed.pieces)
  known.set(composed, now)
  return now
}

const rowsOf = (block: BoardBlock) => block.places.flatMap((place) => place.rows)
