import type { Session } from './session.ts'
import type { AloneWork, Change, Look, UpdateWork, Work } from './work.ts'

/** From so many bytes on an update waits its turn: to judge a megabyte takes as long as a thousand keystrokes. */
const HEAVY = 16 * 1024
/** So many works are done together, and so many readers sent the document. */
const TOGETHER = 512
const READERS = 16

interface Queued<T extends Work> {
  readonly order: number
  readonly work: T
}

/**
 * What waits in a room. What one session sent stays in its order. Heavy updates are done one at a time, of each session
 * in turn, and whatever a session sent after one waits behind it: nobody else does.
 */
export class WorkQueue {
  #light: Queued<Work>[] = []
  readonly #heavy = new Map<Session, Queued<UpdateWork>[]>()
  #order = 0

  get isEmpty(): boolean {
    return this.#light.length === 0 && this.#heavy.size === 0
  }

  push(work: Work): void {
    const queued = { order: this.#order++, work }
    if (work.kind !== 'update') return void this.#light.push(queued)
    const waiting = this.#heavy.get(work.session)
    if (waiting) waiting.push({ ...queued, work })
    else if (work.update.length >= HEAVY) this.#heavy.set(work.session, [{ ...queued, work }])
    else this.#light.push(queued)
  }

  /** Before all that waits. */
  pushFirst(works: readonly Work[]): void {
    this.#light.unshift(...works.map((work) => ({ order: -1, work })))
  }

  /** What must be alone, when all that came before it is done, heavy updates too. */
  takeAlone(): AloneWork | null {
    const next = this.#light[0]
    if (next?.work.kind !== 'alone') return null
    for (const [first] of this.#heavy.values()) if (first && first.order < next.order) return null
    this.#light.shift()
    return next.work
  }

  /** What is done together now, in the order it came: never more than takes a moment. */
  takeTogether(): (Look | Change)[] {
    const taken: Queued<Look | Change>[] = []
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
  drain(): Work[] {
    const works = [...this.#light, ...[...this.#heavy.values()].flat()].map(({ work }) => work)
    this.#light = []
    this.#heavy.clear()
    return works
  }

  #takeHeavy(): Queued<UpdateWork> | null {
    const [session, waiting] = this.#heavy.entries().next().value ?? []
    const next = waiting?.shift()
    if (!session || !waiting || !next) return null
    this.#heavy.delete(session)
    if (waiting.length > 0) this.#heavy.set(session, waiting)
    return next
  }
}
