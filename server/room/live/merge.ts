import * as Y from 'yjs'
import type { Steps } from '#shared/document/steps.ts'
import { encodeUpdate, type ClockRange } from '#shared/document/updates.ts'

/** Updates per call of `mergeUpdates`: it sorts all of them anew for each struct, so a thousand would take a second. */
const AT_ONCE = 16

/** Merges updates, in their order, into one. Throws when there are none. */
export function mergeAll(updates: readonly Uint8Array[]): Uint8Array {
  let rest = updates
  while (rest.length > 1) {
    const merged: Uint8Array[] = []
    for (let i = 0; i < rest.length; i += AT_ONCE) merged.push(Y.mergeUpdates(rest.slice(i, i + AT_ONCE)))
    rest = merged
  }
  const [only] = rest
  if (!only) throw new Error('nothing to merge')
  return only
}

/** Bytes of updates that are merged in one step; that takes a few milliseconds. */
const IN_ONE_STEP = 32 * 1024

/**
 * {@link mergeAll} in steps, for updates of one batch: each client's structs in a later one follow its structs in the
 * earlier ones.
 */
export function* mergeInSteps(updates: readonly Uint8Array[]): Steps<Uint8Array> {
  if (updates.length < 2 || updates.reduce((sum, { length }) => sum + length, 0) <= IN_ONE_STEP)
    return mergeAll(updates)
  const clients = new Map<number, (Y.Item | Y.GC)[]>()
  const deletes = new Map<number, readonly ClockRange[]>()
  for (const update of updates) {
    yield
    const { structs, ds } = Y.decodeUpdate(update)
    for (const struct of structs) if (!addStruct(clients, struct)) return mergeAll(updates)
    for (const [client, ranges] of ds.clients)
      deletes.set(client, [...(deletes.get(client) ?? []), ...ranges])
  }
  for (const [client, ranges] of deletes) {
    yield
    deletes.set(client, united(ranges))
  }
  yield
  const sections = [...clients].map(([client, structs]) => {
    const [first, last] = [structs[0]!.id.clock, structs.at(-1)!]
    return { client, from: first, to: last.id.clock + last.length, voids: [] }
  })
  return encodeUpdate({ store: { clients } }, sections, deletes)
}

/** Adds a struct that follows the client's last one; returns false for any other. */
function addStruct(clients: Map<number, (Y.Item | Y.GC)[]>, struct: Y.Item | Y.GC | Y.Skip): boolean {
  const { client, clock } = struct.id
  const known = clients.get(client)
  const last = known?.at(-1)
  if (struct instanceof Y.Skip || (last && last.id.clock + last.length !== clock)) return false
  if (known) known.push(struct)
  else clients.set(client, [struct])
  return true
}

/** The same clocks as sorted ranges that do not touch each other. */
function united(ranges: readonly ClockRange[]): ClockRange[] {
  const merged: { clock: number; len: number }[] = []
  for (const { clock, len } of ranges.toSorted((a, b) => a.clock - b.clock)) {
    const last = merged.at(-1)
    if (last && clock <= last.clock + last.len) last.len = Math.max(last.len, clock + len - last.clock)
    else merged.push({ clock, len })
  }
  return merged
}
