import type { Board, BoardBlock, ConflictGroup, ProposalRow } from '#shared/document/composition/board.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'

/** Steps through the open proposals in the order of the text. */

export interface Stop {
  readonly row: ProposalRow
  readonly place: ConflictGroup
  readonly block: BoardBlock
}

const walked = new WeakMap<Board, readonly Stop[]>()

/** All open proposals in reading order, each amendment right after what it amends. */
export function stopsOf(board: Board): readonly Stop[] {
  const known = walked.get(board)
  if (known) return known
  const stops: Stop[] = []
  for (const block of board.blocks)
    for (const place of block.places) for (const row of place.rows) stops.push({ row, place, block })
  walked.set(board, stops)
  return stops
}

const byId = new WeakMap<Board, ReadonlyMap<HostId, BoardBlock>>()

export function blocksById(board: Board): ReadonlyMap<HostId, BoardBlock> {
  const known = byId.get(board)
  if (known) return known
  const blocks = new Map(board.blocks.map((block) => [block.id, block] as const))
  byId.set(board, blocks)
  return blocks
}

export const stopAt = (board: Board, id: ProposalId | null): Stop | null =>
  id === null ? null : (stopsOf(board).find((stop) => stop.row.id === id) ?? null)

/** The next (1) or previous (-1) stop; without a current one the first or the last. Null beyond the ends. */
export function step(stops: readonly Stop[], current: ProposalId | null, direction: 1 | -1): Stop | null {
  const at = stops.findIndex((stop) => stop.row.id === current)
  if (at < 0) return (direction === 1 ? stops[0] : stops.at(-1)) ?? null
  return stops[at + direction] ?? null
}

/**
 * Where a person is who leaves the text at a block: at the current bracket if it stands there, else at the first one of
 * the block. A block without brackets has no stop, since a key would then act on another paragraph than hers; `next` is
 * the bracket from which j and k go on. `block` null: she was in none.
 */
export function stopOnLeaving(
  board: Board,
  current: ProposalId | null,
  block: HostId | null,
): { readonly stop: Stop | null; readonly next: Stop | null } {
  const stops = stopsOf(board)
  const at = board.blocks.findIndex(({ id }) => id === block)
  const next = stops.find((stop) => board.blocks.indexOf(stop.block) >= at) ?? stops.at(-1) ?? null
  const chosen = stops.find(({ row }) => row.id === current) ?? next
  if (at < 0 || chosen?.block.id === block) return { stop: chosen, next: chosen }
  return { stop: next?.block.id === block ? next : null, next }
}

/** Where to go when `decided` is off the table: to the next stop, at the end of the text to the previous one. */
export function stopAfterDecision(stops: readonly Stop[], decided: ProposalId): ProposalId | null {
  return (step(stops, decided, 1) ?? step(stops, decided, -1))?.row.id ?? null
}

/** Where to go when somebody else has taken `gone` off the table: to the next stop that is left, else the previous. */
export function stopAfterRemoval(before: readonly Stop[], gone: ProposalId, now: Board): ProposalId | null {
  const at = before.findIndex((stop) => stop.row.id === gone)
  const isLeft = ({ row }: Stop) => stopAt(now, row.id) !== null
  return (
    (before.slice(at + 1).find(isLeft) ?? before.slice(0, Math.max(0, at)).findLast(isLeft))?.row.id ?? null
  )
}

/** Whether two or more participants propose different things for the same words. */
export const inConflict = (place: ConflictGroup): boolean =>
  new Set(place.rows.map((row) => row.proponent)).size > 1
