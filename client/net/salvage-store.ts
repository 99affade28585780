import type { Ledger } from './ledger.ts'
import type { Salvaged } from './salvage.ts'
import { withoutKnown, withoutOffered } from './salvage.ts'
import type { DeviceStorage } from './storage.ts'
import type { Value, Watched } from './watched.ts'
import { createValue } from './watched.ts'

/**
 * What was salvaged, until the person says it can go: over reloads too. Each is kept under a key of its own, so that
 * two tabs do not overwrite each other's.
 */
export class SalvageStore {
  readonly salvaged: Watched<readonly Salvaged[]>
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
   * False when the device would not keep it: it is here until the tab is closed. What another tab of the same person
   * has put here before (it had loaded the same unsent words) is not put here twice. Under the same id it replaces what
   * was kept, also by nothing.
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

  dismiss(id: string): void {
    this.#storage.delete(this.#prefix + id)
    this.#salvaged.set(this.#salvaged.get().filter((salvaged) => salvaged.id !== id))
  }

  /** Takes away what the server has after all: it was committed while the refusal was on its way. */
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
