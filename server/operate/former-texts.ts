import type { DocumentId } from '#shared/model/ids.ts'
import type { Store } from '../store/port.ts'

/** A text of 120,000 words is some megabytes. */
const KEPT = 8
/** So many may wait for one asker: they are read one after the other, and others wait behind them. */
const WAITING = 32

export const BUSY = Symbol('busy')

/**
 * What texts said at some row of their logs, as JSON. That never changes, so what was asked for lately is kept: everybody
 * reads a revision on the day it is issued.
 */
export class FormerTexts {
  readonly #store: Pick<Store, 'textAt'>
  readonly #kept = new Map<string, Promise<string | null>>()
  readonly #waiting = new Map<string, number>()

  constructor(store: Pick<Store, 'textAt'>) {
    this.#store = store
  }

  /**
   * Null when there is no such row; `busy` when too many wait for this asker already. `pay` is told 0 before the text is
   * read, when it may throw, and its length when it was.
   */
  async at(
    document: DocumentId,
    sequence: number,
    asker: string,
    pay: (bytes: number) => void = () => {},
  ): Promise<string | null | typeof BUSY> {
    const key = `${document}/${sequence}`
    const kept = this.#kept.get(key)
    if (!kept && (this.#waiting.get(asker) ?? 0) >= WAITING) return BUSY
    if (!kept) pay(0)
    const text = kept ?? this.#read(document, sequence, asker)
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
    const found = await text
    if (!kept && found !== null) pay(found.length)
    return found
  }

  async #read(document: DocumentId, sequence: number, asker: string): Promise<string | null> {
    this.#waiting.set(asker, (this.#waiting.get(asker) ?? 0) + 1)
    try {
      return await this.#store.textAt(document, sequence)
    } finally {
      const left = (this.#waiting.get(asker) ?? 1) - 1
      if (left > 0) this.#waiting.set(asker, left)
      else this.#waiting.delete(asker)
    }
  }
}
