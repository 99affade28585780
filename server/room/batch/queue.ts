import type { PersonId } from '#shared/model/ids.ts'
import type { ExclusiveWork, RoomChange, RoomRead, RoomRequest, RoomTask } from './work.ts'

/** Bytes from which an update counts as heavy. Judging a megabyte takes as long as judging a thousand keystrokes. */
const HEAVY = 16 * 1024
/** Drafts from which a tabling counts as heavy. */
const MANY_DRAFTS = 16
/** Most light commands, and most bytes of light updates, of one author in a batch. A command takes as long as a hundred keystrokes. */
const COMMANDS = 8
const BYTES = 64 * 1024
/** Most light tasks of one batch, and most joins and catch-ups among them. */
const TASKS_IN_BATCH = 512
const READERS = 4

interface Queued<T extends RoomTask> {
  readonly order: number
  readonly work: T
}

/**
 * The tasks that wait in a room.
 *
 * Invariants:
 *
 * - Updates and commands of one person are done in the order in which they arrived, over all connections and requests.
 * - A batch holds light tasks or one heavy task: a large update, a command about the whole document or about many
 *   drafts. Persons with heavy tasks take turns (round robin). Of light tasks a batch holds a bounded share of each person.
 * - While both kinds wait, they alternate: a light task that the next batch of light tasks can hold waits for at most one
 *   heavy task unless a barrier is before it, and no heavy task waits for ever.
 * - What a person sent after a heavy task waits until it is taken.
 * - A barrier ({@link isBarrier}) is done after everything that arrived before it and before everything that arrived
 *   after it. Exclusive work runs alone.
 */
export class WorkQueue {
  #light: Queued<RoomTask>[] = []
  /** For each author a heavy task, then what the author sent after it. The author served last is at the end. */
  readonly #heavy = new Map<PersonId, Queued<RoomRequest>[]>()
  /** Whether a heavy task is next, if one may be taken: the last batch was light. */
  #heavyIsNext = false
  #order = 0

  get isEmpty(): boolean {
    return this.#light.length === 0 && this.#heavy.size === 0
  }

  /** When the oldest waiting update or command arrived, in milliseconds since 1970; Infinity when none waits. */
  get oldestRequest(): number {
    const times = [...this.#light, ...[...this.#heavy.values()].flat()].map(({ work }) =>
      isRequest(work) ? work.receivedAt : Infinity,
    )
    return times.reduce((oldest, time) => Math.min(oldest, time), Infinity)
  }

