import type { DocumentId } from '#shared/model/ids.ts'
import type { Store } from '../store/port.ts'

/** Texts kept. One of 120,000 words takes some megabytes. */
const KEPT = 8
/** Most texts that may wait for one asker. They are read one after the other, and delay those of other askers. */
const WAITING = 32

export const BUSY = Symbol('busy')

/**
 * Texts as of a row of their logs, as JSON. Such a text never changes, so the last {@link KEPT} are kept: everybody
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
   * The text; null when there is no such row, {@link BUSY} when too many texts wait for this asker. When the text is
   * not kept, `pay` is called with 0 before it is read, and may throw to refuse; afterwards it is called with the
   * length.
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
    // Reinserted at the end: the least recently requested text is the first in the map.
    this.#kept.delete(key)
    this.#kept.set(key, text)
    const forget = () => void (this.#kept.get(key) === text && this.#kept.delete(key))
    // A missing row may still be written, and a failed read may succeed later, so neither is kept.
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
