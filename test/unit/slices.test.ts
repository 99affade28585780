import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { slicesOf } from '#shared/document/slices.ts'
import { openDocument } from '#shared/document/schema.ts'
import { encodeState } from '#shared/document/updates.ts'
import { differenceBetween } from '#server/store/snapshot.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'

/** Several people type, embed, delete and undo at the same time, and now and then they meet. */
function written(random: Random, steps: number): Y.Doc {
  const docs = Array.from({ length: 4 }, () => new Y.Doc())
  const undoing = docs.map((doc) => new Y.UndoManager(doc.getText('paragraphs')))
  for (let step = 0; step < steps; step++) {
    const at = random.int(docs.length)
    const doc = docs[at]!
    const text = doc.getText('paragraphs')
    const map = doc.getMap<Y.Text>('proposals')
    const place = random.int(text.length + 1)
    switch (random.int(6)) {
      case 0:
        text.delete(place, random.int(text.length - place + 1))
        break
      case 1:
        map.set(`key ${random.int(5)}`, new Y.Text('inner '))
        break
      case 2:
        map.get(`key ${random.int(5)}`)?.insert(0, 'more ')
        break
      case 3:
        undoing[at]!.undo()
        break
      case 4:
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(random.pick(docs)))
        break
      default:
        text.insert(place, 'words '.repeat(1 + random.int(4)))
    }
  }
  const [first = new Y.Doc(), ...others] = docs
  for (const other of others) Y.applyUpdate(first, Y.encodeStateAsUpdate(other))
  return first
}

/** Applies one slice after the other; none of them may have to wait for a later one. */
function applied(slices: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const slice of slices) {
    Y.applyUpdate(doc, slice)
    expect(doc.store.pendingStructs).toBeNull()
    expect(doc.store.pendingDs).toBeNull()
  }
  return doc
}

describe('an update in slices', () => {
  it('makes the same document, whoever wrote in it, and no slice waits for a later one', () => {
    let most = 0
    for (let seed = 0; seed < 25; seed++) {
      const doc = written(new Random(seed), 120)
      for (const update of [Y.encodeStateAsUpdate(doc), encodeState(doc)]) {
        const slices = [...slicesOf(update, 40)]
        most = Math.max(most, slices.length)
        const again = applied(slices)
        for (const root of ['paragraphs', 'proposals']) again.get(root)
        expect(Y.equalSnapshots(Y.snapshot(again), Y.snapshot(applied([update])))).toBe(true)
        expect(again.getText('paragraphs').toDelta()).toEqual(doc.getText('paragraphs').toDelta())
        expect(again.getMap('proposals').toJSON()).toEqual(doc.getMap('proposals').toJSON())
      }
    }
    expect(most).toBeGreaterThan(20)
  })

  it('inserts first, then deletes range by range, and after that the whole update changes nothing', () => {
    let deleting = 0
    for (let seed = 200; seed < 210; seed++) {
      const doc = written(new Random(seed), 120)
      const update = Y.encodeStateAsUpdate(doc)
      const parts = [...slicesOf(update, 40, 1)].map((slice) => ({ slice, ...Y.decodeUpdate(slice) }))
      const first = parts.findIndex(({ ds }) => ds.clients.size > 0)
      for (const [i, { structs, ds }] of parts.entries()) {
        const ranges = [...ds.clients.values()].flat().length
        expect([structs.length > 0, ranges], `seed ${seed}`).toEqual(i < first ? [true, 0] : [false, 1])
      }
      deleting += parts.length - first
      const again = applied(parts.map(({ slice }) => slice))
      let changed = 0
      again.on('update', () => changed++)
      Y.applyUpdate(again, update)
      expect(changed).toBe(0)
      expect(again.getText('paragraphs').toDelta()).toEqual(doc.getText('paragraphs').toDelta())
    }
    expect(deleting).toBeGreaterThan(50)
  })

  it('of a whole document are small', () => {
    const od = bigDocument(new Random(5), { paragraphs: 30, proposals: 200, positions: 3, words: 6_000 })
    const update = encodeState(od.doc)
    const slices = [...slicesOf(update, 16 * 1024)]
    expect(slices.length).toBeGreaterThan(5)
    for (const slice of slices) expect(slice.length).toBeLessThan(32 * 1024)
    const again = openDocument(applied(slices))
    expect(differenceBetween(od.doc, again.doc)).toBeNull()
  })

  it('is itself when it is small, or leaves a gap', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const word of ['one', 'two', 'three']) doc.getText('paragraphs').insert(0, word.repeat(20))
    const gap = Y.mergeUpdates([updates[0]!, updates[2]!])
    expect([...slicesOf(gap, 10)]).toEqual([gap])
    expect([...slicesOf(updates[0]!, 1_000)]).toEqual([updates[0]])
  })
})
