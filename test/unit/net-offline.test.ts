import { IDBFactory } from 'fake-indexeddb'
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { openIndexedDb } from '#client/net/offline/indexed-db.ts'
import type { TabChannel } from '#client/net/offline/indexed-db.ts'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { compacted, restore } from '#client/net/offline/offline.ts'
import { unsentUpdate } from '#client/net/unsent/unsent.ts'

const NAME = 'informals/document-1/person-1'

/** Tabs of one browser: what one posts, the others hear. */
class Tabs {
  readonly #open = new Set<() => void>()

  join(): TabChannel {
    let own: (() => void) | null = null
    return {
      postMessage: () => {
        for (const listener of this.#open) if (listener !== own) listener()
      },
      addEventListener: (_type, listener) => {
        own = listener
        this.#open.add(listener)
      },
      close: () => {
        if (own) this.#open.delete(own)
      },
    }
  }
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

test('what was appended is there in order when the tab comes back', async () => {
  const factory = new IDBFactory()
  const first = openIndexedDb(NAME, factory, null)
  expect(await first.load()).toEqual([])
  expect(first.state.get()).toBe('kept')
  first.append({ kind: 'here', bytes: bytes(1) })
  first.append({ kind: 'server', bytes: bytes(2) })
  first.close()
  const second = openIndexedDb(NAME, factory, null)
  expect(await second.load()).toEqual([
    { kind: 'here', bytes: bytes(1) },
    { kind: 'server', bytes: bytes(2) },
  ])
  expect(second.length).toBe(2)
})

test('another person or document has a store of its own', async () => {
  const factory = new IDBFactory()
  openIndexedDb(NAME, factory, null).append({ kind: 'here', bytes: bytes(1) })
  expect(await openIndexedDb('informals/document-1/person-2', factory, null).load()).toEqual([])
})

test('it can be cleared while a second tab has it open, which is told', async () => {
  const factory = new IDBFactory()
  const tabs = new Tabs()
  const a = openIndexedDb(NAME, factory, tabs.join())
  const b = openIndexedDb(NAME, factory, tabs.join())
  let told = 0
  b.onCleared(() => told++)
  a.append({ kind: 'here', bytes: bytes(1) })
  b.append({ kind: 'here', bytes: bytes(2) })
  await Promise.all([a.load(), b.load()])
  a.clear()
  expect(told).toBe(1)
  a.append({ kind: 'server', bytes: bytes(3) })
  const third = openIndexedDb(NAME, factory, null)
  await a.load()
  expect(await third.load()).toEqual([{ kind: 'server', bytes: bytes(3) }])
})

test('merging leaves what another tab has written', async () => {
  const factory = new IDBFactory()
  const a = openIndexedDb(NAME, factory, null)
  const b = openIndexedDb(NAME, factory, null)
  a.append({ kind: 'here', bytes: bytes(1) })
  await a.load()
  b.append({ kind: 'here', bytes: bytes(2) })
  await b.load()
  a.compact([{ kind: 'known', bytes: bytes(9) }])
  const kept = await openIndexedDb(NAME, factory, null).load()
  expect(kept).toEqual([
    { kind: 'here', bytes: bytes(2) },
    { kind: 'known', bytes: bytes(9) },
  ])
})

test('without IndexedDB, or where it is denied, nothing is kept and it says so', async () => {
  const none = openIndexedDb(NAME, undefined, null)
  expect(none.state.get()).toBe('unavailable')
  none.append({ kind: 'here', bytes: bytes(1) })
  expect(await none.load()).toEqual([])

  const denying = {
    open: () => {
      throw new Error('denied')
    },
  } as unknown as IDBFactory
  const denied = openIndexedDb(NAME, denying, null)
  expect(await denied.load()).toEqual([])
  expect(denied.state.get()).toBe('unavailable')
  denied.append({ kind: 'here', bytes: bytes(1) })
  denied.clear()
  denied.close()
})

const typed = (words: string, client?: number): Y.Doc => {
  const doc = new Y.Doc()
  if (client !== undefined) doc.clientID = client
  doc.getText('t').insert(0, words)
  return doc
}

test("a tab never takes up another tab's client id", () => {
  const kept = typed('offline', 7)
  const doc = new Y.Doc()
  doc.clientID = 7
  restore(doc, new Ledger(), [{ kind: 'here', bytes: Y.encodeStateAsUpdate(kept) }])
  expect(doc.clientID).not.toBe(7)
  doc.getText('t').insert(0, 'more ')
  expect(doc.getText('t').toJSON()).toBe('more offline')
})

test('what was unsent is still unsent after a merge and a reload', () => {
  const server = typed('agreed ', 1)
  const doc = new Y.Doc()
  const ledger = new Ledger()
  restore(doc, ledger, [{ kind: 'server', bytes: Y.encodeStateAsUpdate(server) }])
  expect(unsentUpdate(doc, ledger)).toBe(null)
  doc.getText('t').insert(7, 'offline')
  doc.getText('t').delete(0, 2)
  const unsent = unsentUpdate(doc, ledger)

  const again = new Y.Doc()
  const ledgerAgain = new Ledger()
  restore(again, ledgerAgain, compacted(doc, ledger))
  expect(again.getText('t').toJSON()).toBe('reed offline')
  expect(unsentUpdate(again, ledgerAgain)).toEqual(unsent)
  Y.applyUpdate(server, unsent ?? new Uint8Array())
  expect(server.getText('t').toJSON()).toBe('reed offline')
})

test('an entry that cannot be read does not cost the others', () => {
  const doc = new Y.Doc()
  restore(doc, new Ledger(), [
    { kind: 'here', bytes: bytes(255, 255, 255) },
    { kind: 'known', bytes: bytes(200) },
    { kind: 'here', bytes: Y.encodeStateAsUpdate(typed('kept')) },
  ])
  expect(doc.getText('t').toJSON()).toBe('kept')
})
