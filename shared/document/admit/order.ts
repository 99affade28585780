import * as Y from 'yjs'
import type { Id } from './decode.ts'
import { knownState, storedItem } from './place.ts'
import type { Container } from './place.ts'
import { idKey } from './review.ts'
import type { Review } from './review.ts'
import { endingAt, insertAfter, placeAfter, sameId, sequenceOf, startingAt } from './sequence.ts'
import type { Node, Sequence } from './sequence.ts'
import type { AdmissionCode } from './verdict.ts'

/**
 * Where a text is written to, the new run names its neighbours: the units that it was put between. They must have
 * been neighbours for its author: what stands between them now must be work that the author cannot have known. Yjs
 * takes any two, but its replicas then put the run in different places, and a fresh one differs from the server
 * for ever.
 *
 * Known to an author is, of this text: her own earlier work, what she has named a neighbour, all that its authors had
 * written before, and what was known to them.
 *
 * Nearly always the neighbours are still neighbours, which takes one look. Else the text is copied and the work tried
 * out on the copy. That costs what applying it will cost Yjs, so it is limited.
 */

/** A new run of a text and what it says it was put between. */
export interface InsertedRun extends Id {
  readonly length: number
  readonly origin: Id | null
  readonly rightOrigin: Id | null
}

/** What is new in one text. */
export interface NewInText {
  readonly runs: InsertedRun[]
  /** What follows a unit, where this update has changed it. */
  next: Map<string, string> | null
  /** Only once there were other units between two neighbours. */
  trial: Trial | null
}

interface Trial {
  readonly sequence: Sequence
  /** By client: what it has known of the text up to now. */
  readonly pasts: Map<number, Past>
}

/** By client: the first clock that is not known, and how many of its nodes have been looked through. */
type Past = Map<number, { until: number; seen: number }>

/** Nodes looked at, in one update. */
const STEPS = 500_000

type Text = Extract<Container, { kind: 'text' }>

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

/** Two units of one new run that follow each other. */
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
  // In this order: where both are in one node and the wrong way round, the right one is not found again.
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

/** What the author of a run had known when she wrote it. It only grows. */
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
    // Nodes are cut as time goes on: those looked through may be more by now, never fewer.
    for (let node = nodes[known.seen]; node && node.clock <= id.clock; node = nodes[++known.seen]) {
      open.push(node.origin, node.rightOrigin)
      steps.taken++
    }
  }
  return past
}
