import * as decoding from 'lib0/decoding'
import { fail, readAny, readByte, readBytes, readString, readUint } from './cursor.ts'
import type { Value } from './cursor.ts'
import { finish } from '../../steps.ts'
import type { Steps } from '../../steps.ts'

/**
 * Yjs update format V1, and nothing but what Yjs writes:
 *
 *     update  := count section*  count deletes*
 *     section := count(≥1) client clock struct*             descending by client
 *     struct  := info [origin] [rightOrigin] [parent [key]] content | 0 length(≥1)
 *     info    := content reference (5 bits) | key 32 | rightOrigin 64 | origin 128
 *     parent  := 1 rootName | 0 id                          only where both origins are absent
 *     deletes := client count(≥1) (clock length(≥1))*       a client at most once; ascending, not overlapping
 *
 * The order is checked because Y.mergeUpdates silently drops what is out of order, and other people's work with it.
 *
 * A GC struct (0) holds clocks and nothing else: its author has put aside what was written under them. (Yjs itself writes
 * one for the children of a deleted type, but no type is ever deleted here.) A skip (10) stands for a gap and is refused.
 */

export interface Id {
  readonly client: number
  readonly clock: number
}

export type Content =
  | { readonly kind: 'string'; readonly text: string }
  /** `value` is the JSON text as it was written. */
  | { readonly kind: 'format'; readonly key: string; readonly value: string }
  | { readonly kind: 'deleted' }
  /** A GC struct: clocks that belong to no type. */
  | { readonly kind: 'void' }
  | { readonly kind: 'any'; readonly values: readonly Value[] }
  | { readonly kind: 'type'; readonly ref: number }
  /**
   * Binary, embed or sub-document, which are allowed nowhere. (Content 2, JSON, has not been written since Yjs
   * 13.)
   */
  | { readonly kind: 'other' }

export interface Struct extends Id {
  readonly length: number
  readonly origin: Id | null
  readonly rightOrigin: Id | null
  /** The name of a root, or the item that holds the parent type. Null: the parent is that of the origins. */
  readonly parent: string | Id | null
  /** Only present together with `parent`. */
  readonly key: string | null
  readonly content: Content
}

/** The structs of one client. Their clocks follow each other without a gap. */
export interface Section {
  readonly client: number
  readonly structs: readonly Struct[]
}

export interface Range {
  readonly clock: number
  readonly length: number
}

export interface Update {
  readonly sections: readonly Section[]
  /** By Yjs client id. */
  readonly deletes: ReadonlyMap<number, readonly Range[]>
}

export const TYPE_MAP = 1
export const TYPE_TEXT = 2

const MAX_CLIENT = 2 ** 32 - 1
/** Far beyond any real history; a sum of two such clocks is still an exact number. */
const MAX_CLOCK = 2 ** 40
/** The longest deleted or void struct: the only lengths that take no bytes in the update, so they need a limit. */
const MAX_DELETED = 2 ** 24

/** Structs, or deleted ranges, that are decoded in one step; they take a millisecond. */
const STEP = 2_000

/** {@link decodeInSteps} at once. */
export const decodeUpdate = (bytes: Uint8Array): Update | null => finish(decodeInSteps(bytes))

/** Returns null when the bytes are not exactly one update. The work is linear in the number of bytes. */
export function* decodeInSteps(bytes: Uint8Array): Steps<Update | null> {
  try {
    const from = decoding.createDecoder(bytes)
    const sections = yield* readSections(from)
    const deletes = yield* readDeletes(from)
    return decoding.hasContent(from) ? null : { sections, deletes }
  } catch {
    return null
  }
}

/**
 * Every counted thing takes at least one byte. So a count beyond the remaining bytes is refused before memory
 * is allocated.
 */
const readCount = (from: decoding.Decoder): number => readUint(from, from.arr.length - from.pos)

