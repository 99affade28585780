import * as Y from 'yjs'
import type { ClockRange, ClockRanges, StructSource } from '#shared/document/updates.ts'
import type { Ledger } from './ledger.ts'
import { unsentDeletes, unsentSections } from './unsent.ts'

/** What was taken out of a document: the structs beyond the server's clocks, and where they stood. */
export interface RolledBack {
  readonly structs: StructSource
  /** The types in which something changed, and the keys in it; null: its text. */
  readonly changed: ReadonlyMap<Y.AbstractType<unknown>, ReadonlySet<string | null>>
}

type Structs = (Y.Item | Y.GC)[]

/**
 * Puts a document back, in place, into the state in which the server is known to have it: as if what is unsent had never been
 * integrated. It costs what is unsent, and not what the document holds. Yjs has no such operation: the items are unlinked
 * here as its `Item.integrate` links them, and `unsentDeletes` are taken back as `Item.delete` marks them.
 *
 * The caller has seen to it that the content of what is deleted here alone is still in memory, and tells observers
 * (`changed`) in a transaction of its own. Nobody else may hold the types that go.
 */
export function rollBack(doc: Y.Doc, ledger: Ledger): RolledBack {
  const sections = unsentSections(doc, ledger)
  const deletes = knownOf(unsentDeletes(doc, ledger), ledger)
  const changed = new Map<Y.AbstractType<unknown>, Set<string | null>>()
  const removed = new Set<Y.Item>()
  const beyond = new Map(sections.map(({ client, from }) => [client, from]))
  const removes = ({ client, clock }: Y.ID) => clock >= (beyond.get(client) ?? Infinity)
  const clients = new Map<number, Structs>()
  for (const { client, from } of sections) {
    const structs = doc.store.clients.get(client)!
    const at = splitAt(structs, from)
    for (const struct of structs.slice(at)) if (struct instanceof Y.Item) forgetRedone(doc, struct, removes)
    const tail = structs.splice(at)
    if (structs.length === 0) doc.store.clients.delete(client)
    clients.set(client, tail)
    for (const struct of tail) if (struct instanceof Y.Item) removed.add(struct)
  }
  const note = ({ parent, parentSub }: Y.Item) => {
    const type = parent as Y.AbstractType<unknown>
    if (type._item !== null && removed.has(type._item)) return
    changed.set(type, (changed.get(type) ?? new Set()).add(parentSub))
  }
  for (const item of removed) {
    unlink(item)
    note(item)
  }
  for (const [client, ranges] of deletes)
    for (const item of itemsOf(doc.store.clients.get(client)!, ranges)) {
      undelete(item)
      note(item)
    }
  for (const type of changed.keys()) if (type._searchMarker) type._searchMarker.length = 0
  return { structs: { store: { clients } }, changed }
}

/** Tells a document's observers of what was rolled back, and puts an update into it, as one transaction. */
export function applyAfter(
  { changed }: RolledBack,
  doc: Y.Doc,
  update: Uint8Array | null,
  origin: unknown,
): void {
  Y.transact(
    doc,
    (transaction) => {
      for (const [type, keys] of changed)
        transaction.changed.set(type as Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>, new Set(keys))
      if (update) Y.applyUpdate(doc, update, origin)
    },
    origin,
    false,
  )
}

/**
 * An undo notes at what was deleted as what it was made anew (`Item.redone`), and puts that right before it, or behind it in
 * a map. When the new item goes, what was deleted was not made anew.
 */
function forgetRedone(doc: Y.Doc, { origin, rightOrigin }: Y.Item, removes: (id: Y.ID) => boolean): void {
  for (const id of [rightOrigin, origin]) {
    if (id === null || removes(id)) continue
    const source = Y.getItem(doc.store, id)
    if (source instanceof Y.Item && source.redone !== null && removes(source.redone)) source.redone = null
  }
}

/** The ranges that the server's clocks reach: beyond them the items themselves go. */
function knownOf(deletes: ClockRanges, ledger: Ledger): Map<number, ClockRange[]> {
  const known = new Map<number, ClockRange[]>()
  for (const [client, ranges] of deletes) {
    const to = ledger.clock(client)
    const within = ranges.flatMap(({ clock, len }) => {
      const end = Math.min(clock + len, to)
      return end > clock ? [{ clock, len: end - clock }] : []
    })
    if (within.length > 0) known.set(client, within)
  }
  return known
}

function* itemsOf(structs: Structs, ranges: readonly ClockRange[]): Generator<Y.Item> {
  for (const { clock, len } of ranges) {
    const end = clock + len
    for (let i = splitAt(structs, clock); i < structs.length && structs[i]!.id.clock < end; i++) {
      splitAt(structs, end)
      const item = structs[i]
      if (item instanceof Y.Item) yield item
    }
  }
}

/**
 * The index of the struct that begins with this clock: an item that holds the clock further in is split there. The number of
 * structs where the clock is beyond them all.
 */
function splitAt(structs: Structs, clock: number): number {
  const last = structs.at(-1)
  if (!last || clock >= last.id.clock + last.length) return structs.length
  const index = Y.findIndexSS(structs, clock)
  const item = structs[index]
  if (!(item instanceof Y.Item) || item.id.clock === clock) return index
  structs.splice(index + 1, 0, split(item, clock - item.id.clock))
  return index + 1
}

/** As Yjs does it: the item keeps so many of its clocks, the rest becomes one of its own. */
function split(item: Y.Item, length: number): Y.Item {
  const { client, clock } = item.id
  const rest = new Y.Item(
    Y.createID(client, clock + length),
    item,
    Y.createID(client, clock + length - 1),
    item.right,
    item.rightOrigin,
    item.parent,
    item.parentSub,
    item.content.splice(length),
  )
  if (item.deleted) rest.markDeleted()
  if (item.keep) rest.keep = true
  if (item.redone !== null) rest.redone = Y.createID(item.redone.client, item.redone.clock + length)
  item.length = length
  item.right = rest
  if (rest.right !== null) rest.right.left = rest
  else if (rest.parentSub !== null) (rest.parent as Y.AbstractType<unknown>)._map.set(rest.parentSub, rest)
  return rest
}

function unlink(item: Y.Item): void {
  const { left, right, parentSub } = item
  const parent = item.parent as Y.AbstractType<unknown>
  if (left !== null) left.right = right
  else if (parentSub === null) parent._start = right
  if (right !== null) right.left = left
  else if (parentSub !== null) {
    if (left === null) parent._map.delete(parentSub)
    else parent._map.set(parentSub, left)
  }
  if (parentSub === null && item.countable && !item.deleted) parent._length -= item.length
}

function undelete(item: Y.Item): void {
  if (!item.deleted) return
  item.deleted = false
  const parent = item.parent as Y.AbstractType<unknown>
  if (item.parentSub === null && item.countable) parent._length += item.length
}
