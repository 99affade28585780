import * as Y from 'yjs'
import { openDocument } from '#shared/document/schema.ts'
import { expect, test } from 'vitest'
import { subtractRanges } from '#client/net/unsent/clock-ranges.ts'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { unsentUpdate } from '#client/net/unsent/unsent.ts'
import { Random } from '#test/kit/random.ts'

const textOf = (doc: Y.Doc): Y.Text => doc.getText('t')

test('ranges are subtracted clock by clock', () => {
  const random = new Random(1)
  for (let i = 0; i < 2_000; i++) {
    const [all, known] = [ranges(random), ranges(random)]
    const rest = clocks(subtractRanges(all, known))
    const taken = new Set(clocks(known))
    expect(rest).toEqual(clocks(all).filter((clock) => !taken.has(clock)))
  }
})

function ranges(random: Random): { clock: number; len: number }[] {
  const found: { clock: number; len: number }[] = []
  for (let clock = random.int(4); clock < 24;) {
    const len = 1 + random.int(5)
    found.push({ clock, len })
    clock += len + 1 + random.int(5)
  }
  return found
}

const clocks = (all: readonly { clock: number; len: number }[]): number[] =>
  all.flatMap(({ clock, len }) => Array.from({ length: len }, (_, i) => clock + i))

test('what is unsent makes the server equal, and is nothing more than it lacks', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = new Random(seed)
    const [server, doc, ledger] = [new Y.Doc(), new Y.Doc(), new Ledger()]
    textOf(server).insert(0, 'agreed text')
    const answer = Y.encodeStateAsUpdate(server)
    Y.applyUpdate(doc, answer)
    ledger.add(answer)
    for (let round = 0; round < 4; round++) {
      for (let i = random.int(6); i > 0; i--) edit(random, doc)
      if (random.chance(0.5)) edit(random, server)
      const unsent = unsentUpdate(doc, ledger)
      if (unsent) {
        expectNew(server, unsent)
        Y.applyUpdate(server, unsent)
        ledger.add(unsent)
      }
      const news = Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc))
      Y.applyUpdate(doc, news, 'net')
      ledger.add(news)
      expect(unsentUpdate(doc, ledger), `seed ${seed}`).toBe(null)
      expect(textOf(doc).toJSON(), `seed ${seed}`).toBe(textOf(server).toJSON())
    }
  }
})

function edit(random: Random, doc: Y.Doc): void {
  const text = textOf(doc)
  const at = random.int(text.length + 1)
  if (random.chance(0.6) || text.length === 0) text.insert(at, 'abc'.slice(random.int(3)))
  else text.delete(Math.min(at, text.length - 1), 1)
}

function expectNew(server: Y.Doc, update: Uint8Array): void {
  const { structs } = Y.decodeUpdate(update)
  for (const { id } of structs) expect(id.clock).toBeGreaterThanOrEqual(Y.getState(server.store, id.client))
}

test('a ledger that was kept and read again knows the same', () => {
  const doc = new Y.Doc()
  textOf(doc).insert(0, 'some words')
  textOf(doc).delete(2, 3)
  const ledger = new Ledger()
  ledger.add(Y.encodeStateAsUpdate(doc))
  const again = new Ledger()
  again.addEncoded(ledger.encode())
  expect(unsentUpdate(doc, again)).toBe(null)
  expect(again.isWithin(Y.decodeStateVector(Y.encodeStateVector(doc)))).toBe(true)
  expect(again.isWithin(new Map([[doc.clientID, 9]]))).toBe(false)
  expect(again.isWithin(new Map())).toBe(false)
})

test('a document does not tidy its formats by itself: nothing is made that nobody typed', () => {
  const [base, doc, ledger] = [new Y.Doc(), new Y.Doc(), new Ledger()]
  textOf(base).insert(0, 'We, the Heads')
  openDocument(doc)
  textOf(doc)
  const updates = [Y.encodeStateAsUpdate(base), emphasised(base), emphasised(base)]
  let made = 0
  doc.on('update', (_update, origin) => {
    if (origin === null) made++
  })
  for (const update of updates) {
    Y.applyUpdate(doc, update, 'net')
    ledger.add(update)
  }
  expect(made).toBe(0)
  expect(unsentUpdate(doc, ledger)).toBe(null)
  textOf(doc).format(0, 3, { em: null })
  expect(unsentUpdate(doc, ledger)).not.toBe(null)
})

function emphasised(base: Y.Doc): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(base))
  textOf(doc).format(0, 6, { em: true })
  return Y.encodeStateAsUpdate(doc, Y.encodeStateVector(base))
}

test('what was kept is added to what is known: neither the deletions of the one nor of the other are forgotten', () => {
  const doc = new Y.Doc()
  textOf(doc).insert(0, 'some words more')
  const written = Y.encodeStateAsUpdate(doc)
  const deletes = (index: number, length: number): Uint8Array => {
    let update = written
    doc.once('update', (bytes: Uint8Array) => (update = bytes))
    textOf(doc).delete(index, length)
    return update
  }
  const [first, second] = [deletes(0, 5), deletes(5, 5)]
  const [kept, ledger] = [new Ledger(), new Ledger()]
  for (const update of [written, first]) kept.add(update)
  for (const update of [written, second]) ledger.add(update)
  // What was added is looked into when it is first asked about.
  expect(ledger.clock(doc.clientID)).toBe(15)
  ledger.addEncoded(kept.encode())
  expect(unsentUpdate(doc, ledger)).toBe(null)
})