function* readSections(from: decoding.Decoder): Steps<Section[]> {
  const sections: Section[] = []
  let above = Infinity
  for (let left = readCount(from); left > 0; left--) {
    const count = readCount(from)
    const client = readUint(from, MAX_CLIENT)
    if (count === 0 || client >= above) fail('section')
    above = client
    const structs: Struct[] = []
    let clock = readUint(from, MAX_CLOCK)
    for (let i = 0; i < count; i++) {
      const struct = readStruct(from, client, clock)
      structs.push(struct)
      clock += struct.length
      if (clock > MAX_CLOCK) fail('clock')
      if (i % STEP === STEP - 1) yield
    }
    sections.push({ client, structs })
  }
  return sections
}

function readStruct(from: decoding.Decoder, client: number, clock: number): Struct {
  const info = readByte(from)
  if (info === 0) return { ...VOID, client, clock, length: readLength(from) }
  const origin = (info & 128) === 0 ? null : readId(from)
  const rightOrigin = (info & 64) === 0 ? null : readId(from)
  let parent: string | Id | null = null
  let key: string | null = null
  if (origin === null && rightOrigin === null) {
    parent = readUint(from, 1) === 1 ? readString(from) : readId(from)
    if ((info & 32) !== 0) key = readString(from)
  }
  if ((info & 31) === 1)
    return { client, clock, length: readLength(from), origin, rightOrigin, parent, key, content: DELETED }
  const content = readContent(from, info & 31)
  const length = lengthOf(content)
  return { client, clock, length, origin, rightOrigin, parent, key, content }
}

const readLength = (from: decoding.Decoder): number => readUint(from, MAX_DELETED) || fail('empty')

const readId = (from: decoding.Decoder): Id => ({
  client: readUint(from, MAX_CLIENT),
  clock: readUint(from, MAX_CLOCK),
})

const DELETED: Content = { kind: 'deleted' }
const OTHER: Content = { kind: 'other' }
const VOID = { origin: null, rightOrigin: null, parent: null, key: null, content: { kind: 'void' } } as const

function lengthOf(content: Content): number {
  if (content.kind === 'string') return content.text.length || fail('empty')
  if (content.kind === 'any') return content.values.length || fail('empty')
  return 1
}

function readContent(from: decoding.Decoder, ref: number): Content {
  switch (ref) {
    case 3: // binary
      readBytes(from)
      return OTHER
    case 5: // embed
      readJson(from)
      return OTHER
    case 4:
      return { kind: 'string', text: readString(from) }
    case 6:
      return { kind: 'format', key: readString(from), value: readJson(from) }
    case 7:
      return readType(from)
    case 8: {
      const values: Value[] = []
      for (let left = readCount(from); left > 0; left--) values.push(readAny(from))
      return { kind: 'any', values }
    }
    case 9: // sub-document
      readString(from)
      readAny(from)
      return OTHER
    default:
      return fail('content')
  }
}

/** Checked here because Yjs would throw on bad JSON in the middle of its integration. */
function readJson(from: decoding.Decoder): string {
  const json = readString(from)
  if (json !== 'true' && json !== 'null') JSON.parse(json)
  return json
}

/** Types 3 (XML element) and 5 (XML hook) are followed by a name. */
function readType(from: decoding.Decoder): Content {
  const ref = readUint(from, 6)
  if (ref === 3 || ref === 5) readString(from)
  return { kind: 'type', ref }
}

function* readDeletes(from: decoding.Decoder): Steps<Update['deletes']> {
  const deletes = new Map<number, Range[]>()
  for (let left = readCount(from); left > 0; left--) {
    const client = readUint(from, MAX_CLIENT)
    const count = readCount(from)
    if (count === 0 || deletes.has(client)) fail('deletes')
    const ranges: Range[] = []
    let end = -1
    for (let i = 0; i < count; i++) {
      const clock = readUint(from, MAX_CLOCK)
      const length = readUint(from, MAX_CLOCK)
      // An empty range deletes nothing, but Yjs would still split the item there, possibly inside a surrogate
      // pair.
      if (length === 0 || clock < end) fail('range')
      end = clock + length
      ranges.push({ clock, length })
      if (i % STEP === STEP - 1) yield
    }
    deletes.set(client, ranges)
  }
  return deletes
}
