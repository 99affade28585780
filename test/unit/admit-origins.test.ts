import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { CLAIM_LIMIT } from '#shared/document/admit/admit.ts'
import { addProposal, contentOf } from '#shared/document/schema.ts'
import { FACILITATOR, judge, KENYA, submit } from '#test/kit/admission-room.ts'
import {
  base,
  expectAdmitted,
  expectRefused,
  FIRST,
  FRESH,
  head,
  itemOf,
  JAPANS,
  KENYAS,
  ME,
  pointAt,
  setScene,
  unitAt,
  wording,
  written,
} from '#test/kit/admission-scene.ts'
import type { Scene } from '#test/kit/admission-scene.ts'
import { any, deleted, forge, format, string, subDocument, type } from '#test/kit/forge.ts'
import type { At, RawStruct } from '#test/kit/forge.ts'

const firstOf = (text: Y.Text): At => [text._start!.id.client, text._start!.id.clock]

const one = (struct: RawStruct, clock = 0, client = ME) => forge([{ client, clock, structs: [struct] }])

const edit = (scene: Scene, client: number, at = 0) =>
  written(scene.room, client, (od) => contentOf(od, KENYAS)!.insert(at, 'x'))

const longer = (text: string, where: Omit<RawStruct, 'ref' | 'body'>) => one(string(text, where))

