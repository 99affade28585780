import * as Y from 'yjs'
import { isInAgreed } from '#shared/document/agreement.ts'
import { isOwnedBy } from '#shared/document/attribution.ts'
import { isLiveHost, isOpen } from '#shared/document/open.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { holderOf, hostText, isTabled, spaceOf } from '#shared/document/schema.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Anchor, ItemId } from '#shared/model/proposals/proposal.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import { can } from '#shared/model/role.ts'
import { isLeaving } from './rights/rights.ts'

/** Transaction origin of anchors that are moved to words brought back by undo. It is not tracked as a step. */
const REANCHOR = { kind: 'reanchor' } as const

export interface UndoOptions {
  readonly projection: Projection
  readonly actor: Actor
  /** Transaction origin of the gestures to undo. */
  readonly origin: object
  /** Milliseconds within which gestures become one step. */
  readonly captureTimeout?: number
}

/** Undoes and redoes own gestures, the last one first. Both return false when no step is left. */
export interface Undo {
  undo(): boolean
  redo(): boolean
  destroy(): void
  /** Call after refused changes were taken out of the documents: a refused deletion is not a step any more. */
  forgetRefused(): void
  /**
   * The same steps for other document objects with the same item ids, without items they do not hold. Destroys this.
   */
  carriedTo(projection: Projection): Undo
}

/**
 * Creates one person's undo over the room's document and the private spaces.
 *
 * Invariants:
 *
 * - Only own gestures are undone, never a colleague's words. Steps of all documents are undone in one common order.
 * - No shared type is deleted. Undoing a proposal's creation removes its words and its anchor; the proposal itself
 *   stays, empty and not shown.
 * - Nothing is undone in texts that are closed (decided, agreed or tabled), because the server would refuse it.
 * - Yjs brings deleted words back as new items. Anchors that the person may write are moved from the deleted items to
 *   the new ones; the server checks that the new ones stem from an undo.
 */
export const createUndo = (options: UndoOptions): Undo => undoOver(options, new Map(), 0)

/** The steps by document: null for the room's, otherwise the participant whose private space it is. */
type StepsOf = ReadonlyMap<ParticipantId | null, OpenUndo>

function undoOver(options: UndoOptions, steps: StepsOf, last: number): Undo {
  const { od } = options.projection
  const order = new Order(last)
  const of = new Map<ParticipantId | null, OpenUndo>([[null, stackOf(od, options)]])
  for (const space of od.spaces ?? []) of.set(space.participant, stackOf(space.od, options))
  for (const [participant, stack] of of) {
    const former = steps.get(participant)
    if (former) stack.carry(former)
  }
  const stacks = [...of.values()]
  order.follow(stacks)
  const destroy = () => {
    for (const stack of stacks) stack.destroy()
  }
  return {
    undo: () => order.take('undo'),
    redo: () => order.take('redo'),
    destroy,
    forgetRefused: () => {
      for (const stack of stacks) stack.forgetRefused()
    },
    carriedTo: (projection) => {
      const carried = undoOver({ ...options, projection }, of, order.last)
      destroy()
      return carried
    },
  }
}

type Way = 'undo' | 'redo'
const STEP = 'informals-step'

/** Numbers the steps of several documents, so that the last one of all is undone first. */
class Order {
  #stacks: readonly OpenUndo[] = []
  #step: number

  constructor(last: number) {
    this.#step = last
  }

  /** The number of the last step. */
  get last(): number {
    return this.#step
  }

  follow(stacks: readonly OpenUndo[]): void {
    this.#stacks = stacks
    for (const stack of stacks) stack.on('stack-item-added', (event) => this.#added(stack, event))
  }

  /** Undoes or redoes the last step that still changes something. False when there is none. */
  take(way: Way): boolean {
    for (;;) {
      const stack = this.#last(way)
      if (!stack) return false
      if (stack[way]() !== null) return true
    }
  }

  #added(stack: OpenUndo, { stackItem, type }: { stackItem: Stack[number]; type: Way }): void {
    stackItem.meta.set(STEP, ++this.#step)
    const others = this.#stacks.filter((other) => other !== stack)
    // Later gestures in the other documents must begin new steps, or they would be undone out of order.
    for (const other of others) other.stopCapturing()
    if (type === 'undo' && !stack.redoing) for (const other of others) other.clear(false, true)
  }

  #last(way: Way): OpenUndo | null {
    let last: { stack: OpenUndo; step: number } | null = null
    for (const stack of this.#stacks) {
      const item = (way === 'undo' ? stack.undoStack : stack.redoStack).at(-1)
      const step = (item?.meta.get(STEP) as number | undefined) ?? 0
      if (item && (last === null || step > last.step)) last = { stack, step }
    }
    return last?.stack ?? null
  }
}

