import * as Y from 'yjs'
import { isLiveHost, isOpen } from '#shared/document/open.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Projection } from '#shared/document/projection.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Anchor, ItemId } from '#shared/model/proposal.ts'
import { accessTo } from './rights.ts'

/** Anchors that follow words which an undo brought back: not a step of their own to be undone. */
export const REANCHOR = { kind: 'reanchor' } as const

export interface UndoOptions {
  readonly projection: Projection
  readonly actor: Actor
  /** The origin of the gestures to undo. */
  readonly origin: object
  /** Milliseconds within which gestures become one step. */
  readonly captureTimeout?: number
}

/**
 * One stack for one person: only own gestures, and never a colleague's words. A proposal's creation is undone by
 * taking its words and its anchor away; the proposal itself stays, empty and unseen, because no type is ever deleted.
 */
export function createUndo({ projection, actor, origin, captureTimeout = 500 }: UndoOptions): Y.UndoManager {
  const { od } = projection
  const undo = new OpenUndo(od, {
    trackedOrigins: new Set([origin]),
    captureTimeout,
    deleteFilter: (item) => mayDelete(od, projection, item),
  })
  undo.on('stack-item-popped', ({ changedParentTypes }) => {
    const hosts = [...changedParentTypes.keys()].flatMap((type) => hostOfText(od, type) ?? [])
    if (hosts.length > 0) od.doc.transact(() => reanchor(projection, actor, hosts), REANCHOR)
  })
  return undo
}

type Stack = Y.UndoManager['undoStack']
type Ranges = Stack[number]['insertions']

/** Takes back only what stands in texts that are still open: in a decided one the server would refuse it. */
class OpenUndo extends Y.UndoManager {
  readonly #od: OutcomeDocument

  constructor(od: OutcomeDocument, options: ConstructorParameters<typeof Y.UndoManager>[1]) {
    const scope = [od.proposals, od.anchors, od.paragraphs] as Y.AbstractType<unknown>[]
    super(scope, { ...options, doc: od.doc })
    this.#od = od
  }

  override undo(): Stack[number] | null {
    this.#forgetClosed(this.undoStack)
    return super.undo()
  }

  override redo(): Stack[number] | null {
    this.#forgetClosed(this.redoStack)
    return super.redo()
  }

  #forgetClosed(stack: Stack): void {
    for (const item of stack) {
      item.insertions = this.#openOf(item.insertions)
      item.deletions = this.#openOf(item.deletions)
    }
  }

  #openOf({ clients }: Ranges): Ranges {
    const open = Y.createDeleteSet()
    for (const [client, ranges] of clients) {
      const kept: typeof ranges = []
      for (const range of ranges) {
        const end = range.clock + range.len
        for (let clock = range.clock; clock < end;) {
          const item = Y.getItem(this.#od.doc.store, Y.createID(client, clock))
          const len = Math.min(end, item.id.clock + item.length) - clock
          if (item instanceof Y.Item && isInOpen(this.#od, item)) kept.push({ clock, len })
          clock += len
        }
      }
      if (kept.length > 0) open.clients.set(client, kept)
    }
    return open
  }
}

function isInOpen(od: OutcomeDocument, item: Y.Item): boolean {
  if ((item.parent as unknown) === od.anchors) return isOpen(od, item.parentSub as ProposalId)
  const host = hostOfText(od, item.parent)
  return host === null || isLiveHost(od, host)
}

function mayDelete(od: OutcomeDocument, projection: Projection, item: Y.Item): boolean {
  const parent = item.parent as unknown
  if (parent === od.proposals || parent === od.paragraphs) return false
  if (parent instanceof Y.Map && parent._item && (parent._item.parent as unknown) === od.proposals)
    return false
  if (parent !== od.anchors || item.parentSub === null) return true
  const id = item.parentSub as ProposalId
  return projection.proposals.on(id).length === 0 && !holdsOthersWords(od, id)
}

function holdsOthersWords(od: OutcomeDocument, id: ProposalId): boolean {
  const content = od.proposals.get(id)?.get('content') as Y.Text | undefined
  for (let item = content?._start ?? null; item !== null; item = item.right) {
    if (!item.deleted && item.countable && item.id.client !== od.doc.clientID) return true
  }
  return false
}

function hostOfText(od: OutcomeDocument, type: unknown): HostId | null {
  const container =
    type instanceof Y.Text ? (type._item?.parent as Y.AbstractType<unknown> | undefined) : undefined
  const root = container?._item?.parent as unknown
  if (root !== od.paragraphs && root !== od.proposals) return null
  return (container?._item?.parentSub as HostId | null | undefined) ?? null
}

/** An undone deletion makes new characters. Whoever stood on the old ones stands on the new ones again. */
function reanchor(projection: Projection, actor: Actor, hosts: readonly HostId[]): void {
  const { od, proposals } = projection
  for (const host of hosts) {
    const hostIsMine = accessTo(projection, actor, host) === 'direct'
    for (const { id, head, anchor } of proposals.on(host)) {
      if (!hostIsMine && head.by !== actor.participant) continue
      const followed = anchor && follow(od, anchor)
      if (followed && followed !== anchor) od.anchors.set(id, followed)
    }
  }
}

function follow(od: OutcomeDocument, anchor: Anchor): Anchor {
  if (anchor.kind === 'range') {
    const start = redone(od, anchor.start)
    const end = redone(od, anchor.end)
    return start === anchor.start && end === anchor.end ? anchor : { ...anchor, start, end }
  }
  if (anchor.kind !== 'point' || anchor.at === null) return anchor
  const at = redone(od, anchor.at)
  return at === anchor.at ? anchor : { ...anchor, at }
}

/** The same tuple when nothing was made anew. */
function redone(od: OutcomeDocument, original: ItemId): ItemId {
  let id = Y.createID(original[0], original[1])
  let moved = false
  for (let steps = 0; steps < 1_000; steps++) {
    const item = Y.getItem(od.doc.store, id)
    if (!(item instanceof Y.Item) || item.redone === null) break
    id = Y.createID(item.redone.client, item.redone.clock + (id.clock - item.id.clock))
    moved = true
  }
  return moved ? [id.client, id.clock] : original
}
