import type { Timers } from '#client/net/timers.ts'

/** Time that passes only when told. */
export class FakeTime implements Timers {
  #now = 1_700_000_000_000
  /** How far the machine's clock has been put forwards or back. */
  #leapt = 0
  #next = 0
  #worked = 0
  #work = 0
  readonly #due = new Map<number, { at: number; run: () => void }>()

  now(): number {
    return this.#now + this.#leapt
  }

  monotonic(): number {
    this.#worked += this.#work
    return this.#now + this.#worked
  }

  /** From now on, whoever looks at the clock finds that so much time has gone since the last look. */
  work(ms: number): void {
    this.#work = ms
  }

  /** The machine's clock is put forwards or back (or the machine slept): no timer runs of it. */
  leap(ms: number): void {
    this.#leapt += ms
  }

  after(ms: number, run: () => void): () => void {
    const id = this.#next++
    this.#due.set(id, { at: this.#now + ms, run })
    return () => this.#due.delete(id)
  }

  get pending(): number {
    return this.#due.size
  }

  /** Runs what becomes due, in order, and what that sets in turn. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = [...this.#due].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at)[0]
      if (!next) break
      const [id, timer] = next
      this.#due.delete(id)
      this.#now = Math.max(this.#now, timer.at)
      timer.run()
    }
    this.#now = end
  }
}
