import * as Y from 'yjs'
import { isParagraphId, isProposalId } from '../../../model/ids.ts'
import type { Root } from '../../schema.ts'
import { ROOTS } from '../../schema.ts'
import { TYPE_TEXT } from '../decode/decode.ts'
import type { Id, Struct } from '../decode/decode.ts'
import type { Container, StructPlace } from './container.ts'
import type { Review } from '../review.ts'
import { indexAt } from '../../text/search.ts'
import type { AdmissionCode } from '../verdict.ts'

const STRAY: Container = { kind: 'stray' }
const isRoot = (name: string): name is Root => (ROOTS as readonly string[]).includes(name)

/** Returns the stored struct that holds a clock, without splitting it. The document must know the clock. */
export function storedItem(review: Review, id: Id): Y.Item | Y.GC {
  const structs = review.clients.get(id.client) as (Y.Item | Y.GC)[]
  return structs[Y.findIndexSS(structs, id.clock)] as Y.Item | Y.GC
}

/** Returns the next clock of a client in the document. */
export function knownState(review: Review, client: number): number {
  const last = review.clients.get(client)?.at(-1)
  return last ? last.id.clock + last.length : 0
}

/**
 * Returns the role of a shared type in the document; `stray` for one that has none. One type always gives the
 * same object.
 */
export function containerOf(review: Review, type: Y.AbstractType<unknown>): Container {
  const cached = review.containers.get(type)
  if (cached) return cached
  const container = classify(review, type)
  review.containers.set(type, container)
  return container
}

function classify(review: Review, type: Y.AbstractType<unknown>): Container {
  const item = type._item
  if (item === null) {
    const root = ROOTS.find((name) => review.od[name] === type)
    return root ? { kind: 'root', root } : STRAY
  }
  const parent = item.parent
  const key = item.parentSub
  if (key === null || item.deleted || !(parent instanceof Y.AbstractType)) return STRAY
  const holder = containerOf(review, parent as Y.AbstractType<unknown>)
  if (holder.kind === 'root') {
    if (holder.root === 'paragraphs' && isParagraphId(key)) return { kind: 'paragraph', id: key }
    if (holder.root === 'proposals' && isProposalId(key)) return { kind: 'proposal', id: key }
  }
  if (!(type instanceof Y.Text)) return STRAY
  if (holder.kind === 'paragraph' && key === 'text') return { kind: 'text', host: holder.id, text: type }
  if (holder.kind === 'proposal' && key === 'content') return { kind: 'text', host: holder.id, text: type }
  return STRAY
}

/**
 * Returns the container for a type that a new struct creates. Whether it may be created is judged in
 * `rules.ts`.
 */
export function containerOfNew(review: Review, struct: Struct, place: StructPlace): Container {
  const { container, key } = place
  let made: Container = STRAY
  if (container.kind === 'root' && container.root === 'proposals' && isProposalId(key))
    made = { kind: 'proposal', id: key }
  if (container.kind === 'proposal' && key === 'content' && isText(struct))
    made = { kind: 'text', host: container.id, text: null }
  review.containers.set(struct, made)
  return made
}

const isText = (struct: Struct): boolean => struct.content.kind === 'type' && struct.content.ref === TYPE_TEXT

/** Returns the place of an item that is stored or has been visited; null for a GC struct and for others. */
export function placeOfId(review: Review, id: Id): StructPlace | null {
  if (id.clock < knownState(review, id.client)) {
    const item = storedItem(review, id)
    return item instanceof Y.Item ? placeOfItem(review, item) : null
  }
  const progress = review.sections.get(id.client)
  if (!progress || id.clock >= progress.state) return null
  return progress.places[indexAt(progress.section.structs, id.clock, progress.next)] ?? null
}

export const placeOfItem = (review: Review, item: Y.Item): StructPlace => ({
  container: containerOf(review, item.parent as Y.AbstractType<unknown>),
  key: item.parentSub,
})

/** Returns the visited new struct that holds a clock, or null. */
export function followedStruct(review: Review, id: Id): Struct | null {
  const progress = review.sections.get(id.client)
  if (!progress || id.clock < progress.known || id.clock >= progress.state) return null
  return progress.section.structs[indexAt(progress.section.structs, id.clock, progress.next)] ?? null
}

/** Returns the type that an item creates, or null when it creates none. */
function typeAt(review: Review, id: Id): Container | null {
  if (id.clock < knownState(review, id.client)) {
    const item = storedItem(review, id)
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) return null
    return containerOf(review, item.content.type as Y.AbstractType<unknown>)
  }
  const struct = followedStruct(review, id)
  return (struct && review.containers.get(struct)) ?? null
}

/**
 * Returns where a struct writes. Everything that it refers to must have been visited. Its two origins must
 * agree.
 */
export function placeOfStruct(review: Review, struct: Struct): StructPlace | AdmissionCode {
  const { origin, rightOrigin, parent, key } = struct
  if (origin === null && rightOrigin === null) {
    if (typeof parent !== 'string') {
      const container = parent && typeAt(review, parent)
      return container ? { container, key } : 'unknown-item'
    }
    if (!isRoot(parent)) return 'unknown-root'
    return { container: containerOf(review, review.od[parent] as Y.AbstractType<unknown>), key }
  }
  const left = origin && placeOfId(review, origin)
  const right = rightOrigin && placeOfId(review, rightOrigin)
  if ((origin && !left) || (rightOrigin && !right)) return 'unknown-item'
  if (left && right && !samePlace(left, right)) return 'mixed-origins'
  return (left ?? right) as StructPlace
}

/** Two stray types are never the same place, since it is not known which types they are. */
export const samePlace = (a: StructPlace, b: StructPlace): boolean =>
  a.container === b.container && a.key === b.key && a.container.kind !== 'stray'
