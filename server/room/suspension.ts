import type { StoreError } from '../store/port.ts'
import type { Clock } from './clock.ts'

/** Milliseconds between two tries to write on a disk that takes nothing. */
export const RETRY_WRITING = 1_000

/** Whether the disk took nothing a moment ago. Then a room need not try, and read its log anew, for each who writes. */
export class Suspension {
  readonly #clock: Clock
  #last: { readonly cause: StoreError; readonly until: number } | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  begin(cause: StoreError): void {
    this.#last = { cause, until: this.#clock.monotonic() + RETRY_WRITING }
  }

  /** Why nothing can be written now; null: it may be tried. */
  get cause(): StoreError | null {
    return this.#last && this.#clock.monotonic() < this.#last.until ? this.#last.cause : null
  }
}
