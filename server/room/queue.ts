import type { PersonId } from '#shared/model/ids.ts'
import type { ExclusiveWork, RoomChange, RoomRead, RoomRequest, RoomTask } from './work.ts'

/** Bytes from which an update counts as heavy. Judging a megabyte takes as long as judging a thousand keystrokes. */
const HEAVY = 16 * 1024
/** Drafts from which a tabling counts as heavy. */
const MANY_DRAFTS = 16
/** Most commands of one author in a batch beside a heavy task. A command takes as long as a hundred keystrokes. */
const COMMANDS = 8
/** Most light tasks of one batch, and most joins and catch-ups among them. */
const TOGETHER = 512
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
 * - A batch holds at most one heavy task: a large update, a command about the whole document or about many drafts, a
 *   command of somebody of whom many wait. Persons with heavy tasks take turns (round robin).
 * - What a person sent after a heavy task waits behind it. Nobody else's tasks wait for it.
 * - Exclusive work runs alone, after everything that arrived before it and before everything that arrived after it.
 */
export class WorkQueue {
  #light: Queued<RoomTask>[] = []
  /** For each author a heavy task, then what the author sent after it. The author served last is at the end. */
  readonly #heavy = new Map<PersonId, Queued<RoomRequest>[]>()
  /** How many light commands of each author wait. */
  readonly #commands = new Map<PersonId, number>()
  #order = 0

  get isEmpty(): boolean {
    return this.#light.length === 0 && this.#heavy.size === 0
  }

  /** Adds a task at the end. */
  push(work: RoomTask): void {
    const queued = { order: this.#order++, work }
    if (work.kind !== 'update' && work.kind !== 'command') return void this.#light.push(queued)
    const author = authorOf(work)
    const waiting = this.#heavy.get(author)
    if (waiting) waiting.push({ ...queued, work })
    else if (isHeavy(work) || this.#isOneTooMany(work, author)) this.#heavy.set(author, [{ ...queued, work }])
    else this.#light.push(queued)
  }

  /** Counts a light command. Returns true instead when its author has as many waiting as a batch takes. */
  #isOneTooMany(work: RoomRequest, author: PersonId): boolean {
    if (work.kind !== 'command') return false
    if ((this.#commands.get(author) ?? 0) >= COMMANDS) return true
    this.#count(author)
    return false
  }

  #count(author: PersonId): void {
    this.#commands.set(author, (this.#commands.get(author) ?? 0) + 1)
  }

  /** Adds tasks, in their order, before all that wait. */
  pushFirst(works: readonly RoomTask[]): void {
    this.#light.unshift(...works.map((work) => ({ order: -1, work })))
    for (const work of works) if (work.kind === 'command') this.#count(work.actor.person)
  }

  /** Takes the next task if it is exclusive and everything that arrived before it, also heavy updates, is done. */
  takeExclusive(): ExclusiveWork | null {
    const next = this.#light[0]
    if (next?.work.kind !== 'exclusive') return null
    for (const [first] of this.#heavy.values()) if (first && first.order < next.order) return null
    this.#light.shift()
    return next.work
  }

  /** Takes the tasks of the next batch, in order of arrival. Bounded so that a batch takes only a moment. */
  takeBatch(): (RoomRead | RoomChange)[] {
    const taken: Queued<RoomRead | RoomChange>[] = []
    let readers = 0
    for (const { order, work } of this.#light) {
      if (work.kind === 'exclusive' || taken.length === TOGETHER) break
      if ((work.kind === 'join' || work.kind === 'catch-up') && ++readers > READERS) break
      taken.push({ order, work })
      if (work.kind === 'command') this.#uncount(work.actor.person)
    }
    this.#light = this.#light.slice(taken.length)
    const heavy = this.#takeHeavy()
    if (heavy) taken.push(heavy)
    return taken.sort((a, b) => a.order - b.order).map(({ work }) => work)
  }

  #uncount(author: PersonId): void {
    const waiting = (this.#commands.get(author) ?? 0) - 1
    if (waiting > 0) this.#commands.set(author, waiting)
    else this.#commands.delete(author)
  }

  /** Empties the queue and returns what was in it, in no particular order. */
  drain(): RoomTask[] {
    const works = [...this.#light, ...[...this.#heavy.values()].flat()].map(({ work }) => work)
    this.#light = []
    this.#heavy.clear()
    this.#commands.clear()
    return works
  }

  /** Takes the next heavy task in turn that would not overtake an older light task of its author. */
  #takeHeavy(): Queued<RoomRequest> | null {
    const oldest = this.#heavy.size > 0 ? this.#oldestLight() : new Map<PersonId, number>()
    for (const [author, waiting] of this.#heavy) {
      const [next] = waiting
      if (!next || next.order > (oldest.get(author) ?? Infinity)) continue
      waiting.shift()
      this.#heavy.delete(author)
      if (waiting.length > 0) this.#heavy.set(author, waiting)
      return next
    }
    return null
  }

  /** For each author the order number of the oldest light update or command. */
  #oldestLight(): Map<PersonId, number> {
    const oldest = new Map<PersonId, number>()
    for (const { order, work } of this.#light) {
      if (work.kind !== 'update' && work.kind !== 'command') continue
      const author = authorOf(work)
      if (!oldest.has(author)) oldest.set(author, order)
    }
    return oldest
  }
}

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