function stackOf(
  od: OutcomeDocument,
  { projection, actor, origin, captureTimeout = 500 }: UndoOptions,
): OpenUndo {
  const undo = new OpenUndo(od, projection, {
    trackedOrigins: new Set([origin]),
    captureTimeout,
    deleteFilter: (item) => mayDelete(od, projection, item),
  })
  undo.on('stack-item-popped', ({ changedParentTypes }) => {
    const hosts = [...changedParentTypes.keys()].flatMap((type) => hostOfText(od, type) ?? [])
    if (hosts.length > 0) reanchor(projection, actor, hosts)
  })
  return undo
}

const EMPTIED = 'emptied/'

type Stack = Y.UndoManager['undoStack']
type Ranges = Stack[number]['insertions']

/** An undo manager for one document. It undoes only what stands in texts that are still open. */
class OpenUndo extends Y.UndoManager {
  readonly #od: OutcomeDocument
  readonly #shown: OutcomeDocument

  constructor(
    od: OutcomeDocument,
    { od: shown }: Projection,
    options: ConstructorParameters<typeof Y.UndoManager>[1],
  ) {
    const scope = [od.proposals, od.anchors, od.paragraphs] as Y.AbstractType<unknown>[]
    super(scope, { ...options, doc: od.doc })
    this.#od = od
    this.#shown = shown
    od.record.observe(this.#watch)
  }

  override destroy(): void {
    this.#od.record.unobserve(this.#watch)
    super.destroy()
  }

  readonly #watch = ({ keysChanged }: Y.YMapEvent<unknown>): void => this.#forgetPutBack([...keysChanged])

  /**
   * Drops deletions in proposals whose words the server has restored. When an emptied proposal is withdrawn, the
   * server puts its last words back; undoing the deletion too, after it was reopened, would double them.
   */
  #forgetPutBack(keys: Iterable<unknown>): void {
    const { record } = this.#od
    const putBack = new Set<HostId>()
    for (const key of keys) {
      if (typeof key !== 'string' || !key.startsWith(EMPTIED) || record.has(key)) continue
      const id = key.slice(EMPTIED.length) as ProposalId
      if (record.has(`decision/${id}`) || record.has(`reopened/${id}`)) putBack.add(id)
    }
    if (putBack.size === 0) return
    const isElsewhere = (item: Y.Item): boolean => {
      const owner = ownerOf(this.#od, item)
      return owner === null || !putBack.has(owner)
    }
    for (const item of [...this.undoStack, ...this.redoStack])
      item.deletions = this.#within(item.deletions, isElsewhere)
  }

  /**
   * Takes over the steps of another manager, without items that this document does not hold or that are not deleted.
   */
  carry(former: OpenUndo): void {
    const { undoStack, redoStack } = former
    for (const [from, to] of [
      [undoStack, this.undoStack],
      [redoStack, this.redoStack],
    ] as const)
      for (const item of from) {
        item.insertions = this.#within(item.insertions, () => true)
        item.deletions = this.#within(item.deletions, (held) => held.deleted)
        if (item.insertions.clients.size > 0 || item.deletions.clients.size > 0) to.push(item)
      }
    this.#forgetPutBack(former.#emptied())
  }

  /** The record's keys of emptied proposals. */
  #emptied(): readonly string[] {
    return [...this.#od.record.keys()].filter((key) => key.startsWith(EMPTIED))
  }

  override undo(): Stack[number] | null {
    this.#forgetClosed(this.undoStack)
    return super.undo()
  }

  override redo(): Stack[number] | null {
    this.#forgetClosed(this.redoStack)
    return super.redo()
  }

  /** Drops deletions of items that are not deleted any more. A later deletion of them is a step of its own. */
  forgetRefused(): void {
    for (const item of [...this.undoStack, ...this.redoStack])
      item.deletions = this.#within(item.deletions, (held) => held.deleted)
  }

  #forgetClosed(stack: Stack): void {
    for (const item of stack) {
      item.insertions = this.#openOf(item.insertions)
      item.deletions = this.#openOf(item.deletions)
    }
  }

  #openOf(ranges: Ranges): Ranges {
    return this.#within(ranges, (item) => isInOpen(this.#od, this.#shown, item))
  }

  /** The part of the ranges whose items the document holds and `keep` accepts. */
  #within({ clients }: Ranges, keep: (item: Y.Item) => boolean): Ranges {
    const { store } = this.#od.doc
    const within = Y.createDeleteSet()
    for (const [client, ranges] of clients) {
      const kept: typeof ranges = []
      for (const range of ranges) {
        const end = Math.min(range.clock + range.len, Y.getState(store, client))
        for (let clock = range.clock; clock < end;) {
          const item = Y.getItem(store, Y.createID(client, clock))
          const len = Math.min(end, item.id.clock + item.length) - clock
          if (item instanceof Y.Item && keep(item)) kept.push({ clock, len })
          clock += len
        }
      }
      if (kept.length > 0) within.clients.set(client, kept)
    }
    return within
  }
}

