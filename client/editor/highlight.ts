import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { idOf, signOf } from './places.ts'

/** The current bracket, and what was just scrolled to: decorations, so that the text knows nothing of them. */
interface Highlights {
  readonly current: ProposalId | null
  readonly revealed: HostId | null
}

const KEY = new PluginKey<Highlights>('highlight')

export const highlightPlugin = (): Plugin<Highlights> =>
  new Plugin<Highlights>({
    key: KEY,
    state: {
      init: () => ({ current: null, revealed: null }),
      apply: (tr, value) => ({ ...value, ...(tr.getMeta(KEY) as Partial<Highlights> | undefined) }),
    },
    props: { decorations },
  })

export const highlight = (state: EditorState, change: Partial<Highlights>) => state.tr.setMeta(KEY, change)

function decorations(state: EditorState): DecorationSet {
  const { current, revealed } = KEY.getState(state) ?? { current: null, revealed: null }
  const found: Decoration[] = []
  if (current) found.push(...inline(state.doc, current, 'current'))
  if (revealed && isProposalId(revealed)) found.push(...inline(state.doc, revealed, 'revealed'))
  else if (revealed) {
    state.doc.forEach((node, offset) => {
      if (idOf(node) === revealed)
        found.push(Decoration.node(offset, offset + node.nodeSize, { class: 'revealed' }))
    })
  }
  return found.length > 0 ? DecorationSet.create(state.doc, found) : DecorationSet.empty
}

/** Kept for as long as a block is shown unchanged: only what a key has changed is looked through again. */
const idsByBlock = new WeakMap<Node, ReadonlySet<unknown>>()

function idsIn(block: Node): ReadonlySet<unknown> {
  const known = idsByBlock.get(block)
  if (known) return known
  const ids = new Set<unknown>()
  block.forEach(({ marks }) => {
    for (const mark of marks) ids.add(mark.attrs.id)
  })
  idsByBlock.set(block, ids)
  return ids
}

/** The positions of a proposal's bracket: its wording, the words it strikes, and its signs. */
export function rangesOf(doc: Node, id: ProposalId): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = []
  doc.forEach((block, start) => {
    if (!block.isTextblock || !idsIn(block).has(id)) return
    block.forEach((node, offset) => {
      if (!node.marks.some((mark) => mark.attrs.id === id)) return
      const from = start + 1 + offset
      const last = ranges.at(-1)
      if (last?.to === from) last.to = from + node.nodeSize
      else ranges.push({ from, to: from + node.nodeSize })
    })
  })
  return ranges
}

/** The position right before the sign that ends a proposal's wording; null where it has none. */
export function wordingEnd(doc: Node, id: ProposalId): number | null {
  let end: number | null = null
  doc.descendants((node, pos) => {
    const sign = signOf(node)
    if (sign?.id === id && (sign.side === 'wording-end' || sign.side === 'frame-end')) end = pos
    return node.type.name === 'doc' || node.isTextblock
  })
  return end
}

const inline = (doc: Node, id: ProposalId, name: string): Decoration[] =>
  rangesOf(doc, id).map(({ from, to }) => Decoration.inline(from, to, { class: name }))
