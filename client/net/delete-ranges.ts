import type * as Y from 'yjs'
import type { Stretch, Stretches } from '#shared/document/updates.ts'

/** Yjs deletions: for each client, sorted and disjoint stretches of its clocks. */
export type DeleteSet = ReturnType<typeof Y.createDeleteSet>

/** What is in `all` and not in `known`. Both sorted and disjoint, as Yjs keeps them. */
export function subtractStretches(all: readonly Stretch[], known: readonly Stretch[]): Stretch[] {
  const rest: Stretch[] = []
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

const ends = (stretch: Stretch | undefined): number => (stretch ? stretch.clock + stretch.len : Infinity)

/** The deletions of `all` that `known` lacks, by client; clients without any are left out. */
export function subtractDeletes(
  all: { readonly clients: Stretches },
  known: { readonly clients: Stretches },
): Map<number, Stretch[]> {
  const rest = new Map<number, Stretch[]>()
  for (const [client, stretches] of all.clients) {
    const missing = subtractStretches(stretches, known.clients.get(client) ?? [])
    if (missing.length > 0) rest.set(client, missing)
  }
  return rest
}

/** The union of many, for each client sorted and disjoint. */
export function joinStretches(all: readonly Stretches[]): Map<number, Stretch[]> {
  const joined = new Map<number, Stretch[]>()
  for (const one of all)
    for (const [client, stretches] of one) {
      const before = joined.get(client)
      if (before) before.push(...stretches)
      else joined.set(client, [...stretches])
    }
  for (const [client, stretches] of joined) joined.set(client, merged(stretches))
  return joined
}

function merged(stretches: Stretch[]): Stretch[] {
  const out: Stretch[] = []
  for (const { clock, len } of stretches.sort((a, b) => a.clock - b.clock)) {
    const last = out.at(-1)
    if (last && clock <= ends(last))
      out[out.length - 1] = { clock: last.clock, len: Math.max(ends(last), clock + len) - last.clock }
    else out.push({ clock, len })
  }
  return out
}
