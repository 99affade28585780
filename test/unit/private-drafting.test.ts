import { expect, it } from 'vitest'
import { publicCaret } from '#client/editor/carets/public-caret.ts'
import { situationOf } from '#client/editor/rights/context.ts'
import { exportJson } from '#shared/document/export-json.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { headOf } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { CommentId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { delegate, facilitator, Room } from '#test/kit/drafting.ts'
import { SpaceRoom } from '#test/kit/drafting-space.ts'
import { sameCaret } from '#shared/protocol/wire.ts'
import { Random } from '#test/kit/random.ts'
import {
  backspace,
  deleteWords,
  insertAfter,
  putAfter,
  replaceWords,
  selectWords,
  shown,
  typeKeys,
} from '#test/kit/scene.ts'

const KEN = 'KEN' as ParticipantId

/** Two of Kenya with their space, and somebody else. */
function delegationAtWork(text = 'from poverty to dignity') {
  const room = new Room(new Random(1), [text, 'and so on'])
  const space = new SpaceRoom(room, 'KEN')
  const amina = room.seat(delegate('amina', 'KEN'), 'all', [space])
  const baraka = room.seat(delegate('baraka', 'KEN'), 'all', [space])
  const cy = room.seat(delegate('cy', 'NOR'))
  return { room, space, amina, baraka, cy }
}

const board = (drafter: Drafter) => new BoardReader(drafter.projection).board()
const remarks = (drafter: Drafter) =>
  board(drafter)
    .comments.map(({ id, space }) => [id, space])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
const drafts = (space: SpaceRoom) => [...space.od.proposals.keys()] as ProposalId[]

it('4.1 what is typed in a private space is a draft there: her colleague sees it, signed so, and nobody else', () => {
  const { room, space, amina, baraka, cy } = delegationAtWork()
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' extreme')
  replaceWords(amina, 0, 'dignity', 'hope')
  room.settleDown()
  expect(amina.text()).toBe(
    'from[ extreme – KEN (draft)] poverty to [dignity / hope – KEN (draft)]\nand so on',
  )
  expect(baraka.text()).toBe(amina.text())
  expect(cy.text()).toBe('from poverty to dignity\nand so on')
  expect(room.od.proposals.size).toBe(0)
  for (const id of drafts(space)) expect(headOf(space.od, id)).toMatchObject({ by: 'KEN', person: 'amina' })
  expect(baraka.state.doc.toString()).toContain('sign')
  const rows = board(baraka).blocks[0]!.places.flatMap((place) => place.rows)
  expect(rows.map(({ space: of, orphaned }) => [of, orphaned])).toEqual([
    ['KEN', false],
    ['KEN', false],
  ])
  expect(board(baraka).open).toBe(0)
})

it('4.1 exports and the clean view have no drafts', () => {
  const { room, amina } = delegationAtWork()
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' extreme')
  room.settleDown()
  for (const view of ['all', 'clean', 'base'] as const) {
    expect(writeText(room.od, view)).not.toContain('extreme')
    expect(JSON.stringify(exportJson(room.od, view))).not.toContain('extreme')
  }
  const clean = new Projection(amina.od, 'clean', KEN)
  const texts = clean.blocks().map((block) =>
    clean
      .composed(block)
      .pieces.map(({ text }) => text)
      .join(''),
  )
  expect(texts[0]).toBe('from poverty to dignity')
  const mine = new Projection(amina.od, 'mine', KEN)
  expect(
    mine
      .composed(mine.blocks()[0]!)
      .pieces.map(({ text }) => text)
      .join(''),
  ).toContain('extreme')
})

it('4.1 in a private space even one’s own tabled bracket is amended, not changed', () => {
  const { room, amina, cy } = delegationAtWork()
  insertAfter(amina, 0, 'from', ' extreme')
  room.settleDown()
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'extreme', 'ly dire')
  room.settleDown()
  expect(cy.text()).toContain('from[ extreme – KEN] poverty')
  expect(amina.text()).toContain('from[ extreme[ly dire – KEN (draft)] – KEN] poverty')
})

it('4.1 what stands in a draft is as private, also where nothing private was chosen', () => {
  const { room, space, amina, baraka } = delegationAtWork()
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' extreme')
  room.settleDown()
  insertAfter(baraka, 0, 'extreme', ' and dire')
  baraka.binding.newParagraph()
  room.settleDown()
  expect(amina.text()).toContain('from[ extreme and dire – KEN (draft)] poverty')
  expect(drafts(space)).toHaveLength(1)
  insertAfter(baraka, 0, 'to', ' all')
  room.settleDown()
  expect(room.od.proposals.size).toBe(2)
})

it('4.1 a caret in a draft, or of whoever drafts, is not told', () => {
  const { room, amina } = delegationAtWork()
  putAfter(amina, 0, 'from')
  expect(publicCaret(amina.binding)).not.toBeNull()
  expect(sameCaret(publicCaret(amina.binding), publicCaret(amina.binding))).toBe(true)
  amina.draftIn(KEN)
  expect(publicCaret(amina.binding)).toBeNull()
  typeKeys(amina, ' extreme')
  amina.draftIn(null)
  room.settleDown()
  putAfter(amina, 0, 'extreme')
  expect(publicCaret(amina.binding)).toBeNull()
  selectWords(amina, 0, 'poverty')
  expect(publicCaret(amina.binding)).not.toBeNull()
})

