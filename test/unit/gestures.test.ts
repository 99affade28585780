import { expect, test } from 'vitest'
import { situationOf } from '#client/editor/rights/context.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import {
  addParagraphAfter,
  backspace,
  deleteForwards,
  deleteWords,
  insertAfter,
  ken,
  nor,
  putAfter,
  replaceWords,
  scene,
  selectWords,
  shown,
  twoDelegations,
  typeKeys,
} from '#test/kit/scene.ts'

test('typing in base text proposes an insertion, one bracket for all the keys', () => {
  const amina = scene('from| poverty').seat(ken)
  typeKeys(amina, ' extreme')
  expect(shown(amina)).toEqual(['from[ extreme| – KEN] poverty'])
})

test('a space at the end of a wording parts the bracket from what follows', () => {
  const amina = scene('from |poverty').seat(ken)
  typeKeys(amina, 'extreme ')
  expect(shown(amina)).toEqual(['from [extreme |– KEN] poverty'])
  typeKeys(amina, 'and')
  expect(shown(amina)).toEqual(['from [extreme and| – KEN]poverty'])
})

test('typing right behind an own bracket goes on in it', () => {
  const amina = scene('from| poverty').seat(ken)
  typeKeys(amina, ' all')
  insertAfter(amina, 0, '– KEN]', '!')
  expect(shown(amina)).toEqual(['from[ all!| – KEN] poverty'])
})

test('typing right before an own bracket goes on at its start', () => {
  const amina = scene('from| poverty').seat(ken)
  typeKeys(amina, 'b')
  insertAfter(amina, 0, 'from', 'a')
  expect(shown(amina)).toEqual(['from[a|b – KEN] poverty'])
})

test('select and type is one replacement', () => {
  const amina = scene('free from <extreme> poverty').seat(ken)
  typeKeys(amina, 'all')
  expect(shown(amina)).toEqual(['free from [extreme / all| – KEN] poverty'])
})

test('Backspace over base text asks for one deletion, growing to the left', () => {
  const amina = scene('extreme| poverty').seat(ken)
  backspace(amina, 3)
  expect(shown(amina)).toEqual(['extr|[eme – KEN delete] poverty'])
})

test('Delete over base text asks for one deletion, growing to the right', () => {
  const amina = scene('extreme |poverty').seat(ken)
  deleteForwards(amina, 3)
  expect(shown(amina)).toEqual(['extreme [pov – KEN delete]|erty'])
})

test('typing beside an own deletion makes it a replacement', () => {
  const amina = scene('extreme| poverty').seat(ken)
  backspace(amina, 7)
  typeKeys(amina, 'all')
  expect(shown(amina)).toEqual(['[extreme / all| – KEN] poverty'])
})

test('an own insertion that is emptied again is gone, and typing there starts over', () => {
  const amina = scene('from| poverty').seat(ken)
  typeKeys(amina, ' all')
  backspace(amina, 4)
  expect(shown(amina)).toEqual(['from| poverty'])
  typeKeys(amina, ' any')
  expect(shown(amina)).toEqual(['from[ any| – KEN] poverty'])
  expect(amina.od.proposals.size).toBe(1)
})

test('deleting only a sign does nothing but step over it', () => {
  const amina = scene('from| poverty').seat(ken)
  typeKeys(amina, ' all')
  putAfter(amina, 0, '– KEN]')
  backspace(amina)
  expect(shown(amina)).toEqual(['from[ all| – KEN] poverty'])
  backspace(amina)
  expect(shown(amina)).toEqual(['from[ al| – KEN] poverty'])
})

test('typing in a foreign bracket amends it', () => {
  const { room, amina, ingrid } = twoBrackets()
  insertAfter(ingrid, 0, ' extreme', ' and')
  room.settleDown()
  expect(shown(ingrid)).toEqual(['from[ extreme[ and| – NOR] – KEN] poverty'])
  expect(amina.text()).toBe(ingrid.text())
})

test('deleting in a foreign bracket asks for it, inside', () => {
  const { ingrid } = twoBrackets()
  deleteWords(ingrid, 0, 'extreme')
  expect(shown(ingrid)).toEqual(['from[ |[extreme – NOR delete] – KEN] poverty'])
})

test('a foreign bracket selected as a whole with the words around it is left to its own fate', () => {
  const { ingrid } = twoBrackets()
  deleteWords(ingrid, 0, 'from[ extreme – KEN] pov')
  expect(shown(ingrid)).toEqual(['|[from[ extreme – KEN] pov – NOR delete]erty'])
})

test('a selection over an own bracket and base text takes the one and asks for the other', () => {
  const amina = scene('from| poverty').seat(ken)
  typeKeys(amina, ' all')
  deleteWords(amina, 0, 'rom[ all – KEN] pov')
  expect(shown(amina)).toEqual(['f|[rom pov – KEN delete]erty'])
})

test('two delegations on the same words share a bracket, each with its name', () => {
  const { room, amina, ingrid } = twoDelegations('free from extreme poverty')
  selectWords(amina, 0, 'extreme')
  selectWords(ingrid, 0, 'extreme')
  typeKeys(amina, 'all')
  typeKeys(ingrid, 'any')
  room.settleDown()
  expect(shown(amina)).toEqual(['free from [extreme / all| – KEN / any – NOR] poverty'])
  expect(shown(ingrid)).toEqual(['free from [extreme / all – KEN / any| – NOR] poverty'])
})

