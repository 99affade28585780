import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { BoardBlock, Place, ProposalRow } from '#shared/document/board.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'

/** As long as the fade in place-card.module.css. */
const FADE = 300

export interface Leaving {
  readonly block: HostId
  readonly place: Place
}

/** Cards of proposals that have just been decided, by whomever: kept on the page while they fade. */
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
  return leaving
}

/** Rows of blocks that are in both, but are no longer there. */
export function goneFrom(before: readonly BoardBlock[], after: readonly BoardBlock[]): Leaving[] {
  const now = new Map(after.map((block) => [block.id, block]))
  const there = new Set<ProposalId>()
  for (const block of after) for (const place of block.places) for (const row of place.rows) there.add(row.id)
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
