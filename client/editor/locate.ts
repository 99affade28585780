import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { placesNow } from '#shared/document/follow/caret-place.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { CaretPlace } from '#shared/model/caret.ts'
import type { CaretTarget } from './operations.ts'
import { idOf, offsetsOf, signAround } from './places.ts'

/** Maps positions of the whole shown document to offsets in its blocks, and back. */

export function childById(doc: Node, id: HostId): Node | null {
  let found: Node | null = null
  doc.forEach((node) => {
    if (idOf(node) === id) found = node
  })
  return found
}

export interface BlockRange {
  readonly block: Node
  /** Offsets in the block. */
  readonly from: number
  readonly to: number
}

/** The text blocks between two positions, with the offsets in each. */
export function blocksIn(doc: Node, from: number, to: number): BlockRange[] {
  const found: BlockRange[] = []
  doc.forEach((node, offset) => {
    const start = offset + 1
    const end = start + node.content.size
    if (!node.isTextblock || end < from || start > to) return
    found.push({ block: node, from: Math.max(0, from - start), to: Math.min(node.content.size, to - start) })
  })
  return found
}

/** The position of a place in the shown document, at most the end of its block; null when its block is not shown. */
export function positionOf(projection: Projection, doc: Node, wish: CaretTarget): number | null {
  const at = shownPosition(projection, doc, wish)
  if (at !== null) return at
  const id = projection.proposals.blockOf(wish.host)
  const start = id && startOf(doc, id)
  const block = id && childById(doc, id)
  return start === null || !block?.isTextblock ? null : start + block.content.size
}

/** The position of a place in the shown document; null when this very place is not shown. */
export function shownPosition(
  projection: Projection,
  doc: Node,
  { host, index, lean }: CaretTarget,
): number | null {
  const id = projection.proposals.blockOf(host)
  let pos: number | null = null
  doc.forEach((node, offset) => {
    if (idOf(node) !== id || !node.isTextblock) return
    const at = offsetsOf(node, host, index)
    pos = at && offset + 1 + at[lean]
  })
  return pos
}

/**
 * The position of a caret, also when its characters have moved to another host; null when this view does not show it.
 */
export function caretPosition(projection: Projection, doc: Node, place: CaretPlace): number | null {
  for (const at of placesNow(projection.od, place)) {
    const pos = shownPosition(projection, doc, at)
    if (pos !== null) return pos
  }
  return null
}

/** Keeps the selection at its offsets in a block whose content is unchanged but whose position may have changed. */
export function keepInBlock(tr: Transaction, { doc, selection }: EditorState, id: HostId): void {
  const before = startOf(doc, id)
  const after = startOf(tr.doc, id)
  if (before === null || after === null) return
  const { from, to, anchor, head } = selection
  if (from < before || to > before + doc.resolve(before).parent.content.size) return
  const [wanted, end] = [anchor - before + after, head - before + after]
  if (tr.selection.anchor === wanted && tr.selection.head === end) return
  tr.setSelection(TextSelection.create(tr.doc, wanted, end))
}

/** The position at which a block's text starts. */
function startOf(doc: Node, id: HostId): number | null {
  let start: number | null = null
  doc.forEach((node, offset) => {
    if (idOf(node) === id) start = offset + 1
  })
  return start
}

/**
 * Moves a caret out of a sign: onward in the direction of a single step, else to the nearer side. `before`: old head.
 */
export function stepOverSigns(tr: Transaction, before: number): void {
  const { selection } = tr
  if (!(selection instanceof TextSelection)) return
  const { $head } = selection
  const sign = signAround($head.parent, $head.parentOffset)
  if (!sign) return
  const stepped = Math.abs(before - selection.head) <= 1
  const forwards = stepped
    ? selection.head > before
    : $head.parentOffset - sign.from > sign.to - $head.parentOffset
  const head = $head.start() + (forwards ? sign.to : sign.from)
  tr.setSelection(TextSelection.create(tr.doc, selection.empty ? head : selection.anchor, head))
}
