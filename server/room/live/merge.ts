import * as Y from 'yjs'

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
