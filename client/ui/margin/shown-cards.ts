import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { BoardBlock, ConflictGroup, ProposalRow, ViewMode } from '#shared/document/composition/board.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'

/** Milliseconds of the fade in place-card.module.css. */
const FADE = 300

export interface Leaving {
  readonly block: HostId
  readonly place: ConflictGroup
}

/** The cards of proposals that have just been decided, which stay on the page while they fade. */
export function useLeaving(blocks: readonly BoardBlock[]): readonly Leaving[] {
  const before = useRef<readonly BoardBlock[]>(blocks)
  const [leaving, setLeaving] = useState<readonly Leaving[]>([])
  useLayoutEffect(() => {
    const gone = goneFrom(before.current, blocks)
    before.current = blocks
    if (gone.length > 0) setLeaving((shown) => [...shown, ...gone])
  }, [blocks])
  useEffect(() => {
    if (leaving.length === 0) return
    const timer = setTimeout(() => setLeaving([]), FADE)
    return () => clearTimeout(timer)
  }, [leaving])
  return useMemo(() => stillGone(leaving, blocks), [leaving, blocks])
}

/**
 * Those leaving cards whose proposals are still decided; one that was undone at once has its normal card again.
 * Exported for tests.
 */
export function stillGone(leaving: readonly Leaving[], blocks: readonly BoardBlock[]): readonly Leaving[] {
  if (leaving.length === 0) return leaving
  const there = rowsOn(blocks)
  return leaving.filter(({ place }) => !place.rows.some((row) => there.has(row.id)))
}

function rowsOn(blocks: readonly BoardBlock[]): ReadonlySet<ProposalId> {
  return new Set(blocks.flatMap(({ places }) => places.flatMap(({ rows }) => rows.map((row) => row.id))))
}

/** The rows that are missing in `after`, of blocks that are in both. Exported for tests. */
export function goneFrom(before: readonly BoardBlock[], after: readonly BoardBlock[]): Leaving[] {
  const now = new Map(after.map((block) => [block.id, block]))
  const there = rowsOn(after)
  const gone: Leaving[] = []
  for (const block of before) {
    const same = now.get(block.id)
    if (!same || same === block) continue
    for (const place of block.places) {
      const rows: ProposalRow[] = place.rows.filter((row) => !there.has(row.id))
      const first = rows[0]
      if (first) gone.push({ block: block.id, place: { ...place, key: first.id, rows } })
    }
  }
  return gone
}

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
