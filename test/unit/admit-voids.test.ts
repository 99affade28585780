import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { FACILITATOR, judge, KENYA } from '#test/kit/admission-room.ts'
import {
  expectAdmitted,
  expectRefused,
  FIRST,
  FRESH,
  head,
  ME,
  pointAt,
  setScene,
  unitAt,
  wording,
} from '#test/kit/admission-scene.ts'
import type { Scene } from '#test/kit/admission-scene.ts'
import { forge, gc, string } from '#test/kit/forge.ts'
import type { RawStruct } from '#test/kit/forge.ts'
import { addProposal, openDocument } from '#shared/document/schema.ts'

// What an author has put aside keeps its clocks, as GC structs.

const sent = (clock: number, ...structs: readonly RawStruct[]) =>
  forge([{ client: ME, clock, structs: [...structs] }])

/** Words of Kenya's own, in its own wording. */
const words = (scene: Scene) => string('x', { origin: unitAt(wording(scene), 2) })

test('14.4 what is put aside is void, and what comes after it is admitted', () => {
  const scene = setScene()
  expectAdmitted(scene, KENYA, sent(0, gc(7), words(scene)))
  expect(scene.room.od.doc.store.clients.get(ME)?.[0]).toBeInstanceOf(Y.GC)
  expectAdmitted(scene, KENYA, sent(8, gc(2)))
  // A client that has not heard of it says all of it again.
  expect(judge(scene.room, KENYA, sent(0, gc(7)))).toMatchObject({ ok: true, empty: true })
})

test('14.4 what is void cannot be said again, nor what is there be made void', () => {
  const scene = setScene()
  expectAdmitted(scene, KENYA, sent(0, gc(7)))
  expectRefused(scene, KENYA, sent(3, words(scene)), 'put-aside')
  expectAdmitted(scene, KENYA, sent(7, words(scene)))
  expectRefused(scene, KENYA, sent(7, gc(1)), 'put-aside')
  expectRefused(scene, KENYA, sent(6, gc(3)), 'put-aside')
})

test('14.4 nothing stands on what is void, and nobody puts aside what another may write', () => {
  const scene = setScene()
  expectAdmitted(scene, KENYA, sent(0, gc(7)))
  expectRefused(scene, KENYA, sent(7, string('x', { origin: [ME, 3] })), 'unknown-item')
  expectRefused(scene, FACILITATOR, sent(7, gc(1)), 'foreign-client')
})

test('14.4 a proposal is put aside whole', () => {
  const scene = setScene()
  const { room } = scene
  const doc = new Y.Doc()
  doc.clientID = ME
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.od.doc))
  const before = Y.encodeStateVector(doc)
  doc.transact(() => addProposal(openDocument(doc), FRESH, head('KEN'), pointAt(FIRST), 'new'))
  const structs = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, before)).structs.length
  expect(structs).toBeGreaterThan(3)
  expectAdmitted(scene, KENYA, sent(0, gc(1)))
  // Its parts would stand in nothing.
  const rest = Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(sent(0, gc(1))))
  expect(judge(room, KENYA, rest)).toMatchObject({ ok: false })
})
