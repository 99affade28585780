import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { admit, UPDATE_LIMIT } from '#shared/document/admit/admit.ts'
import { decodeUpdate } from '#shared/document/admit/decode/decode.ts'
import { addProposal } from '#shared/document/schema.ts'
import { FACILITATOR, judge, KENYA } from '#test/kit/admission-room.ts'
import {
  base,
  expectAdmitted,
  expectRefused,
  FIRST,
  FRESH,
  head,
  KENYAS,
  ME,
  pointAt,
  setScene,
  unitAt,
  wording,
  written,
} from '#test/kit/admission-scene.ts'
import type { Scene } from '#test/kit/admission-scene.ts'
import { any, deleted, forge, gc, skip, string, type } from '#test/kit/forge.ts'
import type { RawStruct } from '#test/kit/forge.ts'
import { Random } from '#test/kit/random.ts'

const creation = ({ room }: Scene): Uint8Array =>
  written(room, ME, (od) => addProposal(od, FRESH, head('KEN'), pointAt(FIRST), 'a new 🌍 proposal'))

const one = (struct: RawStruct, clock = 0, client = ME) => forge([{ client, clock, structs: [struct] }])
const refuse = (update: Uint8Array) => expectRefused(setScene(), KENYA, update, 'malformed')
const numbers = (...values: number[]) => {
  const encoder = encoding.createEncoder()
  for (const value of values) encoding.writeVarUint(encoder, value)
  return encoding.toUint8Array(encoder)
}

describe('bytes', () => {
  test('cut short anywhere', () => {
    const scene = setScene()
    const update = creation(scene)
    for (let length = 0; length < update.length; length++)
      expect(judge(scene.room, KENYA, update.subarray(0, length)), `${length}`).toMatchObject({
        code: 'malformed',
      })
    refuse(update.subarray(0, update.length - 1))
  })
  test('with more after the end', () => refuse(new Uint8Array([...creation(setScene()), 0])))
  test('none', () => refuse(new Uint8Array(0)))
  test('of an update that holds nothing: admitted, empty', () => {
    const verdict = judge(setScene().room, KENYA, new Uint8Array([0, 0]))
    expect(verdict).toEqual({
      ok: true,
      empty: true,
      claimed: [],
      created: [],
      quoted: new Set(),
      anchored: [],
      revived: [],
      repaired: [],
      unproved: new Map(),
      moved: new Map(),
      written: [],
      erased: [],
    })
  })
  test('of format V2', () => {
    const scene = setScene()
    for (const bytes of [
      Y.convertUpdateFormatV1ToV2(creation(scene)),
      Y.encodeStateAsUpdateV2(scene.room.od.doc),
      Y.encodeStateAsUpdateV2(new Y.Doc()),
    ])
      expectRefused(scene, KENYA, bytes, 'malformed')
  })
  test('of format V2 that make mergeUpdatesV2 loop: a run of a count that never ends', () => {
    const looping = [
      0, 0, 1, 0, 0, 2, 0x41, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]
    refuse(new Uint8Array(looping))
  })
  test('of a client’s state vector, of JSON, of noise', () => {
    const random = new Random(1)
    refuse(Y.encodeStateVector(setScene().room.od.doc))
    refuse(new TextEncoder().encode('{"update":1}'))
    const scene = setScene()
    for (let i = 0; i < 3000; i++) {
      const verdict = admit(scene.room.od, random.bytes(random.int(60)), contextOf(scene))
      expect(verdict.ok && !verdict.empty).toBe(false)
    }
  })
  test('more than an update may have', () => {
    const scene = setScene()
    expectRefused(scene, KENYA, new Uint8Array(UPDATE_LIMIT + 1), 'oversize')
    expectRefused(scene, KENYA, new Uint8Array(UPDATE_LIMIT), 'malformed')
  })
})

const contextOf = ({ room }: Scene) => ({
  actor: KENYA,
  now: 1,
  ownerOf: (client: number) => room.owners.get(client),
})

const own = (scene: Scene) => ({ origin: unitAt(wording(scene), 2) })

const oddParent = (encoder: encoding.Encoder) => {
  encoding.writeVarUint(encoder, 2)
  encoding.writeVarString(encoder, 'proposals')
  encoding.writeVarString(encoder, 'x')
}

