import * as Y from 'yjs'

/** Most submits without acknowledgement. Further updates wait and are merged. Exported for tests. */
export const IN_FLIGHT = 4
/** Bytes up to which waiting updates are merged into a submit. A single larger update is sent by itself. */
const MERGE_BYTES = 256 * 1024

export interface Submit {
  readonly number: number
  readonly update: Uint8Array
}

/**
 * The submits of one connection, numbered from 1 in the order in which they are sent.
 *
 *     typing   a b c d e f g h              i
 *     sent     1 2 3 4             5        6
 *     holding  a b c d             e+f+g+h  i
 *     answered              ack 2           …
 */
export class Outbox {
  #number = 0
  #flying: Submit[] = []
  #waiting: Uint8Array[] = []

  get empty(): boolean {
    return this.#flying.length === 0 && this.#waiting.length === 0
  }

  /** Adds an update to be sent. */
  push(update: Uint8Array): void {
    this.#waiting.push(update)
  }

  /** Takes the next submit to send; null when nothing waits or {@link IN_FLIGHT} submits are unacknowledged. */
  next(): Submit | null {
    if (this.#waiting.length === 0 || this.#flying.length >= IN_FLIGHT) return null
    const submit = { number: ++this.#number, update: this.#take() }
    this.#flying.push(submit)
    return submit
  }

  /** Marks all submits up to `number` as durable, and returns their updates. */
  acknowledge(number: number): Uint8Array[] {
    const durable = this.#flying.filter((submit) => submit.number <= number)
    this.#flying = this.#flying.filter((submit) => submit.number > number)
    return durable.map((submit) => submit.update)
  }

  #take(): Uint8Array {
    let count = 0
    let bytes = 0
    for (const update of this.#waiting) {
      bytes += update.length
      if (count > 0 && bytes > MERGE_BYTES) break
      count++
    }
    const [only, ...others] = this.#waiting.splice(0, count)
    if (only === undefined) throw new Error('nothing waits')
    return others.length === 0 ? only : Y.mergeUpdates([only, ...others])
  }
}
