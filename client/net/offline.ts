import * as Y from 'yjs'
import { encodeState } from '#shared/document/updates.ts'
import type { Ledger } from './ledger.ts'
import { FROM_STORE } from './origins.ts'
import type { Watched } from './watched.ts'

/**
 * One entry of what is kept on this device, in the order it happened:
 * - `here`: an update made here (this tab or another one of the same person);
 * - `server`: an update that the server holds durably, own ones again when they are acknowledged;
 * - `known`: an encoded {@link Ledger}, after entries were merged into one.
 */
export interface StoredEntry {
  readonly kind: 'here' | 'server' | 'known'
  readonly bytes: Uint8Array
}

export type StoreState = 'opening' | 'kept' | 'unavailable'

/** Keeps one person's copy of one document on this device. It never throws: it says that it is unavailable. */
export interface OfflineStore {
  readonly state: Watched<StoreState>
  /** Everything kept so far; empty when the store is unavailable. */
  load(): Promise<readonly StoredEntry[]>
  append(entry: StoredEntry): void
  /** Puts `entries` in the place of all that this tab has loaded and appended. */
  compact(entries: readonly StoredEntry[]): void
  /** Forgets everything, other tabs' entries too. */
  clear(): void
  /** How many entries {@link compact} would replace. */
  readonly length: number
  /** Another tab has cleared the store: what this tab still holds unsent must be written again. */
  onCleared(listener: () => void): void
  close(): void
}

/** Nothing is kept: where there is no IndexedDB. */
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
 * Puts what was kept into the document and the ledger. In one transaction that is not local: so Yjs itself takes
 * another client id should the document's happen to be in use among the entries.
 */
export function restore(doc: Y.Doc, ledger: Ledger, entries: readonly StoredEntry[]): void {
  Y.transact(
    doc,
    () => {
      const begun = restoreFirst(doc, ledger, entries)
      for (const { kind, bytes } of voidsLast(entries.slice(begun))) {
        // One that cannot be read (an interrupted write, a browser's bug) must not cost the others.
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
 * As long as a document holds nothing but what came from the server, the ledger reads what that is from the document:
 * the first update is all that was there, and decoding it a second time would take as long as the first. How many
 * entries these are.
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
 * Where two tabs have written all they had, and one has put aside what the other had not: first what is held, then what
 * is void, for Yjs drops whatever stands in something void.
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

/** The whole document and what of it the server has, as two entries. */
export const compacted = (doc: Y.Doc, ledger: Ledger): StoredEntry[] => [
  { kind: 'here', bytes: encodeState(doc) },
  { kind: 'known', bytes: ledger.encode() },
]