/** The host in whose text an item stands, or the proposal whose anchor it is; null for other items. */
const ownerOf = (od: OutcomeDocument, { parent, parentSub }: Y.Item): HostId | null =>
  (parent as unknown) === od.anchors ? (parentSub as ProposalId) : hostOfText(od, parent)

/** Whether an item belongs to a text, or is an anchor, that may still be changed. */
function isInOpen(od: OutcomeDocument, shown: OutcomeDocument, item: Y.Item): boolean {
  const anchored = (item.parent as unknown) === od.anchors
  const host = ownerOf(od, item)
  if (host === null) return true
  // A tabled draft continues in the room; its copy in the private space is closed.
  if (isProposalId(host) && (holderOf(shown, host).doc !== od.doc || isTabled(od, host))) return false
  if (!(anchored ? isOpen(od, host as ProposalId) : isLiveHost(od, host))) return false
  return od.doc !== shown.doc || !standsInAgreed(od, host, anchored ? item : null)
}

/** Whether a host stands in an agreed paragraph, or would after undo. `anchor`: the anchor that undo would restore. */
function standsInAgreed(od: OutcomeDocument, host: HostId, anchor: Y.Item | null): boolean {
  if (!isProposalId(host)) return isInAgreed(od, host)
  const content = (anchor ?? od.anchors._map.get(host))?.content
  const place = content instanceof Y.ContentAny ? (content.arr.at(-1) as Anchor) : undefined
  if (!place) return isInAgreed(od, host)
  return isOnWords(place) && isInAgreed(od, place.host)
}

/** Whether undo may delete an item. Never a shared type, nor the anchor of a proposal on which others have built. */
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

/** The host whose text this type is; null for any other type. */
function hostOfText(od: OutcomeDocument, type: unknown): HostId | null {
  const container =
    type instanceof Y.Text ? (type._item?.parent as Y.AbstractType<unknown> | undefined) : undefined
  const root = container?._item?.parent as unknown
  if (root !== od.paragraphs && root !== od.proposals) return null
  return (container?._item?.parentSub as HostId | null | undefined) ?? null
}

/** Moves anchors in these hosts from deleted characters to those that an undo has made anew in their place. */
function reanchor({ od, proposals }: Projection, actor: Actor, hosts: readonly HostId[]): void {
  for (const host of hosts) {
    const text = hostText(od, host)
    // Anchors name items of the host's document, also when the proposal itself is held in a private space.
    const doc = text?.doc
    if (!doc) continue
    const hostIsMine = isMine(od, actor, host)
    for (const { id, standing, anchor } of proposals.on(host)) {
      if (!hostIsMine && standing.space === null && !isOwnedBy(od, id, actor)) continue
      if (isLeaving(od, id)) continue
      const followed = anchor && follow(doc, anchor)
      const { doc: held, anchors } = holderOf(od, id)
      if (followed && followed !== anchor) held.transact(() => anchors.set(id, followed), REANCHOR)
    }
  }
}

/** Whether the person may move any anchor on this host: it is a draft, an own proposal, or base text they may edit. */
const isMine = (od: OutcomeDocument, actor: Actor, host: HostId): boolean =>
  isProposalId(host) ? spaceOf(od, host) !== null || isOwnedBy(od, host, actor) : can(actor.role, 'edit-base')

/** The anchor on the items made anew; the same object when none of its items was. */
function follow(doc: Y.Doc, anchor: Anchor): Anchor {
  if (anchor.kind === 'range') {
    const start = redone(doc, anchor.start)
    const end = redone(doc, anchor.end)
    return start === anchor.start && end === anchor.end ? anchor : { ...anchor, start, end }
  }
  if (anchor.kind !== 'point' || anchor.at === null) return anchor
  const at = redone(doc, anchor.at)
  return at === anchor.at ? anchor : { ...anchor, at }
}

/** The item that was made anew for this one, through several undos; the same tuple when none was. */
function redone(doc: Y.Doc, original: ItemId): ItemId {
  let id = Y.createID(original[0], original[1])
  let moved = false
  for (let steps = 0; steps < 1_000; steps++) {
    const item = Y.getItem(doc.store, id)
    if (!(item instanceof Y.Item) || item.redone === null) break
    const next = Y.createID(item.redone.client, item.redone.clock + (id.clock - item.id.clock))
    // The item made anew was refused, and its clocks are void.
    if (!(Y.getItem(doc.store, next) instanceof Y.Item)) break
    id = next
    moved = true
  }
  return moved ? [id.client, id.clock] : original
}
