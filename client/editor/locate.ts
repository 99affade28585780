import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { placesNow } from '#shared/document/follow/caret-place.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { CaretPlace } from '#shared/model/caret.ts'
import type { CaretWish } from './operations.ts'
import { idOf, offsetsOf, signAround } from './places.ts'

/** Between positions of the whole shown document and its blocks. */

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

/** The position of a place in the shown document; null when it is not shown. Past the end of a text: its end. */
export function positionOf(projection: Projection, doc: Node, wish: CaretWish): number | null {
  const at = shownPosition(projection, doc, wish)
  if (at !== null) return at
  const id = projection.proposals.blockOf(wish.host)
  const start = id && startOf(doc, id)
  const block = id && childById(doc, id)
  return start === null || !block?.isTextblock ? null : start + block.content.size
}

/** The position of a place in the shown document; null when just this place is not shown. */
export function shownPosition(
  projection: Projection,
  doc: Node,
  { host, index, lean }: CaretWish,
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

/** Where a caret stands, wherever its characters have gone; null where this view shows nothing of its paragraph. */
export function caretPosition(projection: Projection, doc: Node, place: CaretPlace): number | null {
  for (const at of placesNow(projection.od, place)) {
    const pos = shownPosition(projection, doc, at)
    if (pos !== null) return pos
  }
  return null
}

/** A block that is shown as it was keeps the selection in it, also when it was put elsewhere in the document. */
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
export function startOf(doc: Node, id: HostId): number | null {
  let start: number | null = null
  doc.forEach((node, offset) => {
    if (idOf(node) === id) start = offset + 1
  })
  return start
}

/** A caret never rests inside a name or between the signs of one bracket: it goes on in the direction it came. */
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
