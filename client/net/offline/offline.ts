import * as Y from 'yjs'
import { encodeState } from '#shared/document/updates.ts'
import type { Ledger } from '../unsent/ledger.ts'
import { FROM_STORE } from '../origins.ts'
import type { Observable } from '#client/observable.ts'

/**
 * One entry of what is kept on this device. Entries are kept in the order in which they happened:
 * - `here`: an update made here (this tab or another one of the same person);
 * - `server`: an update that the server holds durably; an own update is added again when it is acknowledged;
 * - `known`: an encoded {@link Ledger}, written when entries were merged.
 */
export interface StoredEntry {
  readonly kind: 'here' | 'server' | 'known'
  readonly bytes: Uint8Array
}

export type StoreState = 'opening' | 'kept' | 'unavailable'

/**
 * Keeps one person's copy of one document on this device. All tabs of the person share it. Its methods never throw or
 * reject; when nothing can be kept, `state` is `unavailable`.
 */
export interface OfflineStore {
  readonly state: Observable<StoreState>
  /** All entries kept so far; empty when the store is unavailable. */
  load(): Promise<readonly StoredEntry[]>
  append(entry: StoredEntry): void
  /** Replaces the entries that this tab has loaded or appended by `entries`; those of other tabs stay. */
  compact(entries: readonly StoredEntry[]): void
  /** Deletes all entries, those of other tabs too, and tells the other tabs. */
  clear(): void
  /** The number of entries that {@link compact} would replace. */
  readonly length: number
  /** Calls `listener` when another tab has cleared the store; write again then what this tab holds unsent. */
  onCleared(listener: () => void): void
  close(): void
}

/** A store that keeps nothing, for browsers without IndexedDB. */
export const NO_STORE: OfflineStore = {
  state: { get: () => 'unavailable', subscribe: () => () => undefined },
  load: () => Promise.resolve([]),
  append: () => undefined,
  compact: () => undefined,
  clear: () => undefined,
  length: 0,
  onCleared: () => undefined,
  close: () => undefined,
}

/**
 * Puts stored entries into the document and the ledger, in one transaction. The transaction is not local, so that Yjs
 * changes the document's client id if it occurs in the entries. An entry that cannot be read is passed over.
 */
export function restore(doc: Y.Doc, ledger: Ledger, entries: readonly StoredEntry[]): void {
  Y.transact(
    doc,
    () => {
      const begun = restoreFirst(doc, ledger, entries)
      for (const { kind, bytes } of voidsLast(entries.slice(begun))) {
        // An unreadable entry (an interrupted write, a defect of the browser) must not cost the others.
        try {
          if (kind === 'known') ledger.addEncoded(bytes)
          else Y.applyUpdate(doc, bytes)
          if (kind === 'server') ledger.add(bytes)
        } catch {
          continue
        }
      }
    },
    FROM_STORE,
    false,
  )
}

/**
 * Restores a first entry that came from the server, usually the whole document. The ledger is then computed from the
 * document, which is faster than decoding the update a second time. Returns the number of entries restored, 0 or 1.
 */
function restoreFirst(doc: Y.Doc, ledger: Ledger, entries: readonly StoredEntry[]): number {
  const [first] = entries
  if (first?.kind !== 'server' || doc.store.clients.size > 0 || doc.store.pendingStructs) return 0
  try {
    Y.applyUpdate(doc, first.bytes)
  } catch {
    return 0
  }
  ledger.addDocument(doc)
  return 1
}

/**
 * Reorders the entries when several tabs have merged theirs. One tab may hold as void what another still holds as an
 * item, and Yjs drops items that refer to a void; so updates without voids are applied first.
 */
function voidsLast(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  if (entries.filter(({ kind }) => kind === 'known').length < 2) return entries
  const isVoid = entries.map(({ kind, bytes }) => kind !== 'known' && holdsVoids(bytes))
  return [...entries.filter((_, i) => !isVoid[i]), ...entries.filter((_, i) => isVoid[i])]
}

function holdsVoids(bytes: Uint8Array): boolean {
  try {
    return Y.decodeUpdate(bytes).structs.some((struct) => struct instanceof Y.GC)
  } catch {
    return false
  }
}

/** Two entries that replace all others: the whole document, and the ledger. */
export const compacted = (doc: Y.Doc, ledger: Ledger): StoredEntry[] => [
  { kind: 'here', bytes: encodeState(doc) },
  { kind: 'known', bytes: ledger.encode() },
]
