import type { Node } from 'prosemirror-model'
import { Fragment, Slice } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import type { Block } from '#shared/document/composition/projection.ts'
import { difference } from './difference.ts'
import type { Drawer } from './draw.ts'
import { idOf } from '../places.ts'

/**
 * Adds to `tr` the smallest replacements that bring the shown document to `blocks`, so that positions elsewhere, the
 * selection and the browser's state survive. `changes.structure`: blocks were added, removed or moved; `changes.dirty`:
 * ids of blocks with changed content. `held`: id of a block in which a composition runs; it is left as it is.
 */
export function patch(
  tr: Transaction,
  drawer: Drawer,
  blocks: readonly Block[],
  changes: { readonly structure: boolean; readonly dirty: ReadonlySet<string> },
  held: string | null,
): void {
  const old: Node[] = []
  tr.doc.forEach((node) => old.push(node))
  if (!changes.structure) return patchBlocks(tr, drawer, blocks, old, changes.dirty, held)
  const wanted = wantedNodes(drawer, blocks, old, changes.dirty, held)
  let head = 0
  while (head < old.length && head < wanted.length && idOf(old[head]!) === idOf(wanted[head]!)) head++
  let tail = 0
  const rest = Math.min(old.length, wanted.length) - head
  while (tail < rest && idOf(old.at(-1 - tail)!) === idOf(wanted.at(-1 - tail)!)) tail++
  // From the end to the start, so that positions before stay valid.
  let pos = tr.doc.content.size
  for (let i = 1; i <= tail; i++) {
    pos -= old.at(-i)!.nodeSize
    patchBlock(tr, pos, old.at(-i)!, wanted.at(-i)!)
  }
  const middle = old.slice(head, old.length - tail)
  const from = middle.reduce((at, node) => at - node.nodeSize, pos)
  const fresh = wanted.slice(head, wanted.length - tail)
  if (middle.length > 0 || fresh.length > 0) tr.replace(from, pos, new Slice(Fragment.fromArray(fresh), 0, 0))
  pos = from
  for (let i = head - 1; i >= 0; i--) {
    pos -= old[i]!.nodeSize
    patchBlock(tr, pos, old[i]!, wanted[i]!)
  }
}

function wantedNodes(
  drawer: Drawer,
  blocks: readonly Block[],
  old: readonly Node[],
  dirty: ReadonlySet<string>,
  held: string | null,
): Node[] {
  const shown = new Map(old.map((node) => [idOf(node) as string, node]))
  const wanted = blocks.map((block) => {
    const node = shown.get(block.id)
    if (!node || (dirty.has(block.id) && block.id !== held)) return drawer.block(block)
    if (block.id === held) return node
    const attributes = drawer.attributes(block)
    const same = Object.entries(attributes).every(([name, value]) => node.attrs[name] === value)
    return same ? node : node.type.create(attributes, node.content)
  })
  // The paragraph of a running composition stays, even if it was removed from the text.
  const going = held === null || blocks.some((block) => block.id === held) ? undefined : shown.get(held)
  if (going) wanted.splice(old.indexOf(going), 0, going)
  return wanted.length > 0 ? wanted : [old[0]!]
}

function patchBlocks(
  tr: Transaction,
  drawer: Drawer,
  blocks: readonly Block[],
  old: readonly Node[],
  dirty: ReadonlySet<string>,
  held: string | null,
): void {
  let pos = tr.doc.content.size
  for (let i = old.length - 1; i >= 0; i--) {
    const node = old[i]!
    pos -= node.nodeSize
    const id = idOf(node)
    if (!dirty.has(id) || id === held) continue
    const block = blocks[i]?.id === id ? blocks[i] : blocks.find((candidate) => candidate.id === id)
    if (block) patchBlock(tr, pos, node, drawer.block(block))
  }
}

function patchBlock(tr: Transaction, pos: number, old: Node, wanted: Node): void {
  if (old === wanted) return
  if (old.type !== wanted.type) {
    tr.replaceWith(pos, pos + old.nodeSize, wanted)
    return
  }
  const changed = difference(old.content, wanted.content)
  if (changed) {
    const { from, toA, toB } = changed
    tr.replace(pos + 1 + from, pos + 1 + toA, wanted.slice(from, toB))
  }
  for (const [name, value] of Object.entries(wanted.attrs)) {
    if (old.attrs[name] !== value) tr.setNodeAttribute(pos, name, value)
  }
}

/**
 * Whether `after`, reached from `before` by a transaction of ProseMirror's own, is exactly what {@link patch} would
 * lead to: every dirty block was changed, and every changed block is equal to the block composed anew. Only for
 * changes that leave the list of blocks as it is.
 */
export function isPatched(
  before: Node,
  after: Node,
  drawer: Drawer,
  blocks: readonly Block[],
  dirty: ReadonlySet<string>,
): boolean {
  if (after.childCount !== before.childCount) return false
  let touched = 0
  for (let i = 0; i < after.childCount; i++) {
    const node = after.child(i)
    if (node === before.child(i)) {
      if (dirty.has(idOf(node))) return false
      continue
    }
    touched++
    const block = blocks[i]
    if (!block || block.id !== idOf(node) || !drawer.block(block).eq(node)) return false
  }
  return touched > 0
}