describe('client ids and clocks', () => {
  test('a gap', () => {
    const scene = setScene()
    const where = { origin: unitAt(wording(scene), 2) }
    expectRefused(scene, KENYA, one(string('x', where), 1), 'clock-gap')
    expectRefused(scene, KENYA, one(string('x', where), 1000, scene.kenya), 'clock-gap')
  })
  test("another person's, the server's, the document's own, and one that nobody is known to own", () => {
    const scene = setScene()
    expectRefused(scene, KENYA, edit(scene, scene.japan), 'foreign-client')
    expectRefused(scene, KENYA, edit(scene, scene.room.od.doc.clientID), 'foreign-client')
    scene.room.owners.set(5, 'server')
    expectRefused(scene, KENYA, edit(scene, 5), 'foreign-client')
    scene.room.owners.delete(scene.kenya)
    expectRefused(scene, KENYA, edit(scene, scene.kenya), 'foreign-client')
    scene.room.owners.delete(scene.room.od.doc.clientID)
    expectRefused(scene, KENYA, edit(scene, scene.room.od.doc.clientID), 'foreign-client')
  })
  test('a forged id cannot eat its owner’s next edit', () => {
    const scene = setScene()
    const next = edit(scene, scene.kenya, 3)
    const forged = written(scene.room, scene.kenya, (od) =>
      addProposal(od, FRESH, head('JPN'), pointAt(FIRST), 'no'),
    )
    expect(judge(scene.room, { ...KENYA, person: 'mallory' as never }, forged)).toMatchObject({
      code: 'foreign-client',
    })
    const before = wording(scene).length
    expect(submit(scene.room, KENYA, next)).toMatchObject({ ok: true, empty: false, claimed: [] })
    expect(wording(scene).length).toBe(before + 1)
    expect(submit(scene.room, KENYA, next)).toMatchObject({ ok: true, empty: true })
  })
  test('an id is whoever’s first used it', () => {
    const scene = setScene()
    expect(expectAdmitted(scene, KENYA, edit(scene, ME)).claimed).toEqual([ME])
    expect(expectAdmitted(scene, KENYA, edit(scene, ME)).claimed).toEqual([])
    expectRefused(scene, FACILITATOR, edit(scene, ME), 'foreign-client')
  })
  test('more new ids than a person has', () => {
    const scene = setScene()
    const origin = unitAt(wording(scene), 2)
    const sections = (count: number) =>
      forge(
        Array.from({ length: count }, (_, i) => ({
          client: ME - i,
          clock: 0,
          structs: [string('x', { origin })],
        })),
      )
    expectRefused(scene, KENYA, sections(CLAIM_LIMIT + 1), 'oversize')
    expect(expectAdmitted(scene, KENYA, sections(CLAIM_LIMIT)).claimed).toHaveLength(CLAIM_LIMIT)
  })
  test('what is known already may be sent by anybody, and says nothing new', () => {
    const scene = setScene()
    const all = Y.encodeStateAsUpdate(scene.room.od.doc)
    for (const actor of [KENYA, FACILITATOR]) expect(expectAdmitted(scene, actor, all).empty).toBe(true)
  })
  test('what is known in part is judged by where the known part ends', () => {
    const scene = setScene()
    expectAdmitted(scene, KENYA, edit(scene, ME, 0))
    const right = unitAt(wording(scene), 1)
    expectRefused(scene, KENYA, longer('x and more', { right: unitAt(base(scene), 3) }), 'clock-gap')
    expectRefused(scene, KENYA, longer('x\nmore', { right }), 'forbidden-character')
    expectRefused(
      scene,
      { ...KENYA, person: 'mallory' as never },
      longer('x and more', { right }),
      'foreign-client',
    )
    expectAdmitted(scene, KENYA, longer('x and more', { right }))
    expect(wording(scene).toJSON().startsWith('x and more')).toBe(true)
  })
  test('known in part, by two texts: the rest would stand in the wrong one', () => {
    const scene = setScene()
    const structs = [
      string('a', { parent: itemOf(wording(scene)) }),
      string('b', { parent: itemOf(base(scene)) }),
    ]
    expectAdmitted(scene, FACILITATOR, forge([{ client: ME, clock: 0, structs: [structs[1]!] }]))
    const mine = forge([{ client: ME + 1, clock: 0, structs: [structs[0]!] }])
    expectAdmitted(scene, KENYA, mine)
    expectRefused(scene, KENYA, one(string('axx', { parent: itemOf(base(scene)) }), 0, ME + 1), 'clock-gap')
  })
  test('known, with content that Yjs would choke on', () => {
    const scene = setScene()
    expectAdmitted(scene, KENYA, one(format('em', 'true', { origin: unitAt(wording(scene), 0) })))
    const origin = unitAt(wording(scene), 0)
    expectRefused(scene, KENYA, one(format('em', 'tr;e', { origin })), 'malformed')
    expectRefused(scene, KENYA, one(subDocument({ origin })), 'clock-gap')
    expectAdmitted(scene, KENYA, one(format('em', 'true', { origin })))
  })
  test('known, with other content: merged with the original, it might be what others get to see', () => {
    const scene = setScene()
    const foreign = [firstOf(wording(scene, JAPANS)), firstOf(base(scene))] as const
    const [[client, clock], [server, start]] = foreign
    const parent = itemOf(wording(scene, JAPANS))
    expectAdmitted(scene, KENYA, one(string('and others', { parent }), clock, client))
    expectAdmitted(scene, KENYA, one(string('and', { parent }), clock, client))
    for (const lie of [
      string('and ithers', { parent }),
      deleted(10, { parent }),
      any(['x'], { parent }),
      type(2, { parent }),
    ])
      expectRefused(scene, KENYA, one(lie, clock, client), 'clock-gap')
    const inBase = { parent: itemOf(base(scene)) }
    expectRefused(scene, KENYA, one(string('Paragraph 2', inBase), start, server), 'clock-gap')
    const where = { parent: 'anchors', key: JAPANS }
    const entry = scene.room.od.anchors._map.get(JAPANS)!.id
    expectAdmitted(scene, KENYA, one(any([pointAt(KENYAS)], where), entry.clock, entry.client))
    expectRefused(scene, KENYA, one(any([pointAt(FIRST)], where), entry.clock, entry.client), 'clock-gap')
  })
  test('a known struct that lies about where it stands (Yjs would cut the text it points at)', () => {
    const scene = setScene()
    expectAdmitted(
      scene,
      FACILITATOR,
      written(scene.room, ME, (od) => {
        ;(od.paragraphs.get(FIRST)!.get('text') as Y.Text).insert(0, '🌍')
      }),
    )
    const inPair = unitAt(base(scene), 0)
    const last = unitAt(wording(scene), 5)
    for (const where of [
      { origin: inPair },
      { right: inPair },
      { origin: inPair, right: last },
      { origin: [77, 7] as At },
    ])
      expectRefused(scene, KENYA, one(string('x', where), last[1], last[0]), 'clock-gap')
  })
})

const mine = (scene: Scene) => unitAt(wording(scene), 3)
const after = (scene: Scene) => unitAt(wording(scene), 4)

