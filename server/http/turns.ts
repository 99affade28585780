/** Who waits for a turn, of one key. */
const WAITING = 2_000

/**
 * One thing at a time of each key, the others wait: so that what many ask for by one link holds up that link, and not
 * the database.
 */
export class Turns {
  readonly #last = new Map<string, { readonly done: Promise<unknown>; waiting: number }>()

  /** Null when too many wait already. */
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
