import type { OfflineStore, StoredEntry, StoreState } from './offline.ts'
import { NO_STORE } from './offline.ts'
import type { Value } from '#client/observable.ts'
import { createValue } from '#client/observable.ts'

const ENTRIES = 'entries'

/** The channel by which tabs tell each other that the store was cleared. */
export interface TabChannel {
  postMessage(message: string): void
  addEventListener(type: 'message', listener: () => void): void
  close(): void
}

/**
 * The offline store on IndexedDB: one database for each document and person, with one object store of entries
 * numbered in order. y-indexeddb is not used because it cannot be cleared while a second tab has it open
 * (deleteDatabase waits, and so does every later open), leaves failed writes as unhandled rejections, and does not
 * know what was acknowledged.
 */
export function openIndexedDb(
  name: string,
  factory: IDBFactory | undefined = globalThis.indexedDB,
  channel: TabChannel | null = openTabChannel(name),
): OfflineStore {
  if (factory === undefined) {
    channel?.close()
    return NO_STORE
  }
  return new IndexedDbStore(name, factory, channel)
}

const openTabChannel = (name: string): TabChannel | null =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)

class IndexedDbStore implements OfflineStore {
  readonly state: Value<StoreState> = createValue<StoreState>('opening')
  readonly #opened: Promise<IDBDatabase | null>
  readonly #channel: TabChannel | null
  /** Keys of the entries that this tab has loaded or written. Only these may be merged; others are another tab's. */
  #keys: IDBValidKey[] = []
  #closed = false

  constructor(name: string, factory: IDBFactory, channel: TabChannel | null) {
    this.#channel = channel
    this.#opened = openDatabase(factory, name).then(
      (db) => this.#accept(db),
      () => this.#fail(),
    )
  }

  get length(): number {
    return this.#keys.length
  }

  async load(): Promise<readonly StoredEntry[]> {
    const db = await this.#opened
    if (db === null) return []
    try {
      const store = db.transaction(ENTRIES, 'readonly').objectStore(ENTRIES)
      const [keys, entries] = await Promise.all([result(store.getAllKeys()), result(store.getAll())])
      this.#keys.unshift(...keys)
      return entries as StoredEntry[]
    } catch {
      this.#fail()
      return []
    }
  }

  append(entry: StoredEntry): void {
    this.#write((store) => this.#add(store, entry))
  }

  compact(entries: readonly StoredEntry[]): void {
    this.#write((store) => {
      const replaced = this.#keys
      this.#keys = []
      for (const key of replaced) store.delete(key)
      for (const entry of entries) this.#add(store, entry)
    })
  }

  clear(): void {
    this.#write((store) => {
      this.#keys = []
      store.clear()
    })
    this.#channel?.postMessage('cleared')
  }

  onCleared(listener: () => void): void {
    this.#channel?.addEventListener('message', () => {
      this.#keys = []
      listener()
    })
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#channel?.close()
    // Closed after the writes requested before, since those wait for the same promise.
    void this.#opened.then((db) => db?.close())
  }

  #add(store: IDBObjectStore, entry: StoredEntry): void {
    const request = store.add(entry)
    request.addEventListener('success', () => this.#keys.push(request.result))
  }

  /** Writes in the order of the calls: IndexedDB runs overlapping transactions in the order of their creation. */
  #write(work: (store: IDBObjectStore) => void): void {
    if (this.#closed) return
    void this.#writeWhenOpen(work)
  }

  async #writeWhenOpen(work: (store: IDBObjectStore) => void): Promise<void> {
    const db = await this.#opened
    if (db === null || this.state.get() === 'unavailable') return
    try {
      const transaction = db.transaction(ENTRIES, 'readwrite')
      transaction.addEventListener('abort', () => this.#fail())
      work(transaction.objectStore(ENTRIES))
    } catch {
      this.#fail()
    }
  }

  #accept(db: IDBDatabase): IDBDatabase {
    db.addEventListener('close', () => this.#fail())
    db.addEventListener('versionchange', () => {
      db.close()
      this.#fail()
    })
    this.state.set('kept')
    return db
  }

  #fail(): null {
    this.state.set('unavailable')
    return null
  }
}

async function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(ENTRIES, { autoIncrement: true })
  })
  return result(request)
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
