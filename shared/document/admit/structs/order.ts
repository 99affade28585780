import * as Y from 'yjs'
import type { Id } from '../decode/decode.ts'
import { knownState, storedItem } from './place.ts'
import type { Container } from './container.ts'
import type { InsertedRun, NewInText, Past, Trial } from './inserted-runs.ts'
import { idKey } from '../review.ts'
import type { Review } from '../review.ts'
import { endingAt, insertAfter, placeAfter, sameId, sequenceOf, startingAt } from './sequence.ts'
import type { Node } from './sequence.ts'
import type { AdmissionCode } from '../verdict.ts'

/**
 * Judges where new runs of text are inserted. A run names the two units that it was put between (its origins),
 * and these must have been neighbours for its author. Anything between them now must be work that the author
 * cannot have known. Yjs itself accepts any two origins. But for two that were never neighbours its replicas
 * put the run in different places, so a replica that loads the document afresh would differ from the server for
 * ever.
 *
 * An author is taken to know, of this text: their own earlier work; the units they have named as origins;
 * everything that the authors of those had written before; and everything these knew.
 *
 * Nearly always the origins are still neighbours, which one look-up shows. Otherwise the text is copied and the
 * insertion is tried on the copy. That costs as much as applying it will cost Yjs, so it is limited by `STEPS`.
 */

/** How many nodes are searched for one update at most. */
const STEPS = 500_000

type Text = Extract<Container, { kind: 'text' }>

/**
 * Judges one new run of a text, after the runs before it in this update. Returns `mixed-origins` when its
 * origins were not neighbours for its author, `oversize` when finding that out takes too many steps, else null.
 */
export function judgeOrder(review: Review, text: Text, run: InsertedRun): AdmissionCode | null {
  const writing = review.writings.get(text) ?? { runs: [], next: null, trial: null }
  if (writing.runs.length === 0) review.writings.set(text, writing)
  if (!writing.trial && areNeighbours(review, text, writing, run)) {
    writing.runs.push(run)
    if (writing.next) putBetween(writing.next, run)
    return null
  }
  writing.trial ??= startTrial(review, text, writing)
  return tryOut(review, writing.trial, run)
}

const START = 'start'
const END = 'end'
const keyOf = (id: Id | null, none: string): string => (id ? idKey(id.client, id.clock) : none)

function areNeighbours(review: Review, text: Text, writing: NewInText, run: InsertedRun): boolean {
  const { origin, rightOrigin } = run
  if (writing.runs.length > 0) {
    writing.next ??= writing.runs.reduce(putBetween, new Map())
    const next = writing.next.get(keyOf(origin, START))
    if (next !== undefined) return next === keyOf(rightOrigin, END)
  }
  if (!origin) return sameId(rightOrigin, text.text?._start?.id ?? null)
  if (origin.clock >= knownState(review, origin.client)) return isWithin(writing.runs, origin, rightOrigin)
  const item = storedItem(review, origin)
  if (!(item instanceof Y.Item)) return false
  const inside = origin.clock < item.id.clock + item.length - 1
  return sameId(rightOrigin, inside ? unitAfter(origin) : (item.right?.id ?? null))
}

const unitAfter = ({ client, clock }: Id): Id => ({ client, clock: clock + 1 })

/** Whether the two units follow each other in one new run, with nothing inserted between them. */
function isWithin(runs: readonly InsertedRun[], origin: Id, rightOrigin: Id | null): boolean {
  if (!sameId(rightOrigin, unitAfter(origin))) return false
  return !runs.some(({ client, clock }) => client === origin.client && clock === origin.clock + 1)
}

function putBetween(next: Map<string, string>, { client, clock, length, origin, rightOrigin }: InsertedRun) {
  next.set(keyOf(origin, START), idKey(client, clock))
  next.set(idKey(client, clock + length - 1), keyOf(rightOrigin, END))
  return next
}

function* itemsOf(text: Y.Text | null): Generator<Omit<Node, 'next'>> {
  for (let item = text?._start ?? null; item; item = item.right)
    yield { ...idOf(item), length: item.length, origin: item.origin, rightOrigin: item.rightOrigin }
}

const idOf = ({ id }: Y.Item): Id => ({ client: id.client, clock: id.clock })

function startTrial({ steps }: Review, { text }: Text, { runs }: NewInText): Trial {
  const sequence = sequenceOf(itemsOf(text))
  for (const run of runs) {
    const left = run.origin && endingAt(sequence, run.origin)
    if (run.rightOrigin) startingAt(sequence, run.rightOrigin)
    insertAfter(sequence, left, { ...run, next: null })
  }
  for (const nodes of sequence.nodes.values()) steps.taken += nodes.length
  return { sequence, pasts: new Map() }
}

function tryOut({ steps }: Review, trial: Trial, run: InsertedRun): AdmissionCode | null {
  const { sequence } = trial
  // The right one first: if both are in one node in the wrong order, the search from the left one does not meet the right
  // one, and the run is refused.
  const right = run.rightOrigin && startingAt(sequence, run.rightOrigin)
  const left = run.origin && endingAt(sequence, run.origin)
  const past = pastOf(trial, run, steps)
  if (steps.taken > STEPS) return 'oversize'
  let between: Node | null = left ? left.next : sequence.first
  for (; between && between !== right; between = between.next) {
    if (between.clock < (past.get(between.client)?.until ?? 0)) return 'mixed-origins'
    if (++steps.taken > STEPS) return 'oversize'
  }
  if (between !== right) return 'mixed-origins'
  const node: Node = { ...run, next: null }
  insertAfter(sequence, placeAfter(sequence, node, left, right), node)
  return null
}

/** Returns what the author of a run knew when writing it. Knowledge only grows, so it is kept and extended. */
function pastOf(
  { sequence, pasts }: Trial,
  { client, clock, origin, rightOrigin }: InsertedRun,
  steps: Review['steps'],
): Past {
  const past = pasts.get(client) ?? new Map<number, { until: number; seen: number }>()
  pasts.set(client, past)
  const open: (Id | null)[] = [origin, rightOrigin]
  if (clock > 0) open.push({ client, clock: clock - 1 })
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!id) continue
    const known = past.get(id.client) ?? { until: 0, seen: 0 }
    past.set(id.client, known)
    if (id.clock < known.until) continue
    known.until = id.clock + 1
    const nodes = sequence.nodes.get(id.client) ?? []
    // Nodes may have been cut since; so the nodes that were searched can be more by now, never fewer.
    for (let node = nodes[known.seen]; node && node.clock <= id.clock; node = nodes[++known.seen]) {
      open.push(node.origin, node.rightOrigin)
      steps.taken++
    }
  }
  return past
}
