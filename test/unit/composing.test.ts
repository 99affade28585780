import { expect, test } from 'vitest'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import {
  addParagraphAfter,
  insertAfter,
  ken,
  putAfter,
  scene,
  shown,
  twoDelegations,
  typeKeys,
} from '#test/kit/scene.ts'

test('a composition in base text becomes one proposal, at its end', () => {
  const amina = scene('from| poverty').seat(ken)
  begin(amina)
  amina.type('n')
  replaceLast(amina, 1, 'ね')
  expect(amina.od.proposals.size).toBe(0)
  replaceLast(amina, 1, '猫')
  end(amina)
  expect(shown(amina)).toEqual(['from[猫| – KEN] poverty'])
})

test('a composition in an own bracket is written through as it goes', () => {
  const { room, amina, ingrid } = bracket()
  putAfter(amina, 0, ' al')
  begin(amina)
  amina.type('ne')
  room.settleDown()
  expect(ingrid.text()).toBe('from[ alnel – KEN] poverty')
  replaceLast(amina, 2, '猫')
  end(amina)
  room.settleDown()
  expect(ingrid.text()).toBe('from[ al猫l – KEN] poverty')
  expect(shown(amina)).toEqual(['from[ al猫|l – KEN] poverty'])
})

test('what others do in the paragraph meanwhile is shown when the composition ends, and lands where it was meant', () => {
  const { room, amina, ingrid } = bracket()
  putAfter(amina, 0, 'fr')
  begin(amina)
  amina.type('n')
  insertAfter(ingrid, 0, 'f', 'X')
  room.settleDown()
  expect(amina.text()).toBe('frnom[ all – KEN] poverty')
  replaceLast(amina, 1, '猫')
  end(amina)
  room.settleDown()
  expect(shown(amina)).toEqual(['f[X – NOR]r[猫| – KEN]om[ all – KEN] poverty'])
  expect(ingrid.text()).toBe(amina.text())
})

test('the bracket is decided while somebody composes in it: the words become a proposal where it stood', () => {
  const { room, amina } = bracket()
  putAfter(amina, 0, ' all')
  begin(amina)
  const [id] = [...room.od.proposals.keys()] as ProposalId[]
  room.command({ kind: 'proposal-not-retain', proposal: id! }, facilitator('fay').actor)
  amina.deliver()
  amina.type('猫')
  end(amina)
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(shown(amina)).toEqual(['from[猫| – KEN] poverty'])
})

// Found by a random history: the paragraph changed its place under the composition, and the caret left it.
test('a new paragraph gets its number while somebody composes in it', () => {
  const { room, amina, ingrid } = twoDelegations('One.', 'Two.')
  putAfter(ingrid, 0, 'One.')
  ingrid.binding.newParagraph()
  ingrid.send()
  putAfter(amina, 0, 'One.')
  amina.binding.newParagraph()
  begin(amina)
  amina.type('n')
  amina.send()
  amina.deliver()
  replaceLast(amina, 1, '猫')
  end(amina)
  room.settleDown()
  expect(shown(amina)).toEqual(['One.', '[ – NOR]', '[猫| – KEN]', 'Two.'])
  expect(ingrid.text()).toBe('One.\n[ – NOR]\n[猫 – KEN]\nTwo.')
})

// Found by a random history: the paragraph was pulled from under the composition.
test('a colleague takes a new paragraph back while somebody composes in it: the words keep it there', () => {
  const { room } = scene('One.', 'Two.')
  const amina = room.seat(ken)
  const cy = room.seat(delegate('cy', 'KEN'))
  putAfter(cy, 0, 'One.')
  cy.binding.newParagraph()
  room.settleDown()
  putAfter(amina, 1, '[')
  begin(amina)
  cy.binding.takeBack()
  cy.send()
  amina.deliver()
  amina.type('猫')
  end(amina)
  room.settleDown()
  expect(shown(amina)).toEqual(['One.', '[猫| – KEN]', 'Two.'])
  expect(cy.text()).toBe(amina.text())
})

