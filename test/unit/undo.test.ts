import { expect, test } from 'vitest'
import { endEmptied, lastWordsOf, noteEmptied } from '#shared/document/issue/emptied.ts'
import { recordSet } from '#shared/document/records.ts'
import { EMPTIED_WAIT } from '#shared/model/proposals/emptied.ts'
import type { LastWords } from '#shared/model/proposals/emptied.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { decide, proposalOf } from '#test/kit/deciding.ts'
import { facilitator } from '#test/kit/drafting.ts'
import type { Drafter, Room } from '#test/kit/drafting.ts'
import { addParagraphAfter, backspace, insertAfter, ken, scene, shown } from '#test/kit/scene.ts'

const chair = facilitator('fay')

test('undo leaves a bracket alone that was decided meanwhile, and goes on with what came before', () => {
  const { room } = scene('One.', 'from poverty')
  const amina = room.seat(ken)
  insertAfter(amina, 0, 'One', '!')
  insertAfter(amina, 1, 'from', ' all')
  backspace(amina)
  room.settleDown()
  accept(room, ' al')
  undoAll(amina)
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(shown(amina)).toEqual(['One.', 'from al| poverty'])
})

test('what was undone before a decision is not done again after it', () => {
  const { room } = scene('from poverty')
  const amina = room.seat(ken)
  insertAfter(amina, 0, 'from', ' all')
  amina.undo.undo()
  room.settleDown()
  accept(room, ' al')
  while (amina.undo.redo()) continue
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(amina.text()).toBe('from al poverty')
})

test('a facilitator’s words in a paragraph whose acceptance was taken back are not undone', () => {
  const { room } = scene('One.')
  const amina = room.seat(ken)
  const fay = room.seat(chair)
  addParagraphAfter(amina, 0, 'One.', 'New')
  room.settleDown()
  const id = accept(room, 'New')
  insertAfter(fay, 1, 'New', 'er')
  room.settleDown()
  room.command({ kind: 'decision-undo', proposal: id }, chair.actor)
  room.settleDown()
  undoAll(fay)
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(fay.text()).toBe('One.\n[Newer – KEN]')
})

/** As the server does it when the time of what its author has emptied has come. */
function withdrawEmptied(room: Room, id: ProposalId, last: LastWords): void {
  const said = { participant: 'KEN' as ParticipantId, person: '', at: room.now() }
  room.od.doc.transact(() => {
    recordSet(room.od, `positions/${id}`, [{ ...said, position: 'support', earlier: [] }])
    noteEmptied(room.od, id, last, said)
  })
  room.settleDown()
  room.od.doc.transact(() => endEmptied(room.od, said.at + EMPTIED_WAIT))
}

test.each([
  ['deleting it', 'undo'],
  ['undoing it', 'redo'],
] as const)(
  '2.10 what was emptied by %s, withdrawn and opened again has its words once after %s',
  (how, way) => {
    for (const together of [false, true]) {
      const { room } = scene('from poverty')
      const amina = room.seat(ken)
      insertAfter(amina, 0, 'from', ' all')
      room.settleDown()
      const id = proposalOf({ room }, ' all')
      const last = lastWordsOf(room.od, id)
      if (how === 'deleting it') backspace(amina, 4)
      else undoAll(amina)
      room.settleDown()
      withdrawEmptied(room, id, last)
      if (!together) room.settleDown()
      expect(room.command({ kind: 'decision-undo', proposal: id, reason: 'Again.' }, chair.actor).ok).toBe(
        true,
      )
      room.settleDown()
      while (amina.undo[way]()) room.settleDown()
      room.settleDown()
      expect(room.refusals).toEqual([])
      expect(amina.text()).toBe('from[ all – KEN] poverty')
    }
  },
)

function undoAll({ undo }: Drafter): void {
  while (undo.undo()) continue
}

/** Accepts the proposal with this wording, and everybody hears of it. */
function accept(room: Room, wording: string): ProposalId {
  const id = proposalOf({ room }, wording)
  expect(decide(room, 'proposal-accept', id).ok).toBe(true)
  room.settleDown()
  return id
}
