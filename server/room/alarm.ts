import type { Clock } from './clock.ts'

/**
 * Milliseconds between looks at the clock. A timer does not run while the machine sleeps, and knows nothing of a clock
 * that is put right: so none is trusted for longer.
 */
const LOOK = 1_000

/** Rings once, when a moment has come by the clock: at once for one that has passed, else within {@link LOOK}. */
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
