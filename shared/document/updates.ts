import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Consecutive clocks of one client. */
export interface ClockRange {
  readonly clock: number
  readonly len: number
}

/** By client; the ranges of each are sorted and do not overlap. */
export type ClockRanges = ReadonlyMap<number, readonly ClockRange[]>

/**
 * The clocks of one client from `from` (included) to `to` (excluded). Those in `voids` are written as GC
 * structs.
 */
export interface ClientSection {
  readonly client: number
  readonly from: number
  readonly to: number
  readonly voids: readonly ClockRange[]
}

export const EMPTY_UPDATE: Uint8Array = new Uint8Array([0, 0])

type Struct = Y.Item | Y.GC

/** Where structs are taken from: a document, or structs taken out of one. Sorted by clock, without gaps. */
export interface StructSource {
  readonly store: { readonly clients: ReadonlyMap<number, Struct[]> }
}

/**
 * Encodes an update (V1) with the given clocks of `doc`, which must hold all of them, and the given deletions.
 * It is written from the document's structs because Y.encodeStateAsUpdate would add every deletion ever made
 * and all pending structs.
 */
export function encodeUpdate(
  doc: StructSource,
  sections: readonly ClientSection[],
  deletes: ClockRanges,
): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  encoding.writeVarUint(encoder.restEncoder, sections.length)
  // Highest client id first, as Yjs writes them; Yjs integrates this order fastest.
  for (const section of [...sections].sort((a, b) => b.client - a.client)) writeSection(encoder, doc, section)
  const deleted = [...deletes].filter(([, ranges]) => ranges.length > 0)
  encoding.writeVarUint(encoder.restEncoder, deleted.length)
  for (const [client, ranges] of deleted) {
    encoder.resetDsCurVal()
    encoding.writeVarUint(encoder.restEncoder, client)
    encoding.writeVarUint(encoder.restEncoder, ranges.length)
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array()
}

/**
 * Encodes what a document holds beyond a state vector, like Y.encodeStateAsUpdate, except that void clocks (GC
 * structs) are not listed as deleted. A tab that still holds what its author has put aside would otherwise
 * delete that, with everything its author has since written in it.
 */
export function encodeState(doc: Y.Doc, vector: Uint8Array | null = null): Uint8Array {
  const known = vector === null ? new Map<number, number>() : Y.decodeStateVector(vector)
  const sections: ClientSection[] = []
  for (const client of doc.store.clients.keys()) {
    const [from, to] = [known.get(client) ?? 0, Y.getState(doc.store, client)]
    if (to > from) sections.push({ client, from, to, voids: [] })
  }
  return encodeUpdate(doc, sections, deletesOf(doc))
}

/** Returns what is deleted in a document, without the void clocks. */
export function deletesOf(doc: Y.Doc): Map<number, ClockRange[]> {
  const deletes = new Map<number, ClockRange[]>()
  for (const [client, structs] of doc.store.clients) {
    const ranges: { clock: number; len: number }[] = []
    for (const struct of structs) {
      if (!struct.deleted || struct instanceof Y.GC) continue
      const { clock } = struct.id
      const last = ranges.at(-1)
      if (last && last.clock + last.len === clock) last.len += struct.length
      else ranges.push({ clock, len: struct.length })
    }
    if (ranges.length > 0) deletes.set(client, ranges)
  }
  return deletes
}

/** Returns the parts of `from` (included) to `to` (excluded) that lie in `ranges`. */
export const overlap = (ranges: readonly ClockRange[], from: number, to: number): ClockRange[] =>
  ranges.flatMap(({ clock, len }) => {
    const [start, end] = [Math.max(clock, from), Math.min(clock + len, to)]
    return end > start ? [{ clock: start, len: end - start }] : []
  })

/** A part of a struct, by clocks. */
interface Part {
  readonly from: number
  readonly to: number
  /** Null: it is written as a GC struct. */
  readonly item: Y.Item | null
}

function writeSection(encoder: Y.UpdateEncoderV1, doc: StructSource, section: ClientSection): void {
  const { client, from } = section
  const parts = partsOf(doc, section)
  encoding.writeVarUint(encoder.restEncoder, parts.length)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, from)
  for (const part of parts) writePart(encoder, client, part)
}

function writePart(encoder: Y.UpdateEncoderV1, client: number, { item, from, to }: Part): void {
  if (item === null) return new Y.GC(Y.createID(client, from), to - from).write(encoder, 0)
  const whole = to === item.id.clock + item.length ? item : upTo(item, to)
  whole.write(encoder, from - item.id.clock)
}

function partsOf(doc: StructSource, { client, from, to, voids }: ClientSection): Part[] {
  const parts: Part[] = []
  for (const struct of structsBetween(doc, client, from, to)) {
    const start = Math.max(from, struct.id.clock)
    const end = Math.min(to, struct.id.clock + struct.length)
    let next = start
    const gaps = struct instanceof Y.GC ? [{ clock: start, len: end - start }] : overlap(voids, start, end)
    for (const { clock, len } of gaps) {
      if (clock > next) parts.push({ from: next, to: clock, item: struct as Y.Item })
      next = clock + len
      const last = parts.at(-1)
      if (last?.item === null) parts[parts.length - 1] = { ...last, to: next }
      else parts.push({ from: clock, to: next, item: null })
    }
    if (next < end) parts.push({ from: next, to: end, item: struct as Y.Item })
  }
  return parts
}

/**
 * Yields the structs of a client that hold the clocks from `from` (included) to `to` (excluded). The document
 * must hold them.
 */
export function* structsBetween(
  doc: StructSource,
  client: number,
  from: number,
  to: number,
): Generator<Struct> {
  const structs = doc.store.clients.get(client) ?? []
  for (let i = from >= to ? structs.length : Y.findIndexSS(structs, from); i < structs.length; i++) {
    const struct = structs[i]
    if (!struct || struct.id.clock >= to) return
    yield struct
  }
}

/** Returns a copy of an item that ends before a clock. It is for encoding only and is never integrated. */
function upTo({ id, origin, rightOrigin, parent, parentSub, content }: Y.Item, clock: number): Y.Item {
  const kept = content.copy()
  kept.splice(clock - id.clock)
  return new Y.Item(id, null, origin, null, rightOrigin, parent, parentSub, kept)
}
