import * as Y from 'yjs'

/** Updates merged at once: Yjs sorts all of them anew for each struct, so a thousand at once would take a second. */
const AT_ONCE = 16

/** Many updates as one, in their order. */
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
