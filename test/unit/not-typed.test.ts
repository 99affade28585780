import { expect, test } from 'vitest'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { CONTENT_LIMIT, DEPTH_LIMIT } from '#shared/model/proposals/proposal.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import { insertAfter, putAfter, scene, shown, typeKeys } from '#test/kit/scene.ts'

const amina = delegate('amina', 'KEN')
const ingrid = delegate('ingrid', 'NOR')

test('what is longer than a text takes is not typed, and said: no empty bracket is left of it', () => {
  const ken = scene('from| poverty').seat(amina)
  ken.type('x'.repeat(CONTENT_LIMIT + 1))
  expect(ken.notTyped).toEqual(['too-long'])
  expect(shown(ken)).toEqual(['from| poverty'])
  expect(ken.outbox).toEqual([])
  typeKeys(ken, ' all')
  expect(shown(ken)).toEqual(['from[ all| – KEN] poverty'])
  ken.type('x'.repeat(CONTENT_LIMIT))
  expect(ken.notTyped).toEqual(['too-long', 'too-long'])
  expect(shown(ken)).toEqual(['from[ all| – KEN] poverty'])
})

test('… also by a facilitator in the base text', () => {
  const chair = scene('from| poverty').seat(facilitator('orsolya'))
  chair.type('x'.repeat(CONTENT_LIMIT))
  expect(chair.notTyped).toEqual(['too-long'])
  expect(shown(chair)).toEqual(['from| poverty'])
})

test('2.8 typing in a bracket that stands too deep to be amended is said', () => {
  const { room } = scene('from poverty')
  const seats = [room.seat(amina), room.seat(ingrid)]
  let depth = 0
  for (; depth <= DEPTH_LIMIT; depth++) {
    room.settleDown()
    const writing = seats[depth % 2]!
    const before = shown(seats[(depth + 1) % 2]!)[0]?.replace('|', '')
    putAfter(writing, 0, depth === 0 ? 'from' : ` ${depth}`)
    typeKeys(writing, ` ${depth + 1}`)
    if (writing.notTyped.length === 0) continue
    expect(new Set(writing.notTyped)).toEqual(new Set(['too-deep']))
    expect(shown(writing)[0]?.replace('|', '')).toBe(before)
    break
  }
  expect(depth).toBe(DEPTH_LIMIT - 1)
  expect(room.refusals).toEqual([])
})

test('7.3, 14.7 what is typed on in a paragraph that is agreed at that moment is told, all of it', () => {
  const { room } = scene('from poverty', 'second')
  const chair = room.seat(facilitator('orsolya'))
  insertAfter(chair, 0, 'from', ' a')
  const step = { status: 'agreed', by: FACILITATORS, person: '', at: 1 } as const
  const paragraph = paragraphsInOrder(room.od)[0]!.id
  recordSet(room.od, `status/${paragraph}`, { ...step, pending: [], placement: false, earlier: [] })
  chair.deliver()
  typeKeys(chair, 'll')
  expect(chair.notTyped).toEqual(['agreed', 'agreed'])
  expect(chair.stray).toBe('ll')
  insertAfter(chair, 1, 'second', '!')
  expect(shown(chair)).toContain('second!|')
  insertAfter(chair, 0, 'from', 'x')
  expect(chair.stray).toBe('x')
})

// Found by an attack: letters under the delegation's name went on in its nameless bracket, and told whose that was.
test('11.1, 14.12 where the round changes under a bracket that somebody writes in, nothing is written until she chooses a place', () => {
  const { room } = scene('from poverty', 'second')
  const ken = room.seat(amina)
  insertAfter(ken, 0, 'from', ' all')
  ken.binding.giveUpBracket()
  typeKeys(ken, 'XY')
  room.settleDown()
  expect(shown(ken)[0]?.replace('|', '')).toBe('from[ all – KEN] poverty')
  expect(ken.notTyped).toEqual(['renamed', 'renamed'])
  expect(ken.stray).toBe('XY')
  insertAfter(ken, 1, 'second', '!')
  expect(shown(ken)[1]).toBe('second[!| – KEN]')
  ken.binding.giveUpBracket()
  putAfter(ken, 0, 'from')
  ken.binding.giveUpBracket()
  typeKeys(ken, ' the')
  expect(shown(ken)[0]).toContain(' the|')
})
