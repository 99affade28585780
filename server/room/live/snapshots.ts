import type { DocumentId } from '#shared/model/ids.ts'
import type { Store } from '../../store/port.ts'

/** Asks the store for a snapshot each time the log has grown by `every` rows. One snapshot is made at a time. */
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

  /** Call when the log has grown to this sequence. Returns at once; a snapshot may be made in the background. */
  grown(sequence: number): void {
    if (this.#running === null && sequence - this.#last >= this.#every) this.#running = this.#take(sequence)
  }

  /** Resolves when a snapshot holds the log up to this sequence, or could not be made. Never rejects. */
  async finish(sequence: number): Promise<void> {
    await this.#running
    if (sequence > this.#last) await this.#take(sequence)
  }

  async #take(sequence: number): Promise<void> {
    // Set also for a failure, so that the next try comes after as many rows again and not after every batch.
    this.#last = sequence
    try {
      const outcome = await this.#store.snapshot(this.#document)
      if (outcome.ok) this.#last = outcome.sequence
      else this.#report(outcome.message)
    } catch (error) {
      this.#report(error instanceof Error ? error.message : String(error))
    }
    this.#running = null
  }
}
