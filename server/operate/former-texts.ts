import type { DocumentId } from '#shared/model/ids.ts'
import type { Store } from '../store/port.ts'

/** A text of 120,000 words is some megabytes. */
const KEPT = 8

/**
 * What texts said at some row of their logs, as JSON. That never changes, so what was asked for lately is kept: everybody
 * reads a revision on the day it is issued.
 */
export class FormerTexts {
  readonly #store: Pick<Store, 'textAt'>
  readonly #kept = new Map<string, Promise<string | null>>()

  constructor(store: Pick<Store, 'textAt'>) {
    this.#store = store
  }

  /** Null when there is no such row. */
  at(document: DocumentId, sequence: number): Promise<string | null> {
    const key = `${document}/${sequence}`
    const text = this.#kept.get(key) ?? this.#store.textAt(document, sequence)
    // Last asked for, last to go.
    this.#kept.delete(key)
    this.#kept.set(key, text)
    const forget = () => void (this.#kept.get(key) === text && this.#kept.delete(key))
    // The row may come yet.
    text.then((found) => found ?? forget(), forget)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
    return text
  }
}
