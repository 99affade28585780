import type { StoreError } from '../store/port.ts'
import type { Clock } from './clock.ts'

/** Milliseconds between two tries to write to an unwritable disk. */
export const RETRY_WRITING = 1_000

/**
 * Suspends writing for {@link RETRY_WRITING} after the disk was found unwritable. Without it the room would try to
 * write, and load its document anew, for each update that arrives.
 */
export class Suspension {
  readonly #clock: Clock
  #last: { readonly cause: StoreError; readonly until: number } | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  begin(cause: StoreError): void {
    this.#last = { cause, until: this.#clock.monotonic() + RETRY_WRITING }
  }

  /** The error for which writing is suspended now; null when writing may be tried. */
  get cause(): StoreError | null {
    return this.#last && this.#clock.monotonic() < this.#last.until ? this.#last.cause : null
  }
}
