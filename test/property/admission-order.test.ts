import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { contentOf } from '#shared/document/schema.ts'
import { explain, KENYA, replicaOf, submit } from '#test/kit/admission-room.ts'
import { KENYAS, setScene, wording } from '#test/kit/admission-scene.ts'
import type { Scene } from '#test/kit/admission-scene.ts'
import { forge, string } from '#test/kit/forge.ts'
import type { At, RawSection, RawStruct } from '#test/kit/forge.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(4 / 3)
const CLIENTS = [9_000_001, 9_000_002, 9_000_003, 1_500_000]

function unitsOf(scene: Scene): At[] {
  const units: At[] = []
  for (let item = wording(scene)._start; item; item = item.right)
    for (let i = 0; i < item.length; i++) units.push([item.id.client, item.id.clock + i])
  return units
}

/** One to three stretches by one to two clients, each put between any two units, in the text or new. */
function forgery({ room }: Scene, random: Random, units: readonly At[]): Uint8Array {
  const known = [...units]
  const sections: RawSection[] = []
  for (const client of random.chance(0.3) ? [CLIENTS[0]!, CLIENTS[1]!] : [random.pick(CLIENTS)]) {
    let clock = Y.getState(room.od.doc.store, client)
    const structs: RawStruct[] = []
    const section = { client, clock, structs }
    for (let left = random.int(3) + 1; left > 0; left--) {
      const text = random.pick(['x', 'yz', '123'])
      const at = random.int(known.length)
      const origin = random.chance(0.1) ? undefined : known[at]
      const right = random.chance(0.5) ? known[at + 1] : random.chance(0.2) ? undefined : random.pick(known)
      if (!origin && !right) continue
      structs.push(string(text, { ...(origin ? { origin } : {}), ...(right ? { right } : {}) }))
      for (let i = 0; i < text.length; i++) known.splice(at + 1 + i, 0, [client, clock++])
    }
    if (structs.length > 0) sections.push(section)
  }
  return forge(sections.sort((a, b) => b.client - a.client))
}

test(`whatever neighbours are named, what is admitted stands in one place for all (${HISTORIES} histories)`, () => {
  let admitted = 0
  let refused = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const random = new Random(seed)
    const scene = setScene()
    const { room } = scene
    const updates: Uint8Array[] = []
    const start = replicaOf(room.od, 4)
    for (let step = 0; step < 14; step++) {
      const update = forgery(scene, random, unitsOf(scene))
      if (submit(room, KENYA, update).ok) updates.push(update)
      else refused++
    }
    admitted += updates.length
    const newcomer = contentOf(replicaOf(room.od, 5), KENYAS)!
    expect(newcomer.toJSON(), `seed ${seed}, a newcomer`).toBe(wording(scene).toJSON())
    if (updates.length > 0) Y.applyUpdate(start.doc, Y.mergeUpdates(updates))
    expect(contentOf(start, KENYAS)!.toJSON(), `seed ${seed}, in one piece`).toBe(wording(scene).toJSON())
  }
  expect(admitted).toBeGreaterThan(HISTORIES)
  expect(refused).toBeGreaterThan(HISTORIES)
})

test(`several who type into the same words at once are never refused (${HISTORIES} histories)`, () => {
  for (const seed of seedsUpTo(HISTORIES)) {
    const random = new Random(seed)
    const { room } = setScene()
    const desks = CLIENTS.map((client) => ({
      od: replicaOf(room.od, client),
      out: [] as Uint8Array[],
      seen: room.log.length,
    }))
    for (const { od, out } of desks)
      od.doc.on('update', (update: Uint8Array, origin: unknown) => origin === 'server' || out.push(update))
    for (let step = 0; step < 60; step++) {
      const desk = random.pick(desks)
      const text = contentOf(desk.od, KENYAS)!
      // All of them near the start: where they meet.
      const at = random.int(Math.min(text.length, 5) + 1)
      if (random.chance(0.5)) text.insert(at, random.pick(['a', 'bc', 'def']))
      else if (random.chance(0.4)) text.delete(at, Math.min(2, text.length - at))
      else if (random.chance(0.3))
        text.format(at, Math.min(3, text.length - at), { em: random.chance(0.5) ? true : null })
      if (random.chance(0.3) && desk.out.length > 0) {
        const update = random.chance(0.7)
          ? Y.mergeUpdates(desk.out)
          : Y.encodeStateAsUpdate(desk.od.doc, Y.encodeStateVector(room.od.doc))
        desk.out.length = 0
        const verdict = submit(room, KENYA, update)
        if (!verdict.ok) throw new Error(`seed ${seed}: ${verdict.code}\n${explain(room, update)}`)
      }
      if (random.chance(0.3)) {
        for (const update of room.log.slice(desk.seen)) Y.applyUpdate(desk.od.doc, update, 'server')
        desk.seen = room.log.length
      }
    }
  }
})
