import type { Caret } from '#shared/protocol/wire.ts'
import type { Cancel, Timers } from './timers.ts'

/** At most one caret frame in this many milliseconds. */
export const CARET_INTERVAL = 50

/** Sends the own caret: the first move at once, then the latest one at the end of each interval. */
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

  move(caret: Caret | null): void {
    this.#caret = caret
    this.#due = true
    if (this.#cancel === null) this.#flush()
  }

  /** A new connection knows nothing of where I am. */
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
