import type { DocumentId } from '#shared/model/ids.ts'
import type { Store } from '../store/port.ts'

/** Has a snapshot made when the log has grown by so many rows since the last one; one at a time. */
export class Snapshots {
  readonly #document: DocumentId
  readonly #store: Store
  readonly #every: number
  readonly #report: (message: string) => void
  #last: number
  #running: Promise<void> | null = null

  constructor(
    document: DocumentId,
    store: Store,
    every: number,
    last: number,
    report: (message: string) => void,
  ) {
    this.#document = document
    this.#store = store
    this.#every = every
    this.#last = last
    this.#report = report
  }

  /** The log has grown to this length. Nobody waits for the snapshot. */
  grown(sequence: number): void {
    if (this.#running === null && sequence - this.#last >= this.#every) this.#running = this.#take(sequence)
  }

  /** Resolves when the log is covered to this length, or cannot be. */
  async finish(sequence: number): Promise<void> {
    await this.#running
    if (sequence > this.#last) await this.#take(sequence)
  }

  async #take(sequence: number): Promise<void> {
    // Also when it fails: the next is tried after as many rows again, not after every batch.
    this.#last = sequence
    try {
      const outcome = await this.#store.snapshot(this.#document)
      if (outcome.ok) this.#last = outcome.sequence
      else this.#report(outcome.reason)
    } catch (error) {
      this.#report(error instanceof Error ? error.message : String(error))
    }
    this.#running = null
  }
}
