import type { PersonId } from '#shared/model/ids.ts'
import type { ExclusiveWork, RoomChange, Look, RoomRequest, RoomTask } from './work.ts'

/** From so many bytes on an update waits its turn: to judge a megabyte takes as long as a thousand keystrokes. */
const HEAVY = 16 * 1024
/** So many works are done together, and so many readers sent the document. */
const TOGETHER = 512
const READERS = 4

interface Queued<T extends RoomTask> {
  readonly order: number
  readonly work: T
}

/**
 * What waits in a room. What one person asked for stays in its order, by whichever connection or request it came. Heavy
 * updates are done one at a time, of each person in turn, and whatever a person asked for after one waits behind it:
 * nobody else does.
 */
export class WorkQueue {
  #light: Queued<RoomTask>[] = []
  /** By author: a heavy update, and what its author asked for after it. Who was served last stands last. */
  readonly #heavy = new Map<PersonId, Queued<RoomRequest>[]>()
  #order = 0

  get isEmpty(): boolean {
    return this.#light.length === 0 && this.#heavy.size === 0
  }

  push(work: RoomTask): void {
    const queued = { order: this.#order++, work }
    if (work.kind !== 'update' && work.kind !== 'command') return void this.#light.push(queued)
    const author = authorOf(work)
    const waiting = this.#heavy.get(author)
    if (waiting) waiting.push({ ...queued, work })
    else if (isHeavy(work)) this.#heavy.set(author, [{ ...queued, work }])
    else this.#light.push(queued)
  }

  /** Before all that waits. */
  pushFirst(works: readonly RoomTask[]): void {
    this.#light.unshift(...works.map((work) => ({ order: -1, work })))
  }

  /** What must be alone, when all that came before it is done, heavy updates too. */
  takeAlone(): ExclusiveWork | null {
    const next = this.#light[0]
    if (next?.work.kind !== 'alone') return null
    for (const [first] of this.#heavy.values()) if (first && first.order < next.order) return null
    this.#light.shift()
    return next.work
  }

  /** What is done together now, in the order it came: never more than takes a moment. */
  takeTogether(): (Look | RoomChange)[] {
    const taken: Queued<Look | RoomChange>[] = []
    let readers = 0
    for (const { order, work } of this.#light) {
      if (work.kind === 'alone' || taken.length === TOGETHER) break
      if ((work.kind === 'join' || work.kind === 'catch-up') && ++readers > READERS) break
      taken.push({ order, work })
    }
    this.#light = this.#light.slice(taken.length)
    const heavy = this.#takeHeavy()
    if (heavy) taken.push(heavy)
    return taken.sort((a, b) => a.order - b.order).map(({ work }) => work)
  }

  /** All that waits, and nothing waits any more. */
  drain(): RoomTask[] {
    const works = [...this.#light, ...[...this.#heavy.values()].flat()].map(({ work }) => work)
    this.#light = []
    this.#heavy.clear()
    return works
  }

  /** The next in turn that overtakes nothing of its author's. */
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

  /** The place in the order of the oldest light work of each author. */
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

const isHeavy = (work: RoomRequest): boolean => work.kind === 'update' && work.update.length >= HEAVY
