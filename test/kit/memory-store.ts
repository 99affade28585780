import type { OfflineStore, StoredEntry, StoreState } from '#client/net/offline/offline.ts'
import { createValue } from '#client/observable.ts'

/** What stays on a device when the tab is closed: every tab's store works on the same entries. */
export class FakeDisk {
  entries: StoredEntry[] = []
  readonly texts = new Map<string, string>()
  readonly #cleared = new Set<() => void>()

  readonly openStore = (): OfflineStore => {
    let own: StoredEntry[] = []
    let closed = false
    let onCleared: (() => void) | null = null
    const add = (entry: StoredEntry) => {
      own.push(entry)
      this.entries.push(entry)
    }
    const notice = () => onCleared?.()
    this.#cleared.add(notice)
    return {
      state: createValue<StoreState>('kept'),
      load: () => {
        own = [...this.entries]
        return Promise.resolve([...this.entries])
      },
      append: (entry) => {
        if (!closed) add(entry)
      },
      compact: (entries) => {
        const replaced = new Set(own)
        this.entries = this.entries.filter((entry) => !replaced.has(entry))
        own = []
        for (const entry of entries) add(entry)
      },
      clear: () => {
        own = []
        this.entries = []
        for (const other of this.#cleared) if (other !== notice) other()
      },
      get length() {
        return own.length
      },
      onCleared: (listener) => {
        onCleared = () => {
          own = []
          listener()
        }
      },
      close: () => {
        closed = true
        this.#cleared.delete(notice)
      },
    }
  }

  readonly storage = {
    get: (key: string) => this.texts.get(key) ?? null,
    set: (key: string, value: string) => {
      this.texts.set(key, value)
      return true
    },
    delete: (key: string) => void this.texts.delete(key),
    keys: (prefix: string) => [...this.texts.keys()].filter((key) => key.startsWith(prefix)).sort(),
  }
}
