import { expect, it } from 'vitest'
import { placeAt } from '#client/editor/places.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { chair, decide, proposalBy, text } from '#test/kit/deciding.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { delegate, Room } from '#test/kit/drafting.ts'
import { SpaceRoom } from '#test/kit/drafting-space.ts'
import { asked, numbered, splitBehind } from '#test/kit/paragraphs.ts'
import { Random } from '#test/kit/random.ts'
import { addParagraphAfter, insertAfter, selectWords, typeKeys } from '#test/kit/scene.ts'

const KEN = 'KEN' as ParticipantId

/** Where a private draft stands while the room goes on. */
function atWork(...paragraphs: string[]) {
  const room = new Room(new Random(1), paragraphs)
  const space = new SpaceRoom(room, 'KEN')
  const amina = room.seat(delegate('amina', 'KEN'), 'all', [space])
  const cy = room.seat(delegate('cy', 'NOR'))
  return { room, space, amina, cy }
}

const drafted = (space: SpaceRoom): ProposalId => [...space.od.proposals.keys()].at(-1) as ProposalId
const isAdrift = (drafter: Drafter): boolean[] =>
  new BoardReader(drafter.projection)
    .board()
    .blocks.flatMap(({ places }) => places.flatMap(({ rows }) => rows))
    .flatMap(({ space, orphaned }) => (space === null ? [] : [orphaned]))

function replace(drafter: Drafter, block: number, words: string, by: string): void {
  selectWords(drafter, block, words)
  if (by === '') drafter.dispatch((tr) => tr.deleteSelection())
  else typeKeys(drafter, by)
}

function draft(drafter: Drafter, block: number, words: string, by: string): void {
  drafter.draftIn(KEN)
  replace(drafter, block, words, by)
  drafter.draftIn(null)
  drafter.room.settleDown()
}

it('4.5 a draft on words that a decision struck stands on them again when it is taken back, however often', () => {
  const { room, space, amina, cy } = atWork('from poverty to dignity')
  draft(amina, 0, 'poverty', 'hunger')
  replace(cy, 0, 'poverty to', '')
  room.settleDown()
  const deletion = proposalBy(cy, 'NOR')
  for (let times = 0; times < 3; times++) {
    expect(decide(room, 'proposal-accept', deletion)).toMatchObject({ ok: true })
    room.settleDown()
    expect(isAdrift(amina)).toEqual([true])
    expect(decide(room, 'decision-undo', deletion)).toMatchObject({ ok: true })
    room.settleDown()
    expect(isAdrift(amina)).toEqual([false])
    expect(amina.text()).toContain('poverty / hunger – KEN (draft)]')
  }
  expect(decide(room, 'proposal-not-retain', deletion)).toMatchObject({ ok: true })
  expect(space.table([drafted(space)], amina.seat.actor)).toMatchObject({ ok: true })
  room.settleDown()
  expect(text(room)).toBe('1. from [poverty / hunger – KEN] to dignity')
})

it('4.5 so it does when only its first word was struck', () => {
  const { room, amina, cy } = atWork('from poverty to dignity')
  draft(amina, 0, 'poverty to', 'hunger and')
  replace(cy, 0, 'from poverty', '')
  room.settleDown()
  const deletion = proposalBy(cy, 'NOR')
  expect(decide(room, 'proposal-accept', deletion)).toMatchObject({ ok: true })
  room.settleDown()
  expect(decide(room, 'decision-undo', deletion)).toMatchObject({ ok: true })
  expect(decide(room, 'proposal-not-retain', deletion)).toMatchObject({ ok: true })
  room.settleDown()
  expect(amina.text()).toBe('from [poverty to / hunger and – KEN (draft)] dignity')
})

it('4.5 a mere deletion in a paragraph that was taken back and not retained is tabled, and shown as words gone', () => {
  const { room, space, amina, cy } = atWork('One.', 'Two.')
  addParagraphAfter(cy, 0, 'One.', 'More of it')
  room.settleDown()
  const added = proposalBy(cy, 'NOR')
  expect(decide(room, 'proposal-accept', added)).toMatchObject({ ok: true })
  room.settleDown()
  draft(amina, 1, 'More', '')
  expect(decide(room, 'decision-undo', added)).toMatchObject({ ok: true })
  expect(decide(room, 'proposal-not-retain', added)).toMatchObject({ ok: true })
  room.settleDown()
  expect(isAdrift(amina)).toEqual([true])
  expect(space.table([drafted(space)], amina.seat.actor)).toMatchObject({ ok: true })
  room.settleDown()
  expect(text(room)).toContain('[… – KEN delete]')
  expect(cy.text()).toContain('[… – KEN delete]')
})

