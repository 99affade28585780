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
import type { Anchor, ItemId } from '#shared/model/proposal.ts'
import { isOnWords } from '#shared/model/proposal.ts'
import { can } from '#shared/model/role.ts'
import { isLeaving } from './rights.ts'

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

/** Takes own gestures back, last first, and does them again; false when there is nothing (more) to take back. */
export interface Undo {
  undo(): boolean
  redo(): boolean
  destroy(): void
  /** Something unsent was refused and taken out of the documents: a deletion that was is no step any more. */
  forgetRefused(): void
  /** The same steps over documents with the same identities, as far as they hold what the steps are about. Ends this one. */
  carriedTo(projection: Projection): Undo
}

/**
 * One order for one person, over the room's document and her private spaces: only own gestures, and never a
 * colleague's words. A proposal's creation is undone by taking its words and its anchor away; the proposal itself
 * stays, empty and unseen, because no type is ever deleted.
 */
export const createUndo = (options: UndoOptions): Undo => undoOver(options, new Map(), 0)

/** The steps in one document: the room's (null), or whose private space it is. */
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

/** Which of several documents' stacks holds the last step. */
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
    // A gesture in another document is a later step: what follows it is not part of the one before.
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

/** Takes back only what stands in texts that are still open: in a decided one the server would refuse it. */
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
   * What its author had emptied and is withdrawn has its words again, put there by the server. To undo the emptying as well,
   * once the proposal is open again, would double them.
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

  /** Takes over the steps of another, without what this document does not hold, or holds otherwise. */
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

  /** The record's keys of what its author has emptied. */
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

  /** What stands again was not deleted by this person; whoever deletes it later has a step of her own. */
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

/** Whose text it stands in, or whose anchor it is. */
const ownerOf = (od: OutcomeDocument, { parent, parentSub }: Y.Item): HostId | null =>
  (parent as unknown) === od.anchors ? (parentSub as ProposalId) : hostOfText(od, parent)

function isInOpen(od: OutcomeDocument, shown: OutcomeDocument, item: Y.Item): boolean {
  const anchored = (item.parent as unknown) === od.anchors
  const host = ownerOf(od, item)
  if (host === null) return true
  // A tabled draft lives on in the room: its copy here is closed.
  if (isProposalId(host) && (holderOf(shown, host).doc !== od.doc || isTabled(od, host))) return false
  if (!(anchored ? isOpen(od, host as ProposalId) : isLiveHost(od, host))) return false
  return od.doc !== shown.doc || !standsInAgreed(od, host, anchored ? item : null)
}

/** Also where a proposal stood before it was taken back; `anchor`: the very anchor that it would stand by again. */
function standsInAgreed(od: OutcomeDocument, host: HostId, anchor: Y.Item | null): boolean {
  if (!isProposalId(host)) return isInAgreed(od, host)
  const content = (anchor ?? od.anchors._map.get(host))?.content
  const place = content instanceof Y.ContentAny ? (content.arr.at(-1) as Anchor) : undefined
  if (!place) return isInAgreed(od, host)
  return isOnWords(place) && isInAgreed(od, place.host)
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
function reanchor({ od, proposals }: Projection, actor: Actor, hosts: readonly HostId[]): void {
  for (const host of hosts) {
    const text = hostText(od, host)
    // The identities are those of the host's own document, wherever what stands on it is held.
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

const isMine = (od: OutcomeDocument, actor: Actor, host: HostId): boolean =>
  isProposalId(host) ? spaceOf(od, host) !== null || isOwnedBy(od, host, actor) : can(actor.role, 'edit-base')

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

/** The same tuple when nothing was made anew. */
function redone(doc: Y.Doc, original: ItemId): ItemId {
  let id = Y.createID(original[0], original[1])
  let moved = false
  for (let steps = 0; steps < 1_000; steps++) {
    const item = Y.getItem(doc.store, id)
    if (!(item instanceof Y.Item) || item.redone === null) break
    const next = Y.createID(item.redone.client, item.redone.clock + (id.clock - item.id.clock))
    // What was made anew was refused: nothing stands under its clocks.
    if (!(Y.getItem(doc.store, next) instanceof Y.Item)) break
    id = next
    moved = true
  }
  return moved ? [id.client, id.clock] : original
}
