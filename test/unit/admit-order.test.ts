import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { baseTextOf, contentOf } from '#shared/document/schema.ts'
import { FACILITATOR, JAPAN, judge, KENYA, OBSERVER, replicaOf, submit } from '#test/kit/admission-room.ts'
import {
  expectAdmitted,
  expectRefused,
  FIRST,
  KENYAS,
  ME,
  nextClock,
  setScene,
  unitAt,
  wording,
  written,
} from '#test/kit/admission-scene.ts'
import type { Scene } from '#test/kit/admission-scene.ts'
import { forge, string } from '#test/kit/forge.ts'
import type { At, RawStruct } from '#test/kit/forge.ts'

const put = (text: string, origin: At | null, right: At | null, client = ME, clock = 0) =>
  forge([{ client, clock, structs: [between(text, origin, right)] }])

/** The update of a client that was not seen before. */
const updateOf = (...structs: RawStruct[]) => forge([{ client: ME, clock: 0, structs }])

const between = (text: string, origin: At | null, right: At | null): RawStruct =>
  string(text, { ...(origin ? { origin } : {}), ...(right ? { right } : {}) })

const unit = (scene: Scene, offset: number): At => unitAt(wording(scene), offset)

describe('neighbours', () => {
  test('that are neighbours', () => {
    const scene = setScene()
    const last = wording(scene).length - 1
    expectAdmitted(scene, KENYA, put('x', unit(scene, 3), unit(scene, 4)))
    expectAdmitted(scene, KENYA, put('y', null, unit(scene, 0), ME, 1))
    expectAdmitted(scene, KENYA, put('z', unit(scene, last + 2), null, ME, 2))
  })
  test('the wrong way round, or one and the same', () => {
    const scene = setScene()
    expectRefused(scene, KENYA, put('x', unit(scene, 4), unit(scene, 3)), 'mixed-origins')
    expectRefused(scene, KENYA, put('x', unit(scene, 3), unit(scene, 3)), 'mixed-origins')
  })
  test('with words between them that their author must know', () => {
    const scene = setScene()
    expectRefused(scene, KENYA, put('x', unit(scene, 3), unit(scene, 5)), 'mixed-origins')
    expectRefused(scene, KENYA, put('x', null, unit(scene, 1)), 'mixed-origins')
    const own = put('x', unit(scene, 3), null, scene.kenya, nextClock(scene, scene.kenya))
    expectRefused(scene, KENYA, own, 'mixed-origins')
  })
  test('with words between them that their author cannot know yet', () => {
    const scene = setScene()
    const mine = put('mine', unit(scene, 3), unit(scene, 4))
    expectAdmitted(scene, KENYA, put('theirs', unit(scene, 3), unit(scene, 4), ME + 1))
    expectAdmitted(scene, KENYA, mine)
    const again = put('x', unit(scene, 3), [scene.kenya, unit(scene, 3)[1] + 1], ME, 4)
    expectRefused(scene, KENYA, again, 'mixed-origins')
  })
  test('of which one is new in the same update', () => {
    const scene = setScene()
    const [a, b] = [unit(scene, 3), unit(scene, 4)]
    const honest = [
      between('one', a, b),
      between('two', [ME, 2], b),
      between('0', a, [ME, 0]),
      between('!', [ME, 0], [ME, 1]),
    ]
    expectRefused(scene, KENYA, updateOf(honest[0]!, between('x', a, b)), 'mixed-origins')
    expectRefused(scene, KENYA, updateOf(honest[0]!, between('x', [ME, 0], [ME, 2])), 'mixed-origins')
    expectRefused(scene, KENYA, updateOf(honest[0]!, between('x', [ME, 2], [ME, 0])), 'mixed-origins')
    expectRefused(scene, KENYA, updateOf(...honest, between('x', [ME, 0], [ME, 1])), 'mixed-origins')
    expectAdmitted(scene, KENYA, updateOf(...honest))
    expect(wording(scene).toJSON()).toContain('0o!netwo')
  })
})

test('an update that would take Yjs a minute is refused: each stretch would be led past all before it', () => {
  const scene = setScene()
  const first = unit(scene, 0)
  const structs: RawStruct[] = []
  for (let i = 0; i < 20_000; i++) structs.push(between('t', null, i === 0 ? first : [ME, i - 1]))
  for (let i = 0; i < 20_000; i++) structs.push(between('s', null, [ME, i]))
  expectRefused(scene, KENYA, forge([{ client: ME, clock: 0, structs }]), 'mixed-origins')
  const sections = Array.from({ length: 60 }, (_, i) => ({
    client: ME - i,
    clock: 0,
    structs: Array.from({ length: 500 }, (_unused, k) =>
      between('s', null, k === 0 ? first : ([ME - i, k - 1] as At)),
    ),
  }))
  expectRefused(scene, KENYA, forge(sections), 'oversize')
})