test('ranges that cross are cut where they cross, so that brackets nest', () => {
  const { room, amina, ingrid } = twoDelegations('one two three')
  selectWords(amina, 0, 'one two')
  selectWords(ingrid, 0, 'two three')
  backspace(amina)
  backspace(ingrid)
  room.settleDown()
  expect(amina.text()).toBe('[one [two – NOR delete] – KEN delete][ three – NOR delete]')
})

test('a facilitator edits base text under a bracket, and the bracket keeps its words', () => {
  const { room } = scene('free from extreme poverty')
  const amina = room.seat(ken)
  const chair = room.seat(facilitator('fay'))
  replaceWords(amina, 0, 'extreme', 'all')
  room.settleDown()
  insertAfter(chair, 0, 'ext', 'X')
  room.settleDown()
  expect(amina.text()).toBe('free from [extXreme / all – KEN] poverty')
  deleteWords(chair, 0, 'extXreme')
  room.settleDown()
  expect(shown(amina)).toEqual(['free from [all| – KEN] poverty'])
})

test('words that a facilitator deletes and brings back have their brackets back', () => {
  const { room } = scene('free from extreme poverty')
  const amina = room.seat(ken)
  const chair = room.seat(facilitator('fay'))
  deleteWords(amina, 0, 'extreme')
  room.settleDown()
  deleteWords(chair, 0, 'from [extreme – KEN delete] pov')
  room.settleDown()
  expect(amina.text()).toBe('free [… – KEN delete]erty')
  chair.undo.undo()
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(amina.text()).toBe('free from [extreme – KEN delete] poverty')
})

test('Enter proposes a new paragraph; Backspace in the empty one takes it back', () => {
  const { room, amina, ingrid } = twoDelegations('One.', 'Two.')
  addParagraphAfter(amina, 0, 'One.', 'New')
  room.settleDown()
  expect(shown(amina)).toEqual(['One.', '[New| – KEN]', 'Two.'])
  expect(amina.state.doc.child(1).attrs.label).toBe('1 bis')
  expect(ingrid.text()).toBe('One.\n[New – KEN]\nTwo.')
  backspace(amina, 3)
  amina.binding.takeBack()
  room.settleDown()
  expect(shown(amina)).toEqual(['One.|', 'Two.'])
})

test('pasted lines: the first in place, the others as new paragraphs', () => {
  const { room } = scene('One.')
  const amina = room.seat(ken)
  putAfter(amina, 0, 'One')
  amina.binding.paste([[{ insert: ' and' }], [{ insert: 'Second' }], [{ insert: 'Third' }]])
  room.settleDown()
  expect(shown(amina)).toEqual(['One[ and – KEN].', '[Second – KEN]', '[Third| – KEN]'])
})

test('undo takes back one’s own words and leaves a colleague’s', () => {
  const { room } = scene('from poverty')
  const amina = room.seat(ken)
  const cy = room.seat(delegate('cy', 'KEN'))
  insertAfter(amina, 0, 'from', ' all')
  room.settleDown()
  insertAfter(cy, 0, ' all', ' and any')
  room.settleDown()
  while (amina.undo.undo()) continue
  room.settleDown()
  expect(cy.text()).toBe('from[ and any – KEN] poverty')
  while (amina.undo.redo()) continue
  room.settleDown()
  expect(cy.text()).toBe('from[ all and any – KEN] poverty')
})

test('pasted lines keep their order within one tick of the clock, before the server numbers them', () => {
  const { room } = scene('One.')
  room.stopClock()
  const amina = room.seat(ken)
  putAfter(amina, 0, 'One')
  const words = ['b', 'c', 'd', 'e', 'f', 'g']
  amina.binding.paste([[{ insert: 'a' }], ...words.map((insert) => [{ insert }])])
  expect(amina.text()).toBe(['One[a – KEN].', ...words.map((word) => `[${word} – KEN]`)].join('\n'))
})

test('Enter in a new paragraph that a colleague took back while one wrote in it proposes another', () => {
  const { room } = scene('One.')
  const amina = room.seat(ken)
  const cy = room.seat(delegate('cy', 'KEN'))
  putAfter(cy, 0, 'One.')
  cy.binding.newParagraph()
  room.settleDown()
  insertAfter(amina, 1, '[', 'New')
  cy.binding.takeBack()
  room.settleDown()
  expect(amina.binding.newParagraph()).toBe(true)
})

test('brackets nest only so deep: what cannot be written is not begun', () => {
  const { room } = scene('from poverty')
  const drafters = [room.seat(ken), room.seat(nor)]
  for (let depth = 0; depth < 10; depth++) {
    const drafter = drafters[depth % 2]!
    putAfter(drafter, 0, depth === 0 ? 'from' : String(depth - 1))
    typeKeys(drafter, String(depth))
    room.settleDown()
    if (drafter.text().includes(String(depth))) continue
    expect(depth).toBe(7)
    const { state, projection, seat } = drafter
    expect(situationOf(state, projection, seat.actor, true).context.kind).toBe('read-only')
    return
  }
  throw new Error('there is no end to it')
})

function twoBrackets() {
  const { room, amina, ingrid } = twoDelegations('from poverty')
  insertAfter(amina, 0, 'from', ' extreme')
  room.settleDown()
  return { room, amina, ingrid }
}
