import type { Clock } from './clock.ts'

/**
 * Longest single timer, milliseconds. A timer does not run while the machine sleeps, and does not notice when the clock
 * is corrected; so the clock is read again at least this often.
 */
const LOOK = 1_000

/** Calls `ring` once when the clock reaches a moment: at once if it has passed, else at most {@link LOOK} late. */
export class Alarm {
  readonly #clock: Clock
  readonly #ring: () => void
  #at: number | null = null
  #cancel: (() => void) | null = null

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock
    this.#ring = ring
  }

  /** `at`: milliseconds since 1970; null for never. Setting the same moment again does nothing, rung or not. */
  set(at: number | null): void {
    if (at === this.#at) return
    this.#cancel?.()
    this.#cancel = null
    this.#at = at
    this.#wait()
  }

  #wait(): void {
    if (this.#at === null) return
    const left = this.#at - this.#clock.now()
    if (left <= 0) return this.#ring()
    this.#cancel = this.#clock.after(Math.min(left, LOOK), () => {
      this.#cancel = null
      this.#wait()
    })
  }
}