const formatted = (): Scene => {
  const scene = setScene()
  const text = (run: (text: Y.Text) => void, client: number) =>
    expectAdmitted(
      scene,
      FACILITATOR,
      written(scene.room, client, (od) => run(baseTextOf(od, FIRST)!)),
    )
  text((base) => base.format(0, 9, { strong: true }), ME)
  text((base) => base.format(9, 6, { strong: true }), ME)
  return scene
}
const formatsOf = (scene: Scene): Y.Item[] => {
  const items: Y.Item[] = []
  for (let item = baseTextOf(scene.room.od, FIRST)!._start; item; item = item.right)
    if (item.content instanceof Y.ContentFormat && !item.deleted) items.push(item)
  return items
}

describe('formats, tidied up by a client that only follows', () => {
  test('a stock client’s work is admitted, and changes nothing that is seen', () => {
    for (const actor of [OBSERVER, KENYA, JAPAN]) {
      const scene = setScene()
      const stock = new Y.Doc()
      Y.applyUpdate(stock, Y.encodeStateAsUpdate(scene.room.od.doc))
      const sent: Uint8Array[] = []
      stock.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'server') sent.push(update)
      })
      const before = Y.encodeStateVector(scene.room.od.doc)
      for (const [from, length, value] of [
        [0, 20, true],
        [5, 5, null],
        [5, 5, true],
      ] as const) {
        const format = (od: Parameters<Parameters<typeof written>[2]>[0]) =>
          baseTextOf(od, FIRST)!.format(from, length, { strong: value })
        expectAdmitted(scene, FACILITATOR, written(scene.room, ME, format))
      }
      // Two facilitators format the same words at the same time: half of the marks are redundant.
      const other = written({ ...scene.room, od: replicaOf(scene.room.od, 5) }, ME + 7, (od) =>
        baseTextOf(od, FIRST)!.format(0, 12, { em: true }),
      )
      const mine = written(scene.room, ME, (od) => baseTextOf(od, FIRST)!.format(0, 12, { em: true }))
      for (const update of [mine, other]) expectAdmitted(scene, FACILITATOR, update)
      Y.applyUpdate(stock, Y.encodeStateAsUpdate(scene.room.od.doc, before), 'server')
      const seen = JSON.stringify(baseTextOf(scene.room.od, FIRST)!.toDelta())
      expect(sent.length).toBeGreaterThan(0)
      for (const update of sent)
        expect(submit(scene.room, actor, update)).toMatchObject({ ok: true, empty: false })
      expect(JSON.stringify(baseTextOf(scene.room.od, FIRST)!.toDelta())).toBe(seen)
    }
  })
  test('what would look different is not', () => {
    const scene = formatted()
    for (const { id } of formatsOf(scene)) {
      const update = forge([], [[id.client, [[id.clock, 1]]]])
      expectRefused(scene, KENYA, update, 'not-allowed')
      expect(judge(scene.room, FACILITATOR, update)).toMatchObject({ ok: true })
    }
  })
  test('nor is one format in the place of another, though as many stand on each character', () => {
    const scene = setScene()
    const write = (run: (text: Y.Text) => void) =>
      expectAdmitted(
        scene,
        FACILITATOR,
        written(scene.room, ME, (od) => run(baseTextOf(od, FIRST)!)),
      )
    write((text) => text.format(0, 9, { em: true }))
    write((text) => text.format(9, text.length - 9, { strong: true }))
    // Without the end of the first and the start of the second, the latter’s characters bear the first format.
    const border = formatsOf(scene).filter(
      ({ content }) =>
        content instanceof Y.ContentFormat && (content.key === 'em') === (content.value === null),
    )
    expect(border).toHaveLength(2)
    const update = forge([], [[ME, border.map(({ id }) => [id.clock, 1] as const)]])
    expectRefused(scene, KENYA, update, 'not-allowed')
  })
  test('nor are characters, beside formats or not', () => {
    const scene = formatted()
    const update = written(scene.room, ME + 1, (od) => baseTextOf(od, FIRST)!.delete(8, 3))
    expectRefused(scene, KENYA, update, 'not-allowed')
  })
})

test('what the server sees is what a newcomer sees, whoever writes at once', () => {
  const scene = setScene()
  const { room } = scene
  const texts = ['a', 'b', 'c'].map((letter, i) =>
    written(room, ME + i, (od) => {
      contentOf(od, KENYAS)!.insert(4, letter.repeat(3))
      contentOf(od, KENYAS)!.insert(5, letter.toUpperCase())
    }),
  )
  for (const update of texts) expectAdmitted(scene, KENYA, update)
  const fresh = contentOf(replicaOf(room.od, 5), KENYAS)!
  expect(fresh.toJSON()).toBe(wording(scene).toJSON())
})
