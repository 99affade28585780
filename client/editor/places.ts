import type { Node } from 'prosemirror-model'
import type { HostPlace } from '#shared/document/follow/caret-place.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'

/**
 * Maps offsets in a shown paragraph to places (host and index) in the texts behind it, and back. The mapping is
 * computed from the shown paragraph alone, so it also holds while that is held and the texts have changed.
 *
 * Invariants: a sign has width in the paragraph and none in any text. `wording-start` enters a proposal's content and
 * `wording-end` leaves it, and they are properly nested. All other characters belong to the innermost host entered.
 */
interface Step {
  readonly node: Node
  /** Offset in the paragraph. */
  readonly offset: number
  readonly sign: { readonly id: ProposalId; readonly side: string } | null
  /** The host and index where this node starts. */
  readonly host: HostId
  readonly index: number
}

/** The host that a block shows. */
export const idOf = (block: Node): HostId => block.attrs.id as HostId

/** The proposal and side of a sign; null for words and for no node. */
export function signOf(node: Node | null | undefined): { id: ProposalId; side: string } | null {
  const mark = node?.marks.find(({ type }) => type.name === 'sign')
  return mark ? { id: mark.attrs.id as ProposalId, side: mark.attrs.side as string } : null
}

interface Frame {
  host: HostId
  index: number
}

/** Visits a paragraph's inline nodes until `visit` returns false. Returns the place where it stopped, or the end. */
function walk(block: Node, visit: (step: Step) => boolean | undefined): HostPlace {
  const base: Frame = { host: idOf(block), index: 0 }
  const stack: Frame[] = [base]
  let offset = 0
  for (let i = 0; i < block.childCount; i++) {
    const node = block.child(i)
    const sign = signOf(node)
    const top = stack.at(-1) ?? base
    if (visit({ node, offset, sign, host: top.host, index: top.index }) === false) return { ...top }
    if (sign === null) top.index += node.nodeSize
    else if (sign.side === 'wording-start') stack.push({ host: sign.id, index: 0 })
    else if (sign.side === 'wording-end' && stack.length > 1) stack.pop()
    offset += node.nodeSize
  }
  return { ...(stack.at(-1) ?? base) }
}

/** The place of an offset in the paragraph. An offset inside a sign has the place where the sign starts. */
export function placeAt(block: Node, offset: number): HostPlace {
  let found: HostPlace | null = null
  const end = walk(block, (step) => {
    if (offset > step.offset && offset >= step.offset + step.node.nodeSize) return undefined
    if (offset <= step.offset) found = { host: step.host, index: step.index }
    else found = { host: step.host, index: step.index + (step.sign ? 0 : offset - step.offset) }
    return false
  })
  return found ?? end
}

/**
 * The leftmost and the rightmost offset at which an index of a host is shown; they differ when signs stand there. Null
 * when the paragraph does not show that index.
 */
export function offsetsOf(block: Node, host: HostId, index: number): { left: number; right: number } | null {
  let left: number | null = null
  let right: number | null = null
  let shown = idOf(block) === host
  const end = walk(block, (step) => {
    if (step.host !== host) return undefined
    shown = true
    const size = step.sign ? 0 : step.node.nodeSize
    if (index < step.index || index > step.index + size) return undefined
    const at = step.offset + (index - step.index)
    left ??= at
    right = at
    return undefined
  })
  if (shown && end.host === host && end.index === index) {
    left ??= block.content.size
    right = block.content.size
  }
  return left === null || right === null ? null : { left, right }
}

export interface Covered {
  /** The range of each host's text that lies in the selection. */
  readonly ranges: ReadonlyMap<HostId, { start: number; end: number }>
  /** Proposals whose whole wording lies in the selection, both of its signs included. */
  readonly whole: readonly ProposalId[]
}

/** What a selection between two offsets of a paragraph covers, by host in the order in which hosts are met. */
export function covered(block: Node, from: number, to: number): Covered {
  const ranges = new Map<HostId, { start: number; end: number }>()
  const entered = new Set<ProposalId>()
  const whole: ProposalId[] = []
  walk(block, ({ node, offset, sign, host, index }) => {
    if (offset >= to) return false
    const start = Math.max(offset, from)
    const end = Math.min(offset + node.nodeSize, to)
    if (end <= start) return undefined
    if (sign) {
      if (sign.side === 'wording-start') entered.add(sign.id)
      if (sign.side === 'wording-end' && entered.has(sign.id)) whole.push(sign.id)
      return undefined
    }
    const known = ranges.get(host)
    const stop = index + (end - offset)
    if (known) known.end = stop
    else ranges.set(host, { start: index + (start - offset), end: stop })
    return undefined
  })
  return { ranges, whole }
}

/** The sign node around an offset; null when the offset is not strictly inside one. */
export function signAround(block: Node, offset: number): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null
  walk(block, (step) => {
    const end = step.offset + step.node.nodeSize
    if (step.sign && offset > step.offset && offset < end) found = { from: step.offset, to: end }
    return step.offset >= offset ? false : undefined
  })
  return found
}