// Found by a random history: the words were told, and the test did not look for them there.
test('a new paragraph is not retained while its author composes in it: she is told the words', () => {
  const { room } = scene('One.', 'Two.')
  const amina = room.seat(ken)
  addParagraphAfter(amina, 0, 'One.', 'New')
  room.settleDown()
  begin(amina)
  const [id] = [...room.od.proposals.keys()] as ProposalId[]
  room.command({ kind: 'proposal-not-retain', proposal: id! }, facilitator('fay').actor)
  amina.deliver()
  amina.type('猫')
  end(amina)
  room.settleDown()
  expect(amina.notTyped).toEqual(['gone'])
  expect(amina.stray).toBe('猫')
  expect(amina.text()).toBe('One.\nTwo.')
})

test.each([
  ['base text', 'from'],
  ['an own bracket', ' al'],
])('the paragraph is agreed while somebody composes in %s: she is told all of it, once', (_where, after) => {
  const { room, amina } = bracket()
  putAfter(amina, 0, after)
  begin(amina)
  amina.type('ね')
  const [paragraph] = [...room.od.paragraphs.keys()] as ParagraphId[]
  const [id] = [...room.od.proposals.keys()] as ProposalId[]
  const chair = facilitator('fay').actor
  expect(room.command({ kind: 'proposal-accept', proposal: id! }, chair).ok).toBe(true)
  const status = room.command({ kind: 'paragraph-status', paragraph: paragraph!, status: 'agreed' }, chair)
  expect(status.ok).toBe(true)
  amina.deliver()
  replaceLast(amina, 1, '猫')
  end(amina)
  expect(amina.stray).toBe('猫')
  room.settleDown()
  expect(amina.text()).toBe('from all poverty')
})

test('a key pressed right at the end of a composition belongs to it', () => {
  const amina = scene('from| poverty').seat(ken)
  begin(amina)
  amina.type('ㅎ')
  replaceLast(amina, 1, '한')
  amina.surface.composing = false
  amina.type('!')
  amina.binding.settle()
  expect(shown(amina)).toEqual(['from[한!| – KEN] poverty'])
})

test('Enter right at the end of a composition: the words are kept, and writing goes on in the new paragraph', () => {
  const { room } = scene('One.')
  const amina = room.seat(ken)
  putAfter(amina, 0, 'One')
  begin(amina)
  amina.type('猫')
  amina.surface.composing = false
  amina.binding.newParagraph()
  typeKeys(amina, 'New')
  amina.binding.settle()
  room.settleDown()
  expect(shown(amina)).toEqual(['One[猫 – KEN].', '[New| – KEN]'])
})

test('whoever has gone on in another paragraph when a composition ends is not called back', () => {
  const { room } = scene('One.', 'Two.')
  const amina = room.seat(ken)
  putAfter(amina, 0, 'One')
  begin(amina)
  amina.type('猫')
  amina.surface.composing = false
  insertAfter(amina, 1, 'Two', '!')
  amina.binding.settle()
  typeKeys(amina, '?')
  expect(shown(amina)).toEqual(['One[猫 – KEN].', 'Two[!?| – KEN].'])
})

function begin({ surface, binding }: Drafter): void {
  surface.composing = true
  binding.holdForComposition()
}

function end({ surface, binding }: Drafter): void {
  surface.composing = false
  binding.settle()
}

/** An input method replaces what it wrote last. */
function replaceLast(drafter: Drafter, count: number, text: string): void {
  const { head } = drafter.state.selection
  drafter.dispatch((tr) => tr.insertText(text, head - count, head))
}

function bracket() {
  const { room, amina, ingrid } = twoDelegations('from poverty')
  insertAfter(amina, 0, 'from', ' all')
  room.settleDown()
  return { room, amina, ingrid }
}
