import type { Node } from 'prosemirror-model'
import type { ProposalId } from '#shared/model/ids.ts'
import { signOf } from '../places.ts'

/** The position after the first run of a proposal's bracket; null when it is not shown. */
export function bracketEnd(doc: Node, id: ProposalId): number | null {
  let end: number | null = null
  doc.descendants((node, pos) => {
    const marked = node.isText && node.marks.some((mark) => mark.attrs.id === id)
    if (marked && (end === null || end === pos)) end = pos + node.nodeSize
    return !node.isText
  })
  return end
}

/** The position right before the sign that ends a proposal's wording; null when it has none. */
export function wordingEnd(doc: Node, id: ProposalId): number | null {
  let end: number | null = null
  doc.descendants((node, pos) => {
    const sign = signOf(node)
    if (sign?.id === id && (sign.side === 'wording-end' || sign.side === 'frame-end')) end = pos
    return node.type.name === 'doc' || node.isTextblock
  })
  return end
}