it('4.5 a draft on accepted words amends the wording when the acceptance is taken back, and is tabled as that', () => {
  const { room, space, amina, cy } = atWork('One.', 'Two.')
  replace(cy, 1, 'Two', 'Three and four')
  room.settleDown()
  const replacement = proposalBy(cy, 'NOR')
  expect(decide(room, 'proposal-accept', replacement)).toMatchObject({ ok: true })
  room.settleDown()
  draft(amina, 1, 'and', 'or')
  expect(decide(room, 'decision-undo', replacement)).toMatchObject({ ok: true })
  room.settleDown()
  expect(isAdrift(amina)).toEqual([false])
  expect(amina.text()).toBe('One.\n[Two / Three [and / or – KEN (draft)] four – NOR].')
  expect(space.table([drafted(space)], amina.seat.actor)).toMatchObject({ ok: true })
  room.settleDown()
  expect(text(room)).toBe('1. One.\n\n2. [Two / Three [and / or – KEN] four – NOR].')
  expect(decide(room, 'proposal-accept', replacement)).toMatchObject({ ok: true })
  expect(text(room)).toBe('1. One.\n\n2. Three [and / or – KEN] four.')
})

it('4.5 a mere deletion in a number that stands empty is tabled, and shown as words gone', () => {
  const { room, space, amina } = atWork('One.', 'Two.', 'Three.')
  draft(amina, 1, 'Two', '')
  const id = asked(room, { kind: 'delete-paragraph', paragraph: numbered(room, '2') })
  expect(decide(room, 'proposal-accept', id)).toMatchObject({ ok: true })
  room.settleDown()
  expect(isAdrift(amina)).toEqual([true])
  expect(room.command({ kind: 'revision-issue', note: '' }, chair)).toMatchObject({ ok: true })
  expect(space.table([drafted(space)], amina.seat.actor)).toMatchObject({ ok: true })
  room.settleDown()
  expect(text(room)).toContain('[… – KEN delete]')
})

it('7.3 no draft is tabled into an agreed paragraph that its words have gone to meanwhile', () => {
  const { room, space, amina } = atWork('One is here. Two is there.')
  draft(amina, 0, 'there', 'elsewhere')
  const paragraph: ParagraphId = numbered(room, '1')
  const id = asked(room, splitBehind(room, paragraph, 'here.'))
  expect(decide(room, 'proposal-accept', id)).toMatchObject({ ok: true })
  room.settleDown()
  const second = [...room.od.paragraphs.keys()].find((key) => key !== paragraph) as ParagraphId
  expect(amina.text()).toContain('[there / elsewhere – KEN (draft)]')
  const status = { kind: 'paragraph-status', paragraph: second, status: 'agreed', reason: '' } as const
  expect(room.command(status, chair)).toMatchObject({ ok: true })
  const before = text(room)
  expect(space.table([drafted(space)], amina.seat.actor)).toMatchObject({ code: 'paragraph-agreed' })
  expect(text(room)).toBe(before)
})

it('7.3 beside an agreed paragraph a new one is tabled with its amendments', () => {
  const { room, space, amina } = atWork('One.', 'Two.')
  const status = {
    kind: 'paragraph-status',
    paragraph: numbered(room, '1'),
    status: 'agreed',
    reason: '',
  } as const
  expect(room.command(status, chair)).toMatchObject({ ok: true })
  room.settleDown()
  amina.draftIn(KEN)
  addParagraphAfter(amina, 0, 'One.', 'More')
  room.settleDown()
  expect(space.table([drafted(space)], amina.seat.actor)).toMatchObject({ ok: true })
  room.settleDown()
  insertAfter(amina, 1, 'More', ' and more')
  room.settleDown()
  expect(amina.text()).toContain('More[ and more – KEN (draft)]')
  expect(space.table([drafted(space)], amina.seat.actor)).toMatchObject({ ok: true })
  expect(text(room)).toContain('[More [and more – KEN] – KEN]')
})

it('4.4 the caret stays in a draft that is tabled under it, though the words before it were not taken along', () => {
  const { room, space, amina } = atWork('from poverty to dignity')
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' dire')
  room.settleDown()
  const id = drafted(space)
  typeKeys(amina, ' and extreme')
  expect(space.table([id], amina.seat.actor)).toMatchObject({ ok: true })
  amina.deliver()
  expect(amina.text()).toBe('from[ dire – KEN] poverty to dignity')
  const { parent, parentOffset } = amina.state.selection.$head
  expect(placeAt(parent, parentOffset)).toEqual({ host: id, index: 5 })
})

it('4.4 what is typed in a draft on its way to the room amends it, and stays private', () => {
  const { room, space, amina, cy } = atWork('from poverty to dignity')
  amina.draftIn(KEN)
  insertAfter(amina, 0, 'from', ' dire')
  room.settleDown()
  const id = drafted(space)
  expect(space.table([id], amina.seat.actor)).toMatchObject({ ok: true })
  for (const seat of amina.beside) seat.deliver(Number.POSITIVE_INFINITY)
  amina.draftIn(null)
  insertAfter(amina, 0, ' dire', 'ct')
  room.settleDown()
  expect(room.refusals).toEqual([])
  expect(amina.text()).toBe('from[ dire[ct – KEN (draft)] – KEN] poverty to dignity')
  expect(cy.text()).toBe('from[ dire – KEN] poverty to dignity')
})