describe('grammar', () => {
  test('the text that the others vary is admitted as it is', () => {
    const scene = setScene()
    expectAdmitted(scene, KENYA, one(string('x', own(scene))))
  })
  test('a GC struct without clocks', () => refuse(one(gc(0))))
  test('a Skip struct', () => refuse(one(skip(3))))
  test('a Skip struct before what would be known', () =>
    refuse(forge([{ client: ME, clock: 0, structs: [skip(3), string('x', own(setScene()))] }])))
  test.each([2, 11, 12, 15, 31])('content of the kind %i', (ref) =>
    refuse(
      one({
        ref,
        origin: unitAt(wording(setScene()), 2),
        body: (encoder) => encoding.writeVarUint(encoder, 1),
      }),
    ),
  )
  test('a type of the kind 7', () => refuse(one(type(7, { parent: 'proposals', key: FRESH }))))
  test('an empty string', () => refuse(one(string('', own(setScene())))))
  test('nothing deleted', () => refuse(one(deleted(0, own(setScene())))))
  test('no value', () => refuse(one(any([], own(setScene())))))
  test('a deleted stretch without end', () => refuse(one(deleted(2 ** 40, own(setScene())))))
  test('a huge clock', () => refuse(one(string('x', own(setScene())), 2 ** 53 - 1)))
  test('a clock that grows too large', () => refuse(one(deleted(2 ** 24, own(setScene())), 2 ** 40 - 1)))
  test('a huge client id', () => refuse(one(string('x', own(setScene())), 0, 2 ** 32)))
  test('a section twice', () => {
    const section = { client: ME, clock: 0, structs: [string('x', own(setScene()))] }
    refuse(forge([section, { ...section, clock: 1 }]))
  })
  test('sections out of order (Y.mergeUpdates would lose what follows, whoever wrote it)', () => {
    const sections = [ME, ME + 1].map((client) => ({
      client,
      clock: 0,
      structs: [string('x', own(setScene()))],
    }))
    refuse(forge(sections))
  })
  test('a section of nothing', () => refuse(forge([{ client: ME, clock: 0, structs: [] }])))
  test('more sections, structs, deletes or ranges than bytes', () => {
    refuse(numbers(2 ** 32, 1, 1, 1))
    refuse(numbers(1, 2 ** 40, ME, 0))
    refuse(numbers(0, 2 ** 40))
    refuse(numbers(0, 1, ME, 2 ** 40))
  })
  test('a number longer than needed', () => {
    refuse(new Uint8Array([0x80, 0, 0]))
    refuse(new Uint8Array([0, 0x80, 0x80, 0]))
    refuse(new Uint8Array([0, 1, 0x81, 0x80, 0, 1, 0, 1]))
    refuse(new Uint8Array(Array.from({ length: 300 }, () => 0xff)))
  })
  test('a text that is not UTF-8', () => {
    for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0x41, 0x80]]) {
      const body = (encoder: encoding.Encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array(bad))
      refuse(one({ ref: 4, ...own(setScene()), body }))
    }
  })
  test('a parent that is neither a name nor an item', () => {
    refuse(one({ ref: 4, body: oddParent }))
  })
  test('deletions: none, empty, twice, out of order, overlapping', () => {
    const [client, clock] = unitAt(wording(setScene()), 0)
    refuse(forge([], [[client, []]]))
    refuse(forge([], [[client, [[clock, 0]]]]))
    refuse(
      forge(
        [],
        [
          [client, [[clock, 1]]],
          [client, [[clock + 1, 1]]],
        ],
      ),
    )
    refuse(
      forge(
        [],
        [
          [
            client,
            [
              [clock + 3, 1],
              [clock, 1],
            ],
          ],
        ],
      ),
    )
    refuse(
      forge(
        [],
        [
          [
            client,
            [
              [clock, 3],
              [clock + 2, 3],
            ],
          ],
        ],
      ),
    )
    expectAdmitted(
      setScene(),
      KENYA,
      forge(
        [],
        [
          [
            client,
            [
              [clock, 1],
              [clock + 2, 3],
            ],
          ],
        ],
      ),
    )
  })
  test('an empty deletion inside a surrogate pair of base text (Yjs would cut it)', () => {
    const scene = setScene()
    expectAdmitted(
      scene,
      FACILITATOR,
      written(scene.room, ME, (od) => {
        ;(od.paragraphs.get(FIRST)!.get('text') as Y.Text).insert(0, '🌍')
      }),
    )
    const [client, clock] = unitAt(base(scene), 1)
    expectRefused(scene, KENYA, forge([], [[client, [[clock, 0]]]]), 'malformed')
  })
})

const value = (write: (encoder: encoding.Encoder) => void) =>
  one({
    ref: 8,
    parent: 'anchors',
    key: KENYAS,
    body: (encoder) => {
      encoding.writeVarUint(encoder, 1)
      write(encoder)
    },
  })

describe('values', () => {
  test('as deep as a stack is not', () => {
    for (const opening of [117, 118])
      refuse(
        value((encoder) => {
          for (let i = 0; i < 100_000; i++) {
            encoding.writeUint8(encoder, opening)
            encoding.writeVarUint(encoder, 1)
            if (opening === 118) encoding.writeVarString(encoder, '')
          }
        }),
      )
  })
  test('that promise more than there is', () => {
    refuse(value((encoder) => encoding.writeUint8(encoder, 117)))
    refuse(
      value((encoder) => {
        encoding.writeUint8(encoder, 117)
        encoding.writeVarUint(encoder, 2 ** 31)
      }),
    )
  })
  test('of an unknown kind', () => refuse(value((encoder) => encoding.writeUint8(encoder, 115))))
  test('with a field twice', () =>
    refuse(
      value((encoder) => {
        encoding.writeUint8(encoder, 118)
        encoding.writeVarUint(encoder, 2)
        for (let i = 0; i < 2; i++) {
          encoding.writeVarString(encoder, 'kind')
          encoding.writeAny(encoder, 'point')
        }
      }),
    ))
  test('with a field __proto__, which stays a field', () => {
    const hidden = value((encoder) => {
      encoding.writeUint8(encoder, 118)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, '__proto__')
      encoding.writeAny(encoder, { ...pointAt(FIRST) } as encoding.AnyEncodable)
    })
    expectRefused(setScene(), KENYA, hidden, 'wrong-shape')
  })
  test('of every kind are read as Yjs reads them', () => {
    const all = [
      null,
      undefined,
      true,
      false,
      0,
      -5,
      63,
      -64,
      2 ** 31,
      1.5,
      0.1,
      -(2 ** 40),
      'é🌍',
      [1, ['x']],
      2n ** 40n,
    ]
    const update = decodeUpdate(
      one(any([...all, { a: { b: 1 } }, new Uint8Array([1])], { parent: 'anchors', key: 'x' })),
    )
    const content = update?.sections[0]?.structs[0]?.content
    const expected = [...all, new Map([['a', new Map([['b', 1]])]]), new Uint8Array([1])]
    expect(content).toEqual({ kind: 'any', values: expected })
  })
})
