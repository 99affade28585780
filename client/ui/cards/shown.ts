import type { BoardBlock, ConflictGroup, ViewMode } from '#shared/document/composition/board.ts'
import type { ParticipantId } from '#shared/model/ids.ts'

const NONE: readonly ConflictGroup[] = []
const own = new WeakMap<
  ConflictGroup,
  { readonly by: ParticipantId | null; readonly place: ConflictGroup | null }
>()

/** The places with a bracket in this view. Unchanged ones keep their identity, so that cards are not rendered again. */
export function shownPlaces(
  block: BoardBlock,
  view: ViewMode,
  mine: ParticipantId | null,
): readonly ConflictGroup[] {
  if (view === 'all') return block.places
  if (view !== 'mine') return NONE
  return block.places.map((place) => ownPart(place, mine)).filter((place) => place !== null)
}

function ownPart(place: ConflictGroup, mine: ParticipantId | null): ConflictGroup | null {
  const known = own.get(place)
  if (known && known.by === mine) return known.place
  const rows = place.rows.filter((row) => row.proponent === mine)
  const first = rows[0]
  const part = first ? (rows.length === place.rows.length ? place : { ...place, key: first.id, rows }) : null
  own.set(place, { by: mine, place: part })
  return part
}
