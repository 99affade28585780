import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { FROM_SERVER, FROM_STORE } from '#client/net/origins.ts'
import { applyAfter, rollBack } from '#client/net/unsent/roll-back.ts'
import { unsentUpdate } from '#client/net/unsent/unsent.ts'
import { encodeState } from '#shared/document/updates.ts'
import { histories } from '#test/kit/histories.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'
import { Random } from '#test/kit/random.ts'

// A client writes and deletes on a document that others write in too; some of it reaches the server.

const text = (doc: Y.Doc, name = 'text') => doc.getText(name)

function change(doc: Y.Doc, random: Random): void {
  const at = text(doc, random.pick(['text', 'other']))
  const dice = random.int(10)
  if (dice < 5) at.insert(random.int(at.length + 1), random.pick(['a', 'bc', 'def']))
  else if (dice < 7 && at.length > 0) {
    const from = random.int(at.length)
    at.delete(from, Math.min(1 + random.int(4), at.length - from))
  } else if (dice < 9) doc.getMap('map').set(random.pick(['x', 'y']), random.int(100))
  else {
    const words = new Y.Text()
    doc.getMap('map').set(`text ${random.int(5)}`, words)
    words.insert(0, 'within')
  }
}

/** Every item of every list, as it is linked, and what it says. */
function anatomy(doc: Y.Doc): unknown {
  const lists = [text(doc), text(doc, 'other')].map((type) => {
    const items: unknown[] = []
    let before: Y.Item | null = null
    for (let item = type._start; item !== null; before = item, item = item.right) {
      expect(item.left).toBe(before)
      for (let i = 0; i < item.length; i++) items.push([item.id.client, item.id.clock + i, item.deleted])
    }
    return [type.length, type.toJSON(), items]
  })
  const clocks = [...doc.store.clients.keys()]
    .sort((a, b) => a - b)
    .map((client) => [client, Y.getState(doc.store, client)])
  return { lists, map: doc.getMap('map').toJSON(), clocks }
}

function run(seed: number): { unsent: boolean } {
  const random = new Random(seed)
  const server = new Y.Doc()
  server.clientID = 1
  // Nothing is lost that would have to be asked for.
  const doc = new Y.Doc({ gc: false })
  doc.clientID = 2 + random.int(2) * 10
  const other = new Y.Doc()
  other.clientID = 7
  const ledger = new Ledger()
  const observed: string[] = []
  text(doc).observe(() => observed.push(text(doc).toJSON()))
  for (let step = 0; step < 30; step++) {
    const dice = random.int(10)
    if (dice < 5) change(doc, random)
    else if (dice < 7) {
      Y.applyUpdate(other, encodeState(server, Y.encodeStateVector(other)))
      change(other, random)
      Y.applyUpdate(server, Y.encodeStateAsUpdate(other, Y.encodeStateVector(server)))
    } else if (dice < 9) {
      const news = encodeState(server, Y.encodeStateVector(doc))
      Y.applyUpdate(doc, news, FROM_SERVER)
      ledger.add(news)
    } else {
      const update = unsentUpdate(doc, ledger)
      if (!update) continue
      Y.applyUpdate(server, update)
      ledger.add(update)
    }
  }
  const news = encodeState(server, Y.encodeStateVector(doc))
  Y.applyUpdate(doc, news, FROM_SERVER)
  ledger.add(news)
  const before = anatomy(doc)
  const unsent = unsentUpdate(doc, ledger)
  const rolledBack = rollBack(doc, ledger)
  const loaded = new Y.Doc()
  Y.applyUpdate(loaded, encodeState(server))
  expect(anatomy(doc)).toEqual(anatomy(loaded))
  const { clientID } = doc
  doc.clientID = 99
  const seen = observed.length
  applyAfter(rolledBack, doc, unsent, FROM_STORE)
  doc.clientID = clientID
  expect(anatomy(doc)).toEqual(before)
  if (rolledBack.changed.has(text(doc) as unknown as Y.AbstractType<unknown>))
    expect(observed.slice(seen)).toEqual([text(doc).toJSON()])
  // Whatever is written afterwards arrives as ever.
  for (let i = 0; i < 5; i++) change(doc, random)
  const rest = unsentUpdate(doc, ledger)
  if (rest) Y.applyUpdate(server, rest)
  expect(anatomy(server)).toEqual(anatomy(doc))
  return { unsent: unsent !== null }
}

const HISTORIES = histories(2)

test('14.1 what is unsent goes out of a document as if it had never been in it, and comes back as it was', () => {
  let unsent = 0
  for (const seed of seedsUpTo(HISTORIES)) if (run(seed).unsent) unsent++
  if (HISTORIES > 0) expect(unsent).toBeGreaterThan(HISTORIES / 2)
})