it('what typing would do is said with the space that it would go to', () => {
  const { amina } = delegationAtWork()
  const told = () => situationOf(amina.state, amina.projection, amina.binding.writer, true).context
  putAfter(amina, 0, 'from')
  expect(told()).toMatchObject({ kind: 'propose', as: 'KEN', space: null })
  amina.draftIn(KEN)
  expect(told()).toMatchObject({ kind: 'propose', as: 'KEN', space: 'KEN' })
  typeKeys(amina, ' extreme')
  expect(told()).toMatchObject({ kind: 'own', space: 'KEN' })
})

it('undo goes back over the room and the private space in the order of the gestures', () => {
  const { room, amina, cy } = delegationAtWork()
  insertAfter(amina, 0, 'from', ' A')
  amina.draftIn(KEN)
  insertAfter(amina, 1, 'and', ' B')
  amina.draftIn(null)
  insertAfter(amina, 0, 'to', ' C')
  room.settleDown()
  const whole = amina.text()
  const letters = () => amina.text().replaceAll(/[^A-C]/gu, '')
  const seen = [letters()]
  while (amina.undo.undo()) {
    room.settleDown()
    if (letters() !== seen.at(-1)) seen.push(letters())
  }
  expect(seen).toEqual(['ACB', 'AB', 'A', ''])
  while (amina.undo.redo()) room.settleDown()
  expect(amina.text()).toBe(whole)
  expect(cy.text()).not.toContain('B')
  expect(room.refusals).toEqual([])
})

it('4.2 a tabled draft is the room’s: signed without “draft”, the caret in it where it was', () => {
  const { room, space, amina, cy } = delegationAtWork()
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' extreme')
  backspace(amina, 3)
  room.settleDown()
  expect(shown(amina)[0]).toBe('from[ extr| – KEN (draft)] poverty to dignity')
  expect(space.table(drafts(space), amina.seat.actor).ok).toBe(true)
  amina.draftIn(null)
  room.settleDown()
  expect(shown(amina)[0]).toBe('from[ extr| – KEN] poverty to dignity')
  typeKeys(amina, 'eme')
  room.settleDown()
  expect(cy.text()).toContain('from[ extreme – KEN] poverty')
  expect(room.refusals).toEqual([])
  expect(board(amina).open).toBe(1)
})

it('4.5 a draft whose words or whose bracket have gone is said to be adrift, and keeps its words', () => {
  const { room, amina, cy } = delegationAtWork()
  insertAfter(cy, 0, 'dignity', ' for all')
  const chair = room.seat(facilitator('fay'))
  room.settleDown()
  amina.draftIn(KEN)
  replaceWords(amina, 0, 'poverty', 'want')
  insertAfter(amina, 0, 'for all', ' of us')
  room.settleDown()
  deleteWords(chair, 0, 'poverty')
  const [bracket] = [...room.od.proposals.keys()] as ProposalId[]
  room.command({ kind: 'proposal-not-retain', proposal: bracket! }, chair.seat.actor)
  room.settleDown()
  const rows = board(amina).blocks[0]!.places.flatMap((place) => place.rows)
  expect(rows.filter(({ space }) => space !== null).map(({ text, orphaned }) => [text, orphaned])).toEqual([
    ['want', true],
    [' of us', true],
  ])
})

it('10.1 comments of a space are shown with the room’s to those who have it, and to nobody else', () => {
  const { room, space, amina, cy } = delegationAtWork()
  const on = [...room.od.paragraphs.keys()][0] as never
  const [mine, theirs] = ['c0000000000000001', 'c0000000000000002'] as CommentId[]
  const said = { kind: 'comment-add', on, thread: null, text: 'Let us wait.' } as const
  expect(space.command({ ...said, comment: mine!, space: KEN }, amina.seat.actor).ok).toBe(true)
  expect(room.command({ ...said, comment: theirs! }, cy.seat.actor).ok).toBe(true)
  room.settleDown()
  expect(remarks(amina)).toEqual([
    [mine, 'KEN'],
    [theirs, null],
  ])
  expect(remarks(cy)).toEqual([[theirs, null]])
})

it('a draft that was taken back is gone for the whole delegation', () => {
  const { room, space, amina, baraka } = delegationAtWork()
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' extreme')
  room.settleDown()
  const [draft] = drafts(space)
  expect(space.command({ kind: 'proposal-withdraw', proposal: draft! }, baraka.seat.actor).ok).toBe(true)
  room.settleDown()
  expect(amina.text()).toBe('from poverty to dignity\nand so on')
  expect(baraka.text()).toBe(amina.text())
  expect(space.table([draft!], amina.seat.actor)).toMatchObject({ ok: false, code: 'no-such-draft' })
})

it('4.3 nobody tables for somebody else, and a space takes no other commands', () => {
  const { room, space, amina, cy } = delegationAtWork()
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' extreme')
  room.settleDown()
  const [draft] = drafts(space)
  for (const { actor } of [cy.seat, facilitator('fay')])
    expect(space.table([draft!], actor)).toMatchObject({ ok: false, code: 'not-allowed' })
  const accept = { kind: 'proposal-accept', proposal: draft! } as const
  expect(space.command(accept, facilitator('fay').actor)).toMatchObject({ ok: false, code: 'not-allowed' })
  expect(room.od.proposals.size).toBe(0)
})
