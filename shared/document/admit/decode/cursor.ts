import * as decoding from 'lib0/decoding'
import { decodeUtf8 } from 'lib0/string'

/**
 * Reads the primitives of the Yjs update format strictly: only the shortest encoding of a value is accepted,
 * and nothing is read beyond the end. All functions throw on anything else; {@link decodeUpdate} catches that.
 */

/** What a Yjs `any` may hold. Objects become maps, so that no key (such as `__proto__`) has a special meaning. */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<string, Value>

/** How deep objects and arrays may nest. A decision record, which a client may send back, nests six deep. */
const DEPTH = 16

/**
 * The longest text, in bytes, that is decoded byte by byte; up to this length that is faster than
 * `TextDecoder`.
 */
const SHORT = 24

export function fail(what: string): never {
  throw new Error(what)
}

export function readByte(from: decoding.Decoder): number {
  return from.arr[from.pos++] ?? fail('truncated')
}

/**
 * Groups of seven bits, the lowest first. The last of several groups must not be zero, or the encoding is not
 * the shortest.
 */
export function readUint(from: decoding.Decoder, max: number): number {
  let byte = readByte(from)
  let value = byte & 127
  for (let scale = 128; byte >= 128; scale *= 128) {
    byte = readByte(from)
    if (byte === 0) fail('overlong number')
    value += (byte & 127) * scale
    if (value > max) fail('number too large')
  }
  return value <= max ? value : fail('number too large')
}

/** As {@link readUint}, but the first group has a sign and six bits. */
function readInt(from: decoding.Decoder): number {
  let byte = readByte(from)
  const sign = (byte & 64) === 0 ? 1 : -1
  let value = byte & 63
  for (let scale = 64; byte >= 128; scale *= 128) {
    byte = readByte(from)
    if (byte === 0) fail('overlong number')
    value += (byte & 127) * scale
    if (value > Number.MAX_SAFE_INTEGER) fail('number too large')
  }
  return sign * value
}

export function readBytes(from: decoding.Decoder): Uint8Array {
  const length = readUint(from, from.arr.length)
  const start = from.pos
  from.pos += length
  if (from.pos > from.arr.length) fail('truncated')
  return from.arr.subarray(start, from.pos)
}

/** Accepts well-formed UTF-8 only, so the string holds no half of a surrogate pair. */
export function readString(from: decoding.Decoder): string {
  const bytes = readBytes(from)
  if (bytes.length > SHORT) return decodeUtf8(bytes)
  let text = ''
  for (const byte of bytes) {
    if (byte >= 128) return decodeUtf8(bytes)
    text += String.fromCharCode(byte)
  }
  return text
}

export function readAny(from: decoding.Decoder, depth = 0): Value {
  switch (readByte(from)) {
    case 127:
      return undefined
    case 126:
      return null
    case 125:
      return readInt(from)
    case 124:
      return decoding.readFloat32(from)
    case 123:
      return decoding.readFloat64(from)
    case 122:
      return decoding.readBigInt64(from) as bigint
    case 121:
      return false
    case 120:
      return true
    case 119:
      return readString(from)
    case 118:
      return readObject(from, depth + 1)
    case 117:
      return readArray(from, depth + 1)
    case 116:
      return readBytes(from)
    default:
      return fail('unknown value')
  }
}

function readObject(from: decoding.Decoder, depth: number): ReadonlyMap<string, Value> {
  if (depth > DEPTH) fail('too deep')
  const fields = new Map<string, Value>()
  for (let left = readUint(from, from.arr.length); left > 0; left--) {
    const key = readString(from)
    if (fields.has(key)) fail('field twice')
    fields.set(key, readAny(from, depth))
  }
  return fields
}

function readArray(from: decoding.Decoder, depth: number): readonly Value[] {
  if (depth > DEPTH) fail('too deep')
  const values: Value[] = []
  for (let left = readUint(from, from.arr.length); left > 0; left--) values.push(readAny(from, depth))
  return values
}
