/** Most callers of one key that may wait. */
const WAITING = 2_000

/**
 * Runs the tasks of each key one at a time, so that many requests by one link delay only each other and do not occupy
 * the database.
 */
export class KeyedQueue {
  readonly #last = new Map<string, { readonly done: Promise<unknown>; waiting: number }>()

  /**
   * Runs `run` after the earlier tasks of the key. Null, without running it, when too many wait. Rejects as `run`
   * does.
   */
  async take<T>(key: string, run: () => Promise<T>): Promise<T | null> {
    const line = this.#last.get(key) ?? { done: Promise.resolve(), waiting: 0 }
    if (line.waiting >= WAITING) return null
    const mine = line.done.then(run, run)
    const next = { done: mine, waiting: line.waiting + 1 }
    this.#last.set(key, next)
    try {
      return await mine
    } finally {
      const now = this.#last.get(key)
      if (now && --now.waiting === 0) this.#last.delete(key)
    }
  }
}
