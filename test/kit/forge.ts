import * as encoding from 'lib0/encoding'

/** Yjs updates written by hand, byte by byte: whatever a hostile client may send. */

export type At = readonly [client: number, clock: number]

export interface RawStruct {
  /** Content reference; 0 is GC and 10 is Skip. */
  readonly ref: number
  readonly body: (encoder: encoding.Encoder) => void
  readonly origin?: At
  readonly right?: At
  /** A root's name or an item. */
  readonly parent?: string | At
  readonly key?: string
}

type Where = Omit<RawStruct, 'ref' | 'body'>

export const string = (text: string, where: Where): RawStruct => ({
  ...where,
  ref: 4,
  body: (encoder) => encoding.writeVarString(encoder, text),
})

export const any = (values: readonly unknown[], where: Where): RawStruct => ({
  ...where,
  ref: 8,
  body: (encoder) => {
    encoding.writeVarUint(encoder, values.length)
    for (const value of values) encoding.writeAny(encoder, value as encoding.AnyEncodable)
  },
})

/** 0 array, 1 map, 2 text, 3 XML element, 4 XML fragment, 6 XML text. */
export const type = (ref: number, where: Where): RawStruct => ({
  ...where,
  ref: 7,
  body: (encoder) => {
    encoding.writeVarUint(encoder, ref)
    if (ref === 3 || ref === 5) encoding.writeVarString(encoder, 'p')
  },
})

export const format = (key: string, json: string, where: Where): RawStruct => ({
  ...where,
  ref: 6,
  body: (encoder) => {
    encoding.writeVarString(encoder, key)
    encoding.writeVarString(encoder, json)
  },
})

export const embed = (where: Where): RawStruct => ({
  ...where,
  ref: 5,
  body: (encoder) => encoding.writeVarString(encoder, '{}'),
})

export const subDocument = (where: Where): RawStruct => ({
  ...where,
  ref: 9,
  body: (encoder) => {
    encoding.writeVarString(encoder, 'guid')
    encoding.writeAny(encoder, {})
  },
})

export const binary = (where: Where): RawStruct => ({
  ...where,
  ref: 3,
  body: (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([1, 2])),
})

const lengthOnly = (ref: number) => (length: number, where: Where) => ({
  ...where,
  ref,
  body: (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, length),
})

export const deleted: (length: number, where: Where) => RawStruct = lengthOnly(1)
export const gc = (length: number): RawStruct => lengthOnly(0)(length, {})
export const skip = (length: number): RawStruct => lengthOnly(10)(length, {})

export interface RawSection {
  readonly client: number
  readonly clock: number
  readonly structs: readonly RawStruct[]
}

export type RawDeletes = readonly (readonly [
  client: number,
  ranges: readonly (readonly [number, number])[],
])[]

export function forge(sections: readonly RawSection[], deletes: RawDeletes = []): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, sections.length)
  for (const { client, clock, structs } of sections) {
    encoding.writeVarUint(encoder, structs.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const struct of structs) writeStruct(encoder, struct)
  }
  encoding.writeVarUint(encoder, deletes.length)
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const range of ranges) for (const number of range) encoding.writeVarUint(encoder, number)
  }
  return encoding.toUint8Array(encoder)
}

function writeStruct(encoder: encoding.Encoder, struct: RawStruct): void {
  const { ref, origin, right, parent, key } = struct
  const alone = !origin && !right && ref !== 0 && ref !== 10
  encoding.writeUint8(encoder, ref | (origin ? 128 : 0) | (right ? 64 : 0) | (key === undefined ? 0 : 32))
  for (const id of [origin, right]) if (id) writeId(encoder, id)
  if (alone && parent !== undefined) {
    encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0)
    if (typeof parent === 'string') encoding.writeVarString(encoder, parent)
    else writeId(encoder, parent)
    if (key !== undefined) encoding.writeVarString(encoder, key)
  }
  struct.body(encoder)
}

function writeId(encoder: encoding.Encoder, [client, clock]: At): void {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}