  /** Adds a task at the end. */
  push(work: RoomTask): void {
    const queued = { order: this.#order++, work }
    if (!isRequest(work)) return void this.#light.push(queued)
    const author = authorOf(work)
    const waiting = this.#heavy.get(author)
    if (waiting) waiting.push({ ...queued, work })
    else if (isHeavy(work)) this.#heavy.set(author, [{ ...queued, work }])
    else this.#light.push(queued)
  }

  /** Adds tasks, in their order, before all that wait. */
  pushFirst(works: readonly RoomTask[]): void {
    this.#heavyIsNext = false
    this.#light.unshift(...works.map((work) => ({ order: -1, work })))
  }

  /** Takes the next task if it is exclusive and everything that arrived before it, also heavy updates, is done. */
  takeExclusive(): ExclusiveWork | null {
    const next = this.#light[0]
    if (next?.work.kind !== 'exclusive' || this.#isHeavyBefore(next.order)) return null
    this.#light.shift()
    return next.work
  }

  /** Takes the tasks of the next batch: light ones in order of arrival, or one heavy task. */
  takeBatch(): (RoomRead | RoomChange)[] {
    const first = this.#heavyIsNext ? this.#takeHeavy() : null
    const light = first ? [] : this.#takeLight()
    this.#heavyIsNext = light.length > 0
    if (light.length > 0) return light
    const heavy = first ?? this.#takeHeavy()
    return heavy ? [heavy] : []
  }

  /** Takes light tasks in order of arrival. Bounded so that a batch takes only a moment. */
  #takeLight(): (RoomRead | RoomChange)[] {
    const taken: (RoomRead | RoomChange)[] = []
    const left: Queued<RoomTask>[] = []
    const shares = new Shares()
    let readers = 0
    for (const [i, { order, work }] of this.#light.entries()) {
      const isReader = work.kind === 'join' || work.kind === 'catch-up'
      const mustWait = isBarrier(work) && (left.length > 0 || this.#isHeavyBefore(order))
      if (
        work.kind === 'exclusive' ||
        mustWait ||
        taken.length === TASKS_IN_BATCH ||
        (isReader && ++readers > READERS)
      ) {
        left.push(...this.#light.slice(i))
        break
      }
      // What the clock says must be done follows all that arrived before it, so that it is done when it is taken.
      const isEarly = work.kind === 'due' && (left.length > 0 || this.#isHeavyBefore(order))
      if (isEarly || (isRequest(work) && !shares.take(work))) left.push({ order, work })
      else taken.push(work)
    }
    this.#light = left
    return taken
  }

  /** Empties the queue and returns what was in it, in no particular order. */
  drain(): RoomTask[] {
    const works = [...this.#light, ...[...this.#heavy.values()].flat()].map(({ work }) => work)
    this.#light = []
    this.#heavy.clear()
    return works
  }

  #isHeavyBefore(order: number): boolean {
    for (const [first] of this.#heavy.values()) if (first && first.order < order) return true
    return false
  }

  /** Takes the next heavy task in turn that would overtake neither a barrier nor an older light task of its author. */
  #takeHeavy(): RoomRequest | null {
    if (this.#heavy.size === 0) return null
    const barrier = this.#light.find(({ work }) => isBarrier(work))?.order ?? Infinity
    const oldest = this.#oldestLight()
    for (const [author, waiting] of this.#heavy) {
      const [next] = waiting
      if (!next || next.order > Math.min(barrier, oldest.get(author) ?? Infinity)) continue
      waiting.shift()
      this.#heavy.delete(author)
      this.#releaseLight(author, waiting)
      return next.work
    }
    return null
  }

  /** Puts what waited behind a heavy task where it arrived among the light ones, up to the author's next heavy one. */
  #releaseLight(author: PersonId, waiting: readonly Queued<RoomRequest>[]): void {
    const next = waiting.findIndex(({ work }) => isHeavy(work))
    const released = next < 0 ? waiting : waiting.slice(0, next)
    if (released.length > 0) this.#light = [...this.#light, ...released].sort((a, b) => a.order - b.order)
    if (next >= 0) this.#heavy.set(author, waiting.slice(next))
  }

  /** For each author the order number of the oldest light update or command. */
  #oldestLight(): Map<PersonId, number> {
    const oldest = new Map<PersonId, number>()
    for (const { order, work } of this.#light) {
      if (!isRequest(work)) continue
      const author = authorOf(work)
      if (!oldest.has(author)) oldest.set(author, order)
    }
    return oldest
  }
}

/** What each author has of one batch. */
class Shares {
  readonly #commands = new Map<PersonId, number>()
  readonly #bytes = new Map<PersonId, number>()
  readonly #full = new Set<PersonId>()

  /** Returns false when the task is beyond its author's share; then all that the author sent after it is, too. */
  take(work: RoomRequest): boolean {
    const author = authorOf(work)
    const commands = (this.#commands.get(author) ?? 0) + (work.kind === 'command' ? 1 : 0)
    const bytes = (this.#bytes.get(author) ?? 0) + (work.kind === 'update' ? work.update.length : 0)
    if (commands > COMMANDS || bytes > BYTES) this.#full.add(author)
    if (this.#full.has(author)) return false
    this.#commands.set(author, commands)
    this.#bytes.set(author, bytes)
    return true
  }
}

const isRequest = (work: RoomTask): work is RoomRequest => work.kind === 'update' || work.kind === 'command'

/**
 * Whether a task may not change its place with any other: exclusive work, and the change of attribution. What was sent in an
 * unattributed round is done in it, or it would bear its author's name.
 */
const isBarrier = (work: RoomTask): boolean =>
  work.kind === 'exclusive' || (work.kind === 'command' && work.command.kind === 'policy-set')

const authorOf = (work: RoomRequest): PersonId =>
  work.kind === 'update' ? work.session.actor.person : work.actor.person

function isHeavy(work: RoomRequest): boolean {
  if (work.kind === 'update') return work.update.length >= HEAVY
  const { command } = work
  return (
    command.kind === 'revision-issue' ||
    (command.kind === 'drafts-table' && command.drafts.length >= MANY_DRAFTS)
  )
}
