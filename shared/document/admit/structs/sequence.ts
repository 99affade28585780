import type { Id } from '../decode/decode.ts'
import { indexAt } from '../../text/search.ts'

/**
 * A copy of a text as Yjs orders it, on which insertions can be tried: nodes of consecutive units, deleted ones
 * included.
 */

export interface Node extends Id {
  readonly client: number
  readonly clock: number
  length: number
  readonly origin: Id | null
  readonly rightOrigin: Id | null
  next: Node | null
}

export interface Sequence {
  first: Node | null
  /** By Yjs client id; each list ascending by clock. */
  readonly nodes: Map<number, Node[]>
}

/** Copies items in their order. */
export function sequenceOf(items: Iterable<Omit<Node, 'next'>>): Sequence {
  const sequence: Sequence = { first: null, nodes: new Map() }
  let last: Node | null = null
  for (const { client, clock, length, origin, rightOrigin } of items) {
    const node: Node = { client, clock, length, origin, rightOrigin, next: null }
    if (last) last.next = node
    else sequence.first = node
    last = node
    const list = sequence.nodes.get(client)
    if (list) list.push(node)
    else sequence.nodes.set(client, [node])
  }
  for (const list of sequence.nodes.values()) list.sort((a, b) => a.clock - b.clock)
  return sequence
}

/** Returns the node that holds a unit, or null. */
function nodeAt({ nodes }: Sequence, { client, clock }: Id): Node | null {
  const list = nodes.get(client)
  const node = list?.[indexAt(list, clock)]
  return node && node.clock <= clock && clock < node.clock + node.length ? node : null
}

/**
 * Returns the node that ends with a unit, cutting the one that holds it where necessary; null when there is
 * none.
 */
export function endingAt(sequence: Sequence, id: Id): Node | null {
  const node = nodeAt(sequence, id)
  if (node && id.clock < node.clock + node.length - 1) cut(sequence, node, id.clock + 1)
  return node
}

/**
 * Returns the node that starts with a unit, cutting the one that holds it where necessary; null when there is
 * none.
 */
export function startingAt(sequence: Sequence, id: Id): Node | null {
  const node = nodeAt(sequence, id)
  return node && node.clock < id.clock ? cut(sequence, node, id.clock) : node
}

function cut(sequence: Sequence, node: Node, clock: number): Node {
  const { client, rightOrigin, next } = node
  const length = node.clock + node.length - clock
  const right: Node = { client, clock, length, origin: { client, clock: clock - 1 }, rightOrigin, next }
  node.length = clock - node.clock
  node.next = right
  const list = sequence.nodes.get(client) ?? []
  list.splice(indexAt(list, clock) + 1, 0, right)
  return right
}

export function insertAfter(sequence: Sequence, left: Node | null, node: Node): void {
  node.next = left ? left.next : sequence.first
  if (left) left.next = node
  else sequence.first = node
  const list = sequence.nodes.get(node.client)
  if (list) list.splice(indexAt(list, node.clock) + 1, 0, node)
  else sequence.nodes.set(node.client, [node])
}

/** Returns the node behind which Yjs inserts a new one with the origins `left` and `right` (the YATA algorithm). */
export function placeAfter(
  sequence: Sequence,
  node: Node,
  left: Node | null,
  right: Node | null,
): Node | null {
  let place = left
  const passed = new Set<Node | null>()
  let conflicting = new Set<Node | null>()
  for (let other = left ? left.next : sequence.first; other && other !== right; other = other.next) {
    passed.add(other)
    conflicting.add(other)
    if (sameId(node.origin, other.origin)) {
      if (other.client < node.client) {
        place = other
        conflicting = new Set()
      } else if (sameId(node.rightOrigin, other.rightOrigin)) break
      continue
    }
    const origin = other.origin && nodeAt(sequence, other.origin)
    if (!origin || !passed.has(origin)) break
    if (!conflicting.has(origin)) {
      place = other
      conflicting = new Set()
    }
  }
  return place
}

export const sameId = (a: Id | null, b: Id | null): boolean =>
  a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
