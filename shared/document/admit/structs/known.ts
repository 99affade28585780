import * as Y from 'yjs'
import type { Value } from '../decode/cursor.ts'
import { TYPE_MAP, TYPE_TEXT } from '../decode/decode.ts'
import type { Content, Struct } from '../decode/decode.ts'
import { storedItem } from './place.ts'
import type { Review } from '../review.ts'
import { indexAt } from '../../text/search.ts'
import { sameId } from './sequence.ts'

/**
 * Whether the known part of a struct equals what the document holds. Yjs skips that part, but it must not be
 * false:
 *
 * - Yjs resolves its origins before it skips it, and splits the items they point to. A false origin would cut
 *   other people's text, possibly inside a surrogate pair.
 * - The bytes are passed on, perhaps merged with the update that they repeat, and could then replace the
 *   original.
 */
export function agrees(review: Review, struct: Struct, known: number): boolean {
  if (struct.content.kind === 'void')
    return storedUpTo(review, struct, known).every((stored) => stored instanceof Y.GC)
  const stored = storedItem(review, struct)
  return (
    stored instanceof Y.Item &&
    agreesOnPlace(review, struct, stored) &&
    agreesOnContent(review, struct, known)
  )
}

/**
 * Whether the only difference is that the struct was voided on one side: its author put it aside in one tab and
 * sent it from another.
 */
export const isVoidedDifferently = (review: Review, struct: Struct, known: number): boolean =>
  storedUpTo(review, struct, known).some(
    (stored) => stored instanceof Y.GC !== (struct.content.kind === 'void'),
  )

/** Returns the stored structs for the known part. */
function storedUpTo(review: Review, struct: Struct, known: number): (Y.Item | Y.GC)[] {
  const structs = review.clients.get(struct.client) ?? []
  const end = Math.min(known, struct.clock + struct.length)
  const first = Y.findIndexSS(structs, struct.clock)
  const rest = structs.slice(first)
  const past = rest.findIndex((stored) => stored.id.clock >= end)
  return past < 0 ? rest : rest.slice(0, past)
}

function agreesOnPlace(review: Review, struct: Struct, stored: Y.Item): boolean {
  if (!sameId(struct.rightOrigin, stored.rightOrigin)) return false
  if (stored.id.clock < struct.clock)
    return struct.origin?.client === struct.client && struct.origin.clock === struct.clock - 1
  if (!sameId(struct.origin, stored.origin)) return false
  if (struct.origin || struct.rightOrigin) return true
  if (struct.key !== stored.parentSub || !(stored.parent instanceof Y.AbstractType)) return false
  const { parent } = struct
  if (typeof parent === 'string') return review.od.doc.share.get(parent) === stored.parent
  return sameId(parent, stored.parent._item?.id ?? null)
}

function agreesOnContent(review: Review, struct: Struct, known: number): boolean {
  const structs = review.clients.get(struct.client) ?? []
  const end = Math.min(known, struct.clock + struct.length)
  for (let i = Y.findIndexSS(structs, struct.clock); i < structs.length; i++) {
    const item = structs[i]
    if (!item || item.id.clock >= end) return true
    // A voided struct is not the same as a deleted one: its author continues only without it.
    if (item instanceof Y.GC) return false
    // An item deleted meanwhile stays deleted on every replica, so its content does not matter.
    if (item.deleted) continue
    const from = Math.max(item.id.clock, struct.clock)
    const to = Math.min(item.id.clock + item.length, end)
    if (!sameContent(review, struct, item, from, to)) return false
  }
  return true
}

function sameContent(review: Review, struct: Struct, item: Y.Item, from: number, to: number): boolean {
  const { content: said } = struct
  const { content } = item
  const [a, b] = [from - struct.clock, from - item.id.clock]
  switch (said.kind) {
    case 'string':
      return (
        content instanceof Y.ContentString &&
        said.text.slice(a, a + to - from) === content.str.slice(b, b + to - from)
      )
    case 'any':
      return (
        content instanceof Y.ContentAny &&
        sameValues(said.values.slice(a, a + to - from), content.arr.slice(b))
      )
    case 'deleted':
      return isDeletedNow(review, struct.client, from, to)
    case 'format':
      return (
        content instanceof Y.ContentFormat && content.key === said.key && sameJson(content.value, said.value)
      )
    case 'type':
      return content instanceof Y.ContentType && isOfType(said, content.type)
    case 'void':
    case 'other':
      return false
  }
}

const sameJson = (value: unknown, json: string): boolean => JSON.stringify(value) === json

const isOfType = ({ ref }: Extract<Content, { kind: 'type' }>, type: Y.AbstractType<unknown>): boolean =>
  (ref === TYPE_MAP && type instanceof Y.Map) || (ref === TYPE_TEXT && type instanceof Y.Text)

/** Whether this update deletes these clocks: the sender knows them as deleted. */
function isDeletedNow(review: Review, client: number, from: number, to: number): boolean {
  const ranges = review.deletes.get(client) ?? []
  const range = ranges[indexAt(ranges, from)]
  return range !== undefined && range.clock <= from && to <= range.clock + range.length
}

const sameValues = (said: readonly Value[], stored: readonly unknown[]): boolean =>
  said.every((value, index) => sameValue(value, stored[index]))

/** Ends, because the decoder limits the depth. */
function sameValue(said: Value, stored: unknown): boolean {
  if (said instanceof Map) {
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return false
    const fields = new Map(Object.entries(stored))
    return (
      fields.size === said.size &&
      [...said].every(([key, value]) => fields.has(key) && sameValue(value, fields.get(key)))
    )
  }
  if (Array.isArray(said))
    return (
      Array.isArray(stored) && stored.length === said.length && sameValues(said as readonly Value[], stored)
    )
  if (said instanceof Uint8Array) return false
  return Object.is(said, stored)
}
