import type { Clock } from './clock.ts'

/** The longest that a timer runs, milliseconds; a longer one would go off at once. */
const LONGEST = 2 ** 31 - 1

/** Rings once, when a moment has come by the clock: at once for one that has passed, and for a far one after months. */
export class Alarm {
  readonly #clock: Clock
  readonly #ring: () => void
  #at: number | null = null
  #cancel: (() => void) | null = null

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock
    this.#ring = ring
  }

  /** Milliseconds since 1970; null: never. The same moment again changes nothing, whether it has rung or not. */
  set(at: number | null): void {
    if (at === this.#at) return
    this.#cancel?.()
    this.#cancel = null
    this.#at = at
    this.#wait()
  }

  /** Timers may go off early, and clocks are put right: what counts is what the clock says then. */
  #wait(): void {
    if (this.#at === null) return
    const left = this.#at - this.#clock.now()
    if (left <= 0) return this.#ring()
    this.#cancel = this.#clock.after(Math.min(left, LONGEST), () => {
      this.#cancel = null
      this.#wait()
    })
  }
}
