import { expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { chair, decide, proposalBy, proposalOf, text } from '#test/kit/deciding.ts'
import { facilitator } from '#test/kit/drafting.ts'
import {
  addParagraphAfter,
  backspace,
  deleteWords,
  insertAfter,
  ken,
  nor,
  replaceWords,
  scene,
  selectWords,
  shown,
  twoDelegations,
} from '#test/kit/scene.ts'

test('an accepted replacement stands in the text, its words are gone, and taking it back is exact', () => {
  const { room, amina } = replaced()
  const before = text(room)
  expect(decide(room, 'proposal-accept', proposalOf(amina, 'all'))).toEqual({
    ok: true,
    affected: [],
    consequences: [],
  })
  expect(text(room)).toBe('1. free from all poverty')
  expect(decide(room, 'decision-undo', proposalOf(amina, 'all')).ok).toBe(true)
  expect(text(room)).toBe(before)
})

test('accepted with changes is recorded as such', () => {
  const { room, amina } = replaced()
  const id = proposalOf(amina, 'all')
  expect(room.command({ kind: 'proposal-accept', proposal: id, text: 'any' }, chair).ok).toBe(true)
  expect(text(room)).toBe('1. free from any poverty')
  expect(room.od.record.get(`decision/${id}`)).toMatchObject({
    disposition: 'accepted-as-amended',
    by: 'Co-Facilitators',
    person: 'fay',
  })
})

test('the second of two facilitators is refused, with who was first and when', () => {
  const { room, amina } = replaced()
  const id = proposalOf(amina, 'all')
  decide(room, 'proposal-accept', id)
  const second = room.command({ kind: 'proposal-not-retain', proposal: id }, { ...chair, name: 'gil' })
  expect(second).toMatchObject({ ok: false, code: 'already-decided' })
  expect(second.ok ? '' : second.message).toMatch(
    /^Accepted already by fay \(Co-Facilitators\) on 1970-01-01 at /,
  )
  expect(text(room)).toBe('1. free from all poverty')
})

test('wording that changed while deciding is not accepted unseen', () => {
  const { room, amina } = replaced()
  const id = proposalOf(amina, 'all')
  const result = room.command({ kind: 'proposal-accept', proposal: id, seen: 'al' }, chair)
  expect(result).toMatchObject({ ok: false, code: 'wording-changed' })
  expect(room.command({ kind: 'proposal-accept', proposal: id, seen: 'all' }, chair).ok).toBe(true)
})

test('what stood on the deleted words is flagged, not dropped, and comes back with them', () => {
  const { room, amina, ingrid } = replaced()
  deleteWords(ingrid, 0, 'treme')
  room.settleDown()
  const before = text(room)
  expect(before).toBe('1. free from [ex[treme – NOR delete] / all – KEN] poverty')
  const other = proposalBy(ingrid, 'NOR')
  expect(decide(room, 'proposal-accept', proposalOf(amina, 'all'))).toEqual({
    ok: true,
    affected: [other],
    consequences: [{ proposal: other, becomes: 'words-gone' }],
  })
  expect(text(room)).toBe('1. free from [… – NOR delete] all poverty')
  expect(room.od.record.get(`affected/${other}`)).toMatchObject({ effect: 'words-gone' })
  decide(room, 'decision-undo', proposalOf(amina, 'all'))
  expect(text(room)).toBe(before)
  expect(room.od.record.has(`affected/${other}`)).toBe(false)
})

test('a deletion that reaches beyond the replaced words does not reach over the new ones', () => {
  const { room, amina, ingrid } = replaced()
  deleteWords(ingrid, 0, 'me / all – KEN] pov')
  room.settleDown()
  const before = text(room)
  decide(room, 'proposal-accept', proposalOf(amina, 'all'))
  expect(text(room)).toBe('1. free from all [pov – NOR delete]erty')
  decide(room, 'decision-undo', proposalOf(amina, 'all'))
  expect(text(room)).toBe(before)
})

test('a deleted word takes one of the spaces around it along, and brings it back', () => {
  for (const [words, struck, left] of [
    ['free from extreme poverty', 'extreme', 'free from poverty'],
    ['free from poverty, all', 'poverty', 'free from, all'],
    ['extreme poverty', 'extreme', 'poverty'],
    ['free from ex-treme poverty', 'ex', 'free from -treme poverty'],
  ] as const) {
    const { room } = scene(words)
    const amina = room.seat(ken)
    selectWords(amina, 0, struck)
    backspace(amina)
    room.settleDown()
    const before = text(room)
    decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
    expect(text(room)).toBe(`1. ${left}`)
    decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
    expect(text(room)).toBe(before)
  }
})

test('an open amendment moves with the accepted wording to the same words', () => {
  const { room, amina, ingrid } = replaced()
  insertAfter(ingrid, 0, '/ a', 'X')
  room.settleDown()
  const before = text(room)
  decide(room, 'proposal-accept', proposalOf(amina, 'all'))
  expect(text(room)).toBe('1. free from a[X – NOR]ll poverty')
  decide(room, 'decision-undo', proposalOf(amina, 'all'))
  expect(text(room)).toBe(before)
})

test('an amendment made offline finds its words after they were accepted', () => {
  const { room, amina, ingrid } = replaced()
  insertAfter(ingrid, 0, '/ a', 'X')
  decide(room, 'proposal-accept', proposalOf(amina, 'all'))
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(text(room)).toBe('1. free from a[X – NOR]ll poverty')
  decide(room, 'decision-undo', proposalOf(amina, 'all'))
  expect(text(room)).toBe('1. free from [extreme / a[X – NOR]ll – KEN] poverty')
})

test('what was proposed offline on accepted words is an amendment of the wording when the acceptance was taken back', () => {
  const { room, amina, ingrid } = replaced()
  const accepted = proposalOf(amina, 'all')
  decide(room, 'proposal-accept', accepted)
  room.settleDown()
  replaceWords(ingrid, 0, 'll', 'ny')
  decide(room, 'decision-undo', accepted)
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(text(room)).toBe('1. free from [extreme / a[ll / ny – NOR] – KEN] poverty')
})

test('an offline amendment of wording accepted meanwhile is emptied: the caret stays where it stood', () => {
  const { room, amina, ingrid } = replaced()
  decide(room, 'proposal-accept', proposalOf(amina, 'all'))
  insertAfter(ingrid, 0, '/ a', 'X')
  ingrid.deliver()
  backspace(ingrid)
  expect(shown(ingrid)).toEqual(['free from a|ll poverty'])
  room.settleDown()
  expect(room.refusals).toEqual([])
})

test('a decision is not taken back under one that was taken later on its words', () => {
  const { room, amina, ingrid } = replaced()
  const first = proposalOf(amina, 'all')
  decide(room, 'proposal-accept', first)
  room.settleDown()
  replaceWords(ingrid, 0, 'all', 'any')
  room.settleDown()
  const second = proposalOf(ingrid, 'any')
  decide(room, 'proposal-accept', second)
  expect(decide(room, 'decision-undo', first)).toMatchObject({ ok: false, code: 'later-decision' })
  expect(text(room)).toBe('1. free from any poverty')
  decide(room, 'decision-undo', second)
  expect(decide(room, 'decision-undo', first).ok).toBe(true)
  expect(text(room)).toBe('1. free from [extreme / [all / any – NOR] – KEN] poverty')
})

test('amendments of a proposal that is not retained are flagged and stay', () => {
  const { room, amina, ingrid } = replaced()
  insertAfter(ingrid, 0, '/ a', 'X')
  room.settleDown()
  const amendment = proposalBy(ingrid, 'NOR')
  expect(decide(room, 'proposal-not-retain', proposalOf(amina, 'all'))).toEqual({
    ok: true,
    affected: [amendment],
  })
  expect(room.od.record.get(`affected/${amendment}`)).toMatchObject({ effect: 'host-closed' })
  const board = new BoardReader(new Projection(room.od)).board()
  expect(board.blocks[0]?.places.flatMap(({ rows }) => rows)).toMatchObject([
    { id: amendment, text: 'X', affected: { effect: 'host-closed' } },
  ])
  expect(board.open).toBe(1)
  expect(room.command({ kind: 'proposal-keep', proposal: amendment }, chair)).toMatchObject({
    code: 'host-closed',
  })
  expect(decide(room, 'decision-undo', proposalOf(amina, 'all')).ok).toBe(true)
  expect(room.od.record.has(`affected/${amendment}`)).toBe(false)
})

test('an insertion that was emptied again is nothing, and no decision affects it', () => {
  const { room, amina, ingrid } = replaced()
  insertAfter(ingrid, 0, '[ex', 'X')
  backspace(ingrid)
  insertAfter(ingrid, 0, '/ a', 'Y')
  backspace(ingrid)
  room.settleDown()
  expect(decide(room, 'proposal-accept', proposalOf(amina, 'all'))).toEqual({
    ok: true,
    affected: [],
    consequences: [],
  })
  expect(text(room)).toBe('1. free from all poverty')
})

test('only its own delegation withdraws a proposal; nobody but facilitators decides', () => {
  const { room, amina } = replaced()
  const proposal = proposalOf(amina, 'all')
  for (const actor of [nor.actor, chair]) {
    expect(room.command({ kind: 'proposal-withdraw', proposal }, actor)).toMatchObject({
      code: 'not-allowed',
    })
  }
  for (const kind of ['proposal-accept', 'proposal-not-retain', 'decision-undo'] as const) {
    expect(room.command({ kind, proposal }, ken.actor)).toMatchObject({ code: 'not-allowed' })
  }
  const observer = { ...nor.actor, role: 'observer' as const, participant: null }
  expect(room.command({ kind: 'proposal-withdraw', proposal }, observer)).toMatchObject({
    code: 'not-allowed',
  })
  expect(room.command({ kind: 'proposal-withdraw', proposal }, ken.actor).ok).toBe(true)
  expect(text(room)).toBe('1. free from extreme poverty')
})

test('an accepted new paragraph keeps its number, and its identity when it is taken back and accepted again', () => {
  const { room } = scene('One.', 'Two.')
  const amina = room.seat(ken)
  addParagraphAfter(amina, 0, 'One.', 'New')
  room.settleDown()
  const before = text(room)
  expect(before).toBe('1. One.\n\n1 bis. [New – KEN]\n\n2. Two.')
  const id = proposalBy(amina, 'KEN')
  decide(room, 'proposal-accept', id)
  expect(text(room)).toBe('1. One.\n\n1 bis. New\n\n2. Two.')
  const paragraphs = [...room.od.paragraphs.keys()].sort()
  decide(room, 'decision-undo', id)
  expect(text(room)).toBe(before)
  decide(room, 'proposal-accept', id)
  expect(text(room)).toBe('1. One.\n\n1 bis. New\n\n2. Two.')
  expect([...room.od.paragraphs.keys()].sort()).toEqual(paragraphs)
})

test('what was changed in an accepted paragraph goes back with it into the proposal', () => {
  const { room } = scene('One.')
  const amina = room.seat(ken)
  const fay = room.seat(facilitator('fay'))
  addParagraphAfter(amina, 0, 'One.', 'New')
  room.settleDown()
  const id = proposalBy(amina, 'KEN')
  decide(room, 'proposal-accept', id)
  room.settleDown()
  insertAfter(fay, 1, 'New', 'er')
  insertAfter(amina, 1, 'N', 'X')
  room.settleDown()
  decide(room, 'decision-undo', id)
  expect(text(room)).toBe('1. One.\n\n1 bis. [N[X – KEN]ewer – KEN]')
})

test('6.8 an amendment of an accepted paragraph that was changed goes back with its words', () => {
  const { room, amina, ingrid } = twoDelegations('One.')
  const fay = room.seat(facilitator('fay'))
  addParagraphAfter(amina, 0, 'One.', 'Two three four five')
  room.settleDown()
  const id = proposalBy(amina, 'KEN')
  replaceWords(ingrid, 1, 'four', 'X')
  room.settleDown()
  decide(room, 'proposal-accept', id)
  room.settleDown()
  insertAfter(fay, 1, 'Two', ' and')
  replaceWords(fay, 1, 'five', 'six')
  room.settleDown()
  decide(room, 'decision-undo', id)
  expect(text(room)).toBe('1. One.\n\n1 bis. [Two and three [four / X – NOR] six – KEN]')
})

test('numbers are issued in order and never again', () => {
  const { room, amina, ingrid } = twoDelegations('One.', 'Two.')
  for (const [drafter, words] of [
    [amina, 'first'],
    [ingrid, 'second'],
  ] as const) {
    addParagraphAfter(drafter, 0, 'One.', words)
  }
  room.settleDown()
  expect(text(room)).toBe('1. One.\n\n1 bis. [first – KEN]\n\n1 ter. [second – NOR]\n\n2. Two.')
  decide(room, 'proposal-not-retain', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe('1. One.\n\n1 ter. [second – NOR]\n\n2. Two.')
  decide(room, 'proposal-accept', proposalBy(ingrid, 'NOR'))
  decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe('1. One.\n\n1 bis. [first – KEN]\n\n1 ter. second\n\n2. Two.')
})

function replaced() {
  const { room, amina, ingrid } = twoDelegations('free from extreme poverty')
  replaceWords(amina, 0, 'extreme', 'all')
  room.settleDown()
  return { room, amina, ingrid }
}
