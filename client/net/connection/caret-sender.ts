import type { Caret } from '#shared/protocol/wire.ts'
import type { Cancel, Timers } from '../timers.ts'

/** Least number of milliseconds between two caret frames. Exported for tests. */
export const CARET_INTERVAL = 50

/** Sends the own caret: the first move at once, later ones at most once per interval, and always the latest. */
export class CaretSender {
  readonly #timers: Timers
  /** False when there is no connection to send on. */
  readonly #send: (caret: Caret | null) => boolean
  #caret: Caret | null = null
  #due = false
  #cancel: Cancel | null = null

  constructor(timers: Timers, send: (caret: Caret | null) => boolean) {
    this.#timers = timers
    this.#send = send
  }

  /** The caret has moved; null when there is none any more. */
  move(caret: Caret | null): void {
    this.#caret = caret
    this.#due = true
    if (this.#cancel === null) this.#flush()
  }

  /** Sends the caret again over a new connection, which does not know it. */
  reconnected(): void {
    if (this.#caret === null) this.#due = false
    else this.move(this.#caret)
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #flush(): void {
    if (!this.#due || !this.#send(this.#caret)) return
    this.#due = false
    this.#cancel = this.#timers.after(CARET_INTERVAL, () => {
      this.#cancel = null
      this.#flush()
    })
  }
}
