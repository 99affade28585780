import * as Y from 'yjs'
import type { ClockRange, ClockRanges, StructSource } from '#shared/document/updates.ts'
import type { Ledger } from './ledger.ts'
import { unsentDeletes, unsentSections } from './unsent.ts'

/** What {@link rollBack} took out of a document: the structs beyond the server's clocks. */
export interface RolledBack {
  readonly structs: StructSource
  /** The shared types that were changed, each with the changed keys of a map, or null for the content of a text. */
  readonly changed: ReadonlyMap<Y.AbstractType<unknown>, ReadonlySet<string | null>>
}

type Structs = (Y.Item | Y.GC)[]

/**
 * Puts a document, in place, into the state in which the server is known to have it, as if unsent work had never been
 * integrated. The cost depends on the unsent work only, not on the size of the document. Yjs has no such operation,
 * so this reverses what `Item.integrate` links and what `Item.delete` marks.
 *
 * Requires:
 *
 * - No transaction is open, and the content of everything deleted only here is in memory (own-deletions.ts).
 * - Nobody keeps a shared type that was created by unsent work; it is not part of the document afterwards.
 * - The caller calls {@link applyAfter} next, because observers of the document have not been told yet.
 *
 * Ensures: the struct store, the linked lists, map entries and text lengths are those of the server's state, and no
 * item refers to one that was taken out.
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

/** Applies an update and tells observers of it and of the roll-back, in one transaction. Null for no update. */
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
 * Clears `Item.redone` of an item that an unsent undo had made anew. Yjs places the new item directly before the
 * deleted one, or behind it in a map, so the deleted item is found by the new one's origins.
 */
function forgetRedone(doc: Y.Doc, { origin, rightOrigin }: Y.Item, removes: (id: Y.ID) => boolean): void {
  for (const id of [rightOrigin, origin]) {
    if (id === null || removes(id)) continue
    const source = Y.getItem(doc.store, id)
    if (source instanceof Y.Item && source.redone !== null && removes(source.redone)) source.redone = null
  }
}

/** The deletions of items that the server has. Items beyond its clocks are taken out altogether. */
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

/** The items that hold these clocks, split so that they hold no others. */
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
 * The index of the struct that begins at this clock. A struct that contains the clock is split there: Yjs merges
 * adjacent items, and adjacent voids too, those of the server with others. Returns the number of structs when the
 * clock is beyond all of them.
 */
function splitAt(structs: Structs, clock: number): number {
  const last = structs.at(-1)
  if (!last || clock >= last.id.clock + last.length) return structs.length
  const index = Y.findIndexSS(structs, clock)
  const struct = structs[index]!
  const length = clock - struct.id.clock
  if (length === 0) return index
  structs.splice(index + 1, 0, struct instanceof Y.Item ? split(struct, length) : splitVoid(struct, length))
  return index + 1
}

/** Splits as {@link split} does. */
function splitVoid(gc: Y.GC, length: number): Y.GC {
  const rest = new Y.GC(Y.createID(gc.id.client, gc.id.clock + length), gc.length - length)
  gc.length = length
  return rest
}

/** Splits as `splitItem` of Yjs: `item` keeps its first `length` clocks, the rest becomes the returned item. */
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

/** Takes an item out of its parent: the reverse of `Item.integrate`. */
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

/** Unmarks a deleted item whose content is in memory: the reverse of `Item.delete`. */
function undelete(item: Y.Item): void {
  if (!item.deleted) return
  item.deleted = false
  const parent = item.parent as Y.AbstractType<unknown>
  if (item.parentSub === null && item.countable) parent._length += item.length
}
