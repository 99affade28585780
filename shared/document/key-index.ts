import * as Y from 'yjs'

/** The item that held a key's value when the key was put into its groups. */
interface Filed {
  readonly item: Y.Item
  readonly groups: readonly string[]
}

/**
 * The keys of a Y.Map in groups: an answer to "which entries are about this?" that takes time by their number and not by
 * that of all entries.
 *
 * Invariants:
 *
 * - It is always up to date, also in the middle of a transaction, whoever made the change.
 * - A group holds the keys of present entries only, in no particular order.
 * - The groups of an entry depend on its key and its value. Where the value is a shared type, they may also depend on what
 *   this type holds, but not on the contents of types inside it. They change when the value is replaced and when the type
 *   is changed: what it holds can arrive in a later transaction than the type itself.
 */
class KeyIndex<V> {
  readonly #map: Y.Map<V>
  readonly #groupsOf: (key: string, value: V) => readonly string[]
  readonly #groups = new Map<string, Set<string>>()
  readonly #filed = new Map<string, Filed>()
  /** Whether a value was ever a shared type. */
  #hasTypes = false

  constructor(map: Y.Map<V>, doc: Y.Doc, groupsOf: (key: string, value: V) => readonly string[]) {
    this.#map = map
    this.#groupsOf = groupsOf
    for (const key of map._map.keys()) this.#file(key)
    // Observers of the map would be too late: others may look something up before this one is called.
    doc.on('beforeObserverCalls', (transaction: Y.Transaction) => this.#fileChanged(transaction))
  }

  /** The keys of a group as they are now; later changes do not change the answer. */
  keysIn(group: string): string[] {
    for (const transaction of this.#map.doc?._transactionCleanups ?? []) this.#fileChanged(transaction)
    return [...(this.#groups.get(group) ?? [])]
  }

  #fileChanged(transaction: Y.Transaction): void {
    const changed: ReadonlyMap<unknown, ReadonlySet<string | null>> = transaction.changed
    for (const key of changed.get(this.#map) ?? []) if (key !== null) this.#file(key)
    if (!this.#hasTypes) return
    for (const { _item: item } of transaction.changed.keys())
      if (item?.parent === this.#map && item.parentSub !== null) this.#file(item.parentSub)
  }

  #file(key: string): void {
    const item = this.#map._map.get(key)
    const filed = this.#filed.get(key)
    const holdsType = item?.content instanceof Y.ContentType
    // A type is filed again each time: Yjs does not report changes of a type that is as new as the transaction.
    if (item === filed?.item && item?.deleted === false && !holdsType) return
    this.#hasTypes ||= holdsType
    if (filed) for (const group of filed.groups) this.#groups.get(group)?.delete(key)
    this.#filed.delete(key)
    if (!item || item.deleted) return
    const groups = this.#groupsOf(key, this.#map.get(key) as V)
    this.#filed.set(key, { item, groups })
    for (const group of groups) {
      const keys = this.#groups.get(group)
      if (keys) keys.add(key)
      else this.#groups.set(group, new Set([key]))
    }
  }
}

/**
 * Makes a look-up of the keys of a Y.Map by group. `groupsOf` says in which groups an entry is. It may be asked about a
 * shared type that does not yet hold what it will. The index of each map is built at the first look-up and kept with it.
 */
export function indexKeys<V>(
  groupsOf: (key: string, value: V) => readonly string[],
): (map: Y.Map<V>, group: string) => readonly string[] {
  const indexes = new WeakMap<Y.Map<V>, KeyIndex<V>>()
  return (map, group) => {
    const known = indexes.get(map)
    if (known) return known.keysIn(group)
    if (!map.doc) throw new Error('a map outside of a document has no index')
    const made = new KeyIndex(map, map.doc, groupsOf)
    indexes.set(map, made)
    return made.keysIn(group)
  }
}
