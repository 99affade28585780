import { decodeUpdate } from '#shared/document/admit/decode/decode.ts'
import type { Content, Id, Struct } from '#shared/document/admit/decode/decode.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { any, binary, deleted, embed, forge, format, gc, string, subDocument, type } from './forge.ts'
import type { At, RawDeletes, RawSection, RawStruct } from './forge.ts'
import type { Random } from './random.ts'

/** Random forgeries made of honest updates: some of the bytes, most of the structs. */

interface Draft {
  sections: { client: number; clock: number; structs: Struct[] }[]
  deletes: { client: number; ranges: { clock: number; length: number }[] }[]
}

/** What a hostile client knows and can point at. */
export interface Known {
  readonly ids: readonly Id[]
  readonly clients: readonly number[]
  readonly keys: readonly string[]
}

export function knownOf({ doc, proposals, paragraphs }: OutcomeDocument): Known {
  const ids: Id[] = []
  for (const structs of doc.store.clients.values())
    for (const { id, length } of structs)
      ids.push({ client: id.client, clock: id.clock }, { client: id.client, clock: id.clock + length - 1 })
  const keys = [
    ...proposals.keys(),
    ...paragraphs.keys(),
    'head',
    'content',
    'text',
    'title',
    'q0000000000000new',
  ]
  return { ids, clients: [...doc.store.clients.keys(), 77], keys }
}

export const mutateBytes = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = [...bytes]
  for (let left = random.int(3) + 1; left > 0; left--) {
    const at = random.int(copy.length + 1)
    const way = random.int(5)
    if (way === 0) copy[at] = random.int(256)
    else if (way === 1) copy[at] = ((copy[at] ?? 0) + (random.chance(0.5) ? 1 : 255)) & 255
    else if (way === 2) copy.splice(at, random.int(4) + 1)
    else if (way === 3) copy.splice(at, 0, ...random.bytes(random.int(3) + 1))
    else copy.splice(at, 0, ...copy.slice(random.int(copy.length + 1), at))
  }
  return Uint8Array.from(copy)
}

const shift = (random: Random): number => random.pick([-2, -1, 1, 2, 5, 1000])

type Mutation = (draft: Draft, random: Random, known: Known) => void

function someStruct(draft: Draft, random: Random): { list: Struct[]; at: number } | null {
  const sections = draft.sections.filter(({ structs }) => structs.length > 0)
  if (sections.length === 0) return null
  const { structs } = random.pick(sections)
  return { list: structs, at: random.int(structs.length) }
}

function idNear(draft: Draft, random: Random, { ids, clients }: Known): Id {
  const ticket = random.int(10)
  if (ticket < 7) return random.pick(ids)
  const section = draft.sections[0]
  if (ticket < 9 && section) return { client: section.client, clock: section.clock + random.int(8) }
  return { client: random.pick(clients), clock: random.int(50) }
}

const VALUES: readonly unknown[] = [null, 1, 'KEN', 'JPN', 'text', 'paragraph', [], {}, -1, 'x\ny', 2 ** 53]

function mutateValue(value: unknown, random: Random, { keys, ids }: Known): unknown {
  if (!(value instanceof Map)) return random.pick(VALUES)
  const copy = new Map(value as Map<string, unknown>)
  const field = random.pick([...copy.keys(), 'note'])
  const ticket = random.int(6)
  const { client, clock } = random.pick(ids)
  if (ticket === 0) copy.delete(field)
  else if (ticket === 1) copy.set(field, random.pick(VALUES))
  else if (ticket === 2 && copy.has('by')) copy.set('by', random.pick(['JPN', 'Co-Facilitators', 'KEN ']))
  else if (ticket <= 4 && copy.has('host')) copy.set('host', random.pick(keys))
  else if (copy.has('host'))
    copy.set(random.pick(['at', 'start', 'end', 'paragraph', 'host']), [client, clock])
  return copy
}

function mutateContent(content: Content, random: Random, known: Known): Content {
  if (content.kind === 'any' && random.chance(0.8)) {
    const values = content.values.map((value) => mutateValue(value, random, known))
    return { kind: 'any', values: values as typeof content.values }
  }
  return random.pick<Content>([
    { kind: 'string', text: 'x' },
    { kind: 'string', text: 'a\nb' },
    { kind: 'string', text: '🌍' },
    { kind: 'string', text: 'x'.repeat(random.chance(0.3) ? 100_001 : 30) },
    { kind: 'format', key: 'em', value: 'true' },
    { kind: 'format', key: 'strong', value: 'null' },
    { kind: 'format', key: 'color', value: '1' },
    { kind: 'deleted' },
    { kind: 'void' },
    { kind: 'any', values: ['x'] },
    { kind: 'type', ref: random.int(7) },
    { kind: 'other' },
  ])
}

