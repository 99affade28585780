import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

type Struct = Y.Item | Y.GC

/** How many deleted ranges one slice holds at most, unless told otherwise. Deleting one takes some microseconds. */
export const STRETCHES = 1_000

/**
 * Cuts an update (V1) into updates of about `most` bytes each, so that a large document can be loaded, and a large
 * update applied, with pauses. What it inserts comes first, then what it deletes. `each`: how many deleted ranges one
 * slice holds at most.
 *
 * - Applied in order they have the same effect as the whole update; each depends only on those before it.
 * - One struct, such as a long run of characters, is never cut, so a slice can be larger than `most`.
 * - An update that is small enough, or of a kind that no log of ours holds, is yielded whole.
 * - Throws when the bytes are no update.
 */
export function* slicesOf(update: Uint8Array, most: number, each: number = STRETCHES): Generator<Uint8Array> {
  if (update.length <= most) return yield update
  const { structs, ds } = Y.decodeUpdate(update)
  const order = causalOrder(structs)
  if (order === null) return yield update
  yield* structSlices(order, most)
  yield* deleteSlices(ds.clients, each)
}

/** One client's structs, and how many of them have been put in order. */
interface Line {
  readonly structs: readonly Struct[]
  next: number
}

/**
 * Orders structs so that each comes after those it refers to, and each client's by clock. Returns null when
 * there is no such order, or when the update has gaps.
 */
function causalOrder(structs: readonly (Struct | Y.Skip)[]): Struct[] | null {
  const lines = new Map<number, Line>()
  for (const struct of structs) {
    if (struct instanceof Y.Skip) return null
    const { client } = struct.id
    const line = lines.get(client)
    if (line) (line.structs as Struct[]).push(struct)
    else lines.set(client, { structs: [struct], next: 0 })
  }
  const order: Struct[] = []
  for (const first of lines.values()) {
    // A stack: each entry waits for the one above it.
    const waiting = [first]
    for (let line = first; ; line = waiting.at(-1)!) {
      const struct = line.structs[line.next]
      const awaited = struct && awaitedBy(struct, lines)
      if (awaited && waiting.includes(awaited)) return null
      if (awaited) {
        waiting.push(awaited)
        continue
      }
      if (struct) {
        order.push(struct)
        line.next++
      }
      if (waiting.length > 1) waiting.pop()
      else if (!struct) break
    }
  }
  return order
}

/** Returns the client's structs that must be put in order before this struct; null when there are none. */
function awaitedBy(struct: Struct, lines: ReadonlyMap<number, Line>): Line | null {
  if (struct instanceof Y.GC) return null
  const { origin, rightOrigin, parent } = struct
  for (const id of [origin, rightOrigin, parent instanceof Y.ID ? parent : null]) {
    const line = id && id.client !== struct.id.client ? lines.get(id.client) : undefined
    const next = line?.structs[line.next]
    if (line && next && id && id.clock >= next.id.clock) return line
  }
  return null
}

/** The structs of one client in a slice. Their clocks follow each other without a gap. */
interface SliceSection {
  readonly clock: number
  readonly encoder: Y.UpdateEncoderV1
  count: number
}

function* structSlices(order: readonly Struct[], most: number): Generator<Uint8Array> {
  let sections = new Map<number, SliceSection>()
  let size = 0
  for (const struct of order) {
    const { client, clock } = struct.id
    const section = sections.get(client) ?? { clock, encoder: new Y.UpdateEncoderV1(), count: 0 }
    sections.set(client, section)
    const before = encoding.length(section.encoder.restEncoder)
    struct.write(section.encoder, 0)
    section.count++
    size += encoding.length(section.encoder.restEncoder) - before
    if (size < most) continue
    yield written(sections)
    sections = new Map()
    size = 0
  }
  if (sections.size > 0) yield written(sections)
}

function written(sections: ReadonlyMap<number, SliceSection>): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, sections.size)
  for (const [client, { clock, count, encoder: structs }] of [...sections].sort(([a], [b]) => b - a)) {
    encoding.writeVarUint(encoder, count)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeUint8Array(encoder, encoding.toUint8Array(structs.restEncoder))
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

function* deleteSlices(
  clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>,
  each: number,
): Generator<Uint8Array> {
  for (const [client, stretches] of clients)
    for (let from = 0; from < stretches.length; from += each) {
      const part = stretches.slice(from, from + each)
      const encoder = encoding.createEncoder()
      for (const number of [0, 1, client, part.length]) encoding.writeVarUint(encoder, number)
      for (const { clock, len } of part) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, len)
      }
      yield encoding.toUint8Array(encoder)
    }
}