describe('origins and parents', () => {
  test('in two texts', () => {
    const scene = setScene()
    expectRefused(
      scene,
      KENYA,
      one(string('x', { origin: mine(scene), right: unitAt(base(scene), 3) })),
      'mixed-origins',
    )
    expectRefused(
      scene,
      KENYA,
      one(string('x', { origin: unitAt(base(scene), 3), right: mine(scene) })),
      'mixed-origins',
    )
    expectRefused(
      scene,
      FACILITATOR,
      one(string('x', { origin: unitAt(base(scene), 3), right: mine(scene) })),
      'mixed-origins',
    )
  })
  test('under two keys, or in a text and under a key', () => {
    const scene = setScene()
    const map = scene.room.od.proposals.get(KENYAS)!
    const key = (name: string): At => [map._map.get(name)!.id.client, map._map.get(name)!.id.clock]
    expectRefused(
      scene,
      KENYA,
      one(any([1], { origin: key('head'), right: key('content') })),
      'mixed-origins',
    )
    expectRefused(scene, KENYA, one(any([1], { origin: key('head'), right: mine(scene) })), 'mixed-origins')
    expectRefused(scene, KENYA, one(any([1], { origin: key('head') })), 'not-allowed')
  })
  test.each<[string, (scene: Scene) => Omit<RawStruct, 'ref' | 'body'>]>([
    ['an origin of an unknown client', () => ({ origin: [77, 0] })],
    ['a right origin of an unknown client', () => ({ right: [77, 0] })],
    ['an origin to come', ({ kenya }) => ({ origin: [kenya, 10_000] })],
    ['itself for origin', () => ({ origin: [ME, 0] })],
    ['a later one for right origin', () => ({ right: [ME, 5] })],
    ['one known and one unknown origin', (scene) => ({ origin: mine(scene), right: [77, 0] })],
    ['an unknown parent', () => ({ parent: [77, 0] })],
    ['itself for parent', () => ({ parent: [ME, 0] })],
    ['a parent that is text', (scene) => ({ parent: mine(scene) })],
    ['a parent that is a value', (scene) => ({ parent: [scene.kenya, 1], key: 'x' })],
  ])('%s', (_, where) => {
    const scene = setScene()
    expectRefused(scene, KENYA, one(string('x', where(scene))), 'unknown-item')
  })
  test('two sections that wait for each other', () => {
    const a = { client: ME + 1, clock: 0, structs: [string('x', { origin: [ME, 0] as At })] }
    const b = { client: ME, clock: 0, structs: [string('y', { origin: [ME + 1, 0] as At })] }
    expectRefused(setScene(), KENYA, forge([a, b]), 'unknown-item')
  })
  test.each([0, 1])(
    'two sections that need each other in turn: admitted, whichever comes first (%i)',
    (first) => {
      const scene = setScene()
      const [a, b] = [ME + first, ME + 1 - first]
      const sections = [
        {
          client: a,
          clock: 0,
          structs: [
            string('1', { origin: mine(scene), right: after(scene) }),
            string('3', { origin: [b, 0] as At, right: after(scene) }),
          ],
        },
        {
          client: b,
          clock: 0,
          structs: [
            string('2', { origin: [a, 0] as At, right: after(scene) }),
            string('4', { origin: [a, 1] as At, right: after(scene) }),
          ],
        },
      ]
      expectAdmitted(scene, KENYA, forge(sections.sort((x, y) => y.client - x.client)))
      expect(wording(scene).toJSON()).toContain('1234')
    },
  )
  test('many sections, each waiting for the next', () => {
    const scene = setScene()
    const count = CLAIM_LIMIT
    const sections = Array.from({ length: count }, (_, i) => ({
      client: ME - i,
      clock: 0,
      structs: [string('x', { origin: i + 1 < count ? ([ME - i - 1, 0] as At) : mine(scene) })],
    }))
    expectAdmitted(scene, KENYA, forge(sections))
  })
  test('deletions of what is not there', () => {
    const scene = setScene()
    expectRefused(scene, KENYA, forge([], [[77, [[0, 1]]]]), 'unknown-item')
    expectRefused(scene, KENYA, forge([], [[scene.kenya, [[4, 10_000]]]]), 'unknown-item')
    expectRefused(scene, KENYA, forge([], [[scene.kenya, [[2 ** 40, 2 ** 40]]]]), 'unknown-item')
  })
})
