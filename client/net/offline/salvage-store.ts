import type { Ledger } from '../unsent/ledger.ts'
import type { Salvaged } from './salvage.ts'
import { withoutKnown, withoutOffered } from './salvage.ts'
import type { DeviceStorage } from './storage.ts'
import type { Value, Observable } from '#client/observable.ts'
import { createValue } from '#client/observable.ts'

/**
 * Keeps salvaged words on this device until the person dismisses them, also over reloads. Each entry has a storage
 * key of its own, so that two tabs do not overwrite each other's entries.
 */
export class SalvageStore {
  readonly salvaged: Observable<readonly Salvaged[]>
  readonly #salvaged: Value<readonly Salvaged[]>
  readonly #storage: DeviceStorage
  readonly #prefix: string

  constructor(storage: DeviceStorage, name: string) {
    this.#storage = storage
    this.#prefix = `${name}/salvage/`
    this.#salvaged = createValue<readonly Salvaged[]>(this.#read())
    this.salvaged = this.#salvaged
  }

  /**
   * Adds an entry, or replaces the one with the same id; an entry without pieces removes it. Words that another entry
   * already holds are left out, because another tab may have salvaged the same unsent words. False when the device
   * could not store the entry: then it is shown only until the tab is closed.
   */
  keep(refused: Salvaged): boolean {
    const others = this.#read().filter(({ id }) => id !== refused.id)
    const salvaged = refused.pieces.length === 0 ? null : withoutOffered(refused, others)
    if (salvaged === null) {
      this.#storage.delete(this.#prefix + refused.id)
      const kept = this.#read()
      const unkept = this.#salvaged.get().filter(({ id }) => !kept.some((one) => one.id === id))
      this.#salvaged.set([...kept, ...unkept].filter(({ id }) => id !== refused.id))
      return true
    }
    this.#salvaged.set([...this.#salvaged.get().filter(({ id }) => id !== refused.id), salvaged])
    return this.#storage.set(this.#prefix + salvaged.id, JSON.stringify(salvaged))
  }

  /** Removes an entry that the person does not need any more. */
  dismiss(id: string): void {
    this.#storage.delete(this.#prefix + id)
    this.#salvaged.set(this.#salvaged.get().filter((salvaged) => salvaged.id !== id))
  }

  /** Removes words that the server turned out to hold, because they were committed before the refusal arrived. */
  prune(ledger: Ledger): void {
    const before = this.#salvaged.get()
    const after = before.flatMap((salvaged) => withoutKnown(salvaged, ledger) ?? [])
    if (after.length === before.length && after.every((salvaged, i) => salvaged === before[i])) return
    const left = new Set(after.map((salvaged) => salvaged.id))
    for (const { id } of before) if (!left.has(id)) this.#storage.delete(this.#prefix + id)
    for (const salvaged of after) {
      if (!before.includes(salvaged)) this.#storage.set(this.#prefix + salvaged.id, JSON.stringify(salvaged))
    }
    this.#salvaged.set(after)
  }

  #read(): Salvaged[] {
    const found: Salvaged[] = []
    for (const key of this.#storage.keys(this.#prefix)) {
      const text = this.#storage.get(key)
      if (text === null) continue
      try {
        found.push(JSON.parse(text) as Salvaged)
      } catch {
        this.#storage.delete(key)
      }
    }
    return found.sort((a, b) => a.at - b.at)
  }
}