const MUTATIONS: readonly Mutation[] = [
  (draft, random, known) => {
    const found = someStruct(draft, random)
    if (!found) return
    const struct = found.list[found.at]!
    const origin = random.chance(0.2) ? null : idNear(draft, random, known)
    found.list[found.at] = random.chance(0.5) ? { ...struct, origin } : { ...struct, rightOrigin: origin }
  },
  (draft, random, known) => {
    const found = someStruct(draft, random)
    if (!found) return
    const roots = ['paragraphs', 'proposals', 'anchors', 'record', 'other']
    const parent = random.chance(0.5) ? random.pick(roots) : idNear(draft, random, known)
    const key = random.chance(0.3) ? null : random.pick(known.keys)
    found.list[found.at] = { ...found.list[found.at]!, origin: null, rightOrigin: null, parent, key }
  },
  (draft, random, known) => {
    const found = someStruct(draft, random)
    if (!found) return
    const struct = found.list[found.at]!
    found.list[found.at] = { ...struct, content: mutateContent(struct.content, random, known) }
  },
  (draft, random) => {
    const found = someStruct(draft, random)
    const struct = found?.list[found.at]
    const value = struct?.content.kind === 'any' ? struct.content.values[0] : null
    if (!found || !struct?.key || !(value instanceof Map) || !value.has('host')) return
    const circle = new Map(value as Map<string, never>).set('host', struct.key as never)
    const anchor = circle.set('kind', 'point' as never).set('at', null as never)
    for (const field of ['start', 'end']) anchor.delete(field)
    found.list[found.at] = { ...struct, content: { kind: 'any', values: [anchor] } }
  },
  (draft, random, known) => {
    const section = draft.sections.length > 0 && random.pick(draft.sections)
    if (section && random.chance(0.5)) section.client = random.pick(known.clients)
    else if (section) section.clock = Math.max(0, section.clock + shift(random))
  },
  (draft, random) => {
    const found = someStruct(draft, random)
    if (!found) return
    const { list, at } = found
    if (random.chance(0.4)) list.splice(at, 1)
    else if (random.chance(0.5)) list.splice(at, 0, list[random.int(list.length)]!)
    else list.reverse()
  },
  (draft, random, known) => {
    const { client, clock } = random.pick(known.ids)
    draft.deletes = draft.deletes.filter((deletes) => deletes.client !== client)
    draft.deletes.push({ client, ranges: [{ clock, length: random.chance(0.7) ? 1 : random.int(30) }] })
  },
  (draft, random) => {
    const deletes = draft.deletes.length > 0 && random.pick(draft.deletes)
    const range = deletes && deletes.ranges.length > 0 && random.pick(deletes.ranges)
    if (!range) return
    if (random.chance(0.5)) range.clock = Math.max(0, range.clock + shift(random))
    else range.length = Math.max(0, range.length + shift(random))
  },
  (draft, random, known) => {
    const where = { origin: idNear(draft, random, known), rightOrigin: null, parent: null, key: null }
    const content = { kind: 'string', text: 'new' } as const
    const client = random.chance(0.8) ? 50_000_000 + random.int(9) : random.pick(known.clients)
    const struct = { client, clock: 0, length: 3, ...where, content }
    draft.sections.push({ client, clock: 0, structs: [struct] })
  },
]

/** One to three mutations of the structs and deletions of an honest update. */
export function mutateStructs(bytes: Uint8Array, random: Random, known: Known): Uint8Array {
  const update = decodeUpdate(bytes)
  if (!update) throw new Error('not an honest update')
  const draft: Draft = {
    sections: update.sections.map(({ client, structs }) => ({
      client,
      clock: structs[0]!.clock,
      structs: [...structs],
    })),
    deletes: [...update.deletes].map(([client, ranges]) => ({
      client,
      ranges: ranges.map((range) => ({ ...range })),
    })),
  }
  for (let left = random.int(3) + 1; left > 0; left--) random.pick(MUTATIONS)(draft, random, known)
  if (random.chance(0.95)) draft.sections.sort((a, b) => b.client - a.client)
  const sections: RawSection[] = draft.sections.map((section) => ({
    ...section,
    structs: section.structs.map(rawOf),
  }))
  const deletes: RawDeletes = draft.deletes.map(({ client, ranges }) => [
    client,
    ranges.map(({ clock, length }) => [clock, length] as const),
  ])
  return forge(sections, deletes)
}

const at = ({ client, clock }: Id): At => [client, clock]

function rawOf(struct: Struct): RawStruct {
  const { origin, rightOrigin, parent, key, content, length } = struct
  const where = {
    ...(origin ? { origin: at(origin) } : {}),
    ...(rightOrigin ? { right: at(rightOrigin) } : {}),
    ...(parent === null
      ? { parent: 'proposals' }
      : { parent: typeof parent === 'string' ? parent : at(parent) }),
    ...(key === null ? {} : { key }),
  }
  switch (content.kind) {
    case 'string':
      return string(content.text, where)
    case 'format':
      return format(content.key, content.value, where)
    case 'deleted':
      return deleted(length, where)
    case 'any':
      return any(content.values.map(plain), where)
    case 'type':
      return type(content.ref, where)
    case 'void':
      return gc(length)
    case 'other':
      return [embed, binary, subDocument][struct.clock % 3]!(where)
  }
}

const plain = (value: unknown): unknown =>
  value instanceof Map
    ? Object.fromEntries([...(value as Map<string, unknown>)].map(([key, field]) => [key, plain(field)]))
    : Array.isArray(value)
      ? value.map(plain)
      : value
