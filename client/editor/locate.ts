import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { offsetIn } from '#shared/document/drafts.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { Caret, CaretPlace } from '#shared/protocol/wire.ts'
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
export function positionOf(
  projection: Projection,
  doc: Node,
  { host, index, lean }: CaretWish,
): number | null {
  const id = projection.proposals.blockOf(host)
  let pos: number | null = null
  doc.forEach((node, offset) => {
    if (idOf(node) !== id || !node.isTextblock) return
    const at = offsetsOf(node, host, index)
    pos = offset + 1 + (at ? at[lean] : node.content.size)
  })
  return pos
}

/** A selection that was elsewhere told as places; null where one of them is not shown here. */
export function selectionAt(
  projection: Projection,
  doc: Node,
  { anchor, head }: Caret,
): TextSelection | null {
  const position = ({ host, item }: CaretPlace): number | null => {
    const index = offsetIn(projection.od, host, item)
    return index === null ? null : positionOf(projection, doc, { host, index, lean: 'left' })
  }
  const [from, to] = [position(anchor), position(head)]
  return from === null || to === null ? null : TextSelection.create(doc, from, to)
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
