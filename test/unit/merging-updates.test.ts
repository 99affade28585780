import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { decodeUpdate } from '#shared/document/admit/decode/decode.ts'
import { finish } from '#shared/document/steps.ts'
import { encodeUpdate } from '#shared/document/updates.ts'
import { mergeInSteps } from '#server/room/live/merge.ts'
import { differenceBetween } from '#server/store/snapshot.ts'
import { Random } from '#test/kit/random.ts'

/** What several people did after `before`, each in updates of their own, in the order in which one server had them. */
function written(seed: number): { before: Y.Doc; updates: Uint8Array[] } {
  const random = new Random(seed)
  const server = new Y.Doc()
  server.getText('text').insert(0, 'words of a text '.repeat(20))
  server.getMap('map').set('first', { said: 'early' })
  const before = new Y.Doc()
  Y.applyUpdate(before, Y.encodeStateAsUpdate(server))
  const updates: Uint8Array[] = []
  server.on('update', (update: Uint8Array) => updates.push(update))
  const people = Array.from({ length: 3 }, () => new Y.Doc())
  for (let step = 0; step < 60; step++) {
    const person = random.pick(people)
    const known = Y.encodeStateVector(server)
    Y.applyUpdate(person, Y.encodeStateAsUpdate(server, Y.encodeStateVector(person)))
    person.transact(() => change(person, random))
    Y.applyUpdate(server, Y.encodeStateAsUpdate(person, known))
  }
  return { before, updates }
}

function change(doc: Y.Doc, random: Random): void {
  const text = doc.getText('text')
  const at = random.int(text.length)
  if (random.chance(0.4)) text.delete(at, Math.min(text.length - at, random.int(200)))
  text.insert(at > text.length ? 0 : at, 'more words '.repeat(random.int(200)))
  if (random.chance(0.5)) doc.getMap('map').set(`key ${random.int(4)}`, { said: random.int(9) })
  if (random.chance(0.2)) text.format(0, Math.min(5, text.length), { strong: true })
}

const applied = (before: Y.Doc, updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc()
  for (const update of [Y.encodeStateAsUpdate(before), ...updates]) Y.applyUpdate(doc, update)
  for (const root of ['text', 'map']) doc.get(root)
  expect(doc.store.pendingStructs).toBeNull()
  return doc
}

describe('the updates of a batch, merged', () => {
  it('do what they do one after the other, and are one strict update', () => {
    for (let seed = 0; seed < 12; seed++) {
      const { before, updates } = written(seed)
      const merged = finish(mergeInSteps(updates))
      expect(decodeUpdate(merged), `seed ${seed}`).not.toBeNull()
      const [once, oneByOne] = [applied(before, [merged]), applied(before, updates)]
      expect(differenceBetween(once, oneByOne), `seed ${seed}`).toBeNull()
      expect(once.getText('text').toDelta()).toEqual(oneByOne.getText('text').toDelta())
      expect(once.getMap('map').toJSON()).toEqual(oneByOne.getMap('map').toJSON())
    }
  })

  it('are merged one in a step when they are large, and at once when they are small', () => {
    const { updates } = written(3)
    expect([...mergeInSteps(updates)].length).toBeGreaterThan(updates.length)
    expect([...mergeInSteps(updates.slice(0, 2))]).toEqual([])
  })

  it('delete all that each of them does, also where one deletes a part of what another deletes', () => {
    const { before, updates } = written(4)
    const [client] = [...before.store.clients.keys()]
    const deletes = (ranges: { clock: number; len: number }[]) =>
      encodeUpdate({ store: { clients: new Map() } }, [], new Map([[client!, ranges]]))
    const all = [...updates, deletes([{ clock: 10, len: 40 }]), deletes([{ clock: 15, len: 5 }])]
    const merged = finish(mergeInSteps(all))
    expect(decodeUpdate(merged)).not.toBeNull()
    expect(differenceBetween(applied(before, [merged]), applied(before, all))).toBeNull()
  })

  it('lose nothing where they overlap or leave a gap', () => {
    const { before, updates } = written(5)
    const [first, second] = [Y.mergeUpdates(updates.slice(0, 40)), Y.mergeUpdates(updates.slice(30))]
    const overlapping = finish(mergeInSteps([first, second]))
    expect(differenceBetween(applied(before, [overlapping]), applied(before, updates))).toBeNull()
    const late = updates.filter((_, i) => i !== 20)
    const doc = applied(before, [])
    for (const update of [finish(mergeInSteps(late)), updates[20]!]) Y.applyUpdate(doc, update)
    expect(differenceBetween(doc, applied(before, updates))).toBeNull()
  })
})
