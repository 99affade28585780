import type * as Y from 'yjs'
import type { ClockRange, ClockRanges } from '#shared/document/updates.ts'

/** Yjs deletions: for each client, sorted and disjoint ranges of its clocks. */
export type DeleteSet = ReturnType<typeof Y.createDeleteSet>

/**
 * The clocks in `all` that are not in `known`. Both must be sorted and disjoint, as Yjs keeps them; so is the result.
 */
export function subtractRanges(all: readonly ClockRange[], known: readonly ClockRange[]): ClockRange[] {
  const rest: ClockRange[] = []
  let next = 0
  for (const { clock, len } of all) {
    const end = clock + len
    let from = clock
    while (next < known.length && ends(known[next]) <= from) next++
    for (let i = next; i < known.length && from < end; i++) {
      const cut = known[i]
      if (cut === undefined || cut.clock >= end) break
      if (cut.clock > from) rest.push({ clock: from, len: cut.clock - from })
      from = Math.max(from, cut.clock + cut.len)
    }
    if (from < end) rest.push({ clock: from, len: end - from })
  }
  return rest
}

const ends = (range: ClockRange | undefined): number => (range ? range.clock + range.len : Infinity)

/** For each client the deletions in `all` that are not in `known`; clients without any are left out. */
export function subtractDeletes(
  all: { readonly clients: ClockRanges },
  known: { readonly clients: ClockRanges },
): Map<number, ClockRange[]> {
  const rest = new Map<number, ClockRange[]>()
  for (const [client, ranges] of all.clients) {
    const missing = subtractRanges(ranges, known.clients.get(client) ?? [])
    if (missing.length > 0) rest.set(client, missing)
  }
  return rest
}

/** The union: for each client sorted and disjoint ranges. The inputs need not be. */
export function uniteRanges(all: readonly ClockRanges[]): Map<number, ClockRange[]> {
  const joined = new Map<number, ClockRange[]>()
  for (const one of all)
    for (const [client, ranges] of one) {
      const before = joined.get(client)
      if (before) before.push(...ranges)
      else joined.set(client, [...ranges])
    }
  for (const [client, ranges] of joined) joined.set(client, uniteAdjacent(ranges))
  return joined
}

function uniteAdjacent(ranges: ClockRange[]): ClockRange[] {
  const out: ClockRange[] = []
  for (const { clock, len } of ranges.sort((a, b) => a.clock - b.clock)) {
    const last = out.at(-1)
    if (last && clock <= ends(last))
      out[out.length - 1] = { clock: last.clock, len: Math.max(ends(last), clock + len) - last.clock }
    else out.push({ clock, len })
  }
  return out
}
