import { expect, test } from 'vitest'
import { anchorAt, resolveAnchor } from '#shared/document/text/anchor.ts'
import { addProposal, paragraphsInOrder } from '#shared/document/schema.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { DEPTH_LIMIT } from '#shared/model/proposals/proposal.ts'
import { chair, decide, proposalBy, proposalOf, text } from '#test/kit/deciding.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import { asked, numbered, splitBehind } from '#test/kit/paragraphs.ts'
import { backspace, putAfter, scene, selectWords, typeKeys } from '#test/kit/scene.ts'

const ken = delegate('amina', 'KEN')
const nor = delegate('ingrid', 'NOR')

test('deletions side by side, taken back in the order in which they were made: each word where it stood', () => {
  const { room, amina, ingrid } = two('free from extreme poverty now')
  selectWords(amina, 0, 'extreme ')
  backspace(amina)
  selectWords(ingrid, 0, 'poverty ')
  backspace(ingrid)
  room.settleDown()
  const before = text(room)
  for (const participant of ['KEN', 'NOR']) decide(room, 'proposal-accept', proposalBy(amina, participant))
  expect(text(room)).toBe('1. free from now')
  for (const participant of ['KEN', 'NOR'])
    expect(decide(room, 'decision-undo', proposalBy(amina, participant)).ok).toBe(true)
  expect(text(room)).toBe(before)
})

test('6.8 a deletion keeps all its words, also where others were accepted among them while an alternative stood in their place', () => {
  const { room, amina, ingrid } = two('We reaffirm our aims here')
  selectWords(amina, 0, 'our aims')
  backspace(amina)
  room.settleDown()
  const struck = proposalBy(amina, 'KEN')
  putAfter(ingrid, 0, 'aims')
  typeKeys(ingrid, ' and hopes')
  room.settleDown()
  const inserted = proposalBy(amina, 'NOR')
  const paragraph = paragraphsInOrder(room.od)[0]!.id
  const alternative = asked(room, { kind: 'alternative', paragraph, text: 'Another text' })
  decide(room, 'proposal-accept', alternative)
  decide(room, 'proposal-accept', inserted)
  expect(decide(room, 'decision-undo', alternative).ok).toBe(true)
  expect(resolveAnchor(room.od, room.od.anchors.get(struck)!)).toMatchObject({ start: 12, end: 20 })
})

test('a deletion in a deletion, the inner one taken back first', () => {
  const { room, amina, ingrid } = two('free from extreme poverty now')
  selectWords(amina, 0, 'extreme ')
  backspace(amina)
  selectWords(ingrid, 0, 'from extreme poverty ')
  backspace(ingrid)
  room.settleDown()
  const before = text(room)
  for (const participant of ['KEN', 'NOR']) decide(room, 'proposal-accept', proposalBy(amina, participant))
  for (const participant of ['KEN', 'NOR'])
    expect(decide(room, 'decision-undo', proposalBy(amina, participant)).ok).toBe(true)
  expect(text(room)).toBe(before)
})

test('a replacement beside a deletion, taken back in the order in which they were made', () => {
  const { room, amina, ingrid } = two('free from extreme poverty now')
  selectWords(amina, 0, 'extreme ')
  typeKeys(amina, 'all ')
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  room.settleDown()
  selectWords(ingrid, 0, 'poverty ')
  backspace(ingrid)
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe('1. free from all now')
  for (const participant of ['KEN', 'NOR'])
    expect(decide(room, 'decision-undo', proposalBy(amina, participant)).ok).toBe(true)
  expect(text(room)).toBe('1. free from [extreme / all – KEN] [poverty – NOR delete] now')
})

test('insertions at one place are accepted in the order in which they are shown', () => {
  const { room, amina, ingrid } = two('from poverty')
  putAfter(amina, 0, 'from')
  typeKeys(amina, ' deep')
  putAfter(ingrid, 0, 'from')
  typeKeys(ingrid, ' wide')
  room.settleDown()
  const before = text(room)
  expect(before).toBe('1. from [deep – KEN] [wide – NOR] poverty')
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe('1. from deep [wide – NOR] poverty')
  decide(room, 'proposal-accept', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe('1. from deep wide poverty')
  for (const participant of ['NOR', 'KEN']) decide(room, 'decision-undo', proposalBy(amina, participant))
  expect(text(room)).toBe(before)
})

test('words that go in among words that are gone are not asked to be deleted', () => {
  const { room, amina, ingrid } = two('free from extreme poverty')
  const fay = room.seat(facilitator('fay'))
  selectWords(amina, 0, 'extreme')
  backspace(amina)
  putAfter(ingrid, 0, 'ext')
  typeKeys(ingrid, 'X')
  room.settleDown()
  selectWords(fay, 0, '[ext[X – NOR]reme – KEN delete]')
  backspace(fay)
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe('1. free from [… – KEN delete] X poverty')
})

test('an amendment that was not retained goes back with the wording it stands on', () => {
  const { room, amina, ingrid } = two('from poverty')
  putAfter(amina, 0, 'from')
  typeKeys(amina, ' deep')
  room.settleDown()
  putAfter(ingrid, 0, 'deep')
  typeKeys(ingrid, 'er')
  room.settleDown()
  const before = text(room)
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  decide(room, 'proposal-not-retain', proposalBy(amina, 'NOR'))
  for (const participant of ['KEN', 'NOR']) decide(room, 'decision-undo', proposalBy(amina, participant))
  expect(text(room)).toBe(before)
})

test('formats outlive changes to the wording, and the way back', () => {
  const { room, amina } = two('from poverty')
  putAfter(amina, 0, 'from')
  amina.binding.paste([[{ insert: ' very ' }, { insert: 'deep', attributes: { em: true } }]])
  room.settleDown()
  const proposal = proposalBy(amina, 'KEN')
  room.command({ kind: 'proposal-accept', proposal, text: ' really deep' }, chair)
  const [paragraph] = [...room.od.paragraphs.values()]
  const delta = () => (paragraph!.get('text') as { toDelta(): unknown }).toDelta()
  expect(delta()).toEqual([
    { insert: 'from really ' },
    { insert: 'deep', attributes: { em: true } },
    { insert: ' poverty' },
  ])
  room.settleDown()
  selectWords(amina, 0, 'deep pov')
  backspace(amina)
  room.settleDown()
  const last = [...room.od.proposals.keys()].at(-1) as typeof proposal
  decide(room, 'proposal-accept', last)
  decide(room, 'decision-undo', last)
  expect(delta()).toEqual([
    { insert: 'from really ' },
    { insert: 'deep', attributes: { em: true } },
    { insert: ' poverty' },
  ])
})

test('what a colleague wrote while the proposal was taken back can be accepted where it is shown', () => {
  const { room } = scene('One.', 'Two.')
  const amina = room.seat(ken)
  const cy = room.seat(delegate('cy', 'KEN'))
  putAfter(amina, 0, 'One.')
  amina.binding.newParagraph()
  room.settleDown()
  putAfter(cy, 1, '[')
  typeKeys(cy, 'New')
  amina.binding.takeBack()
  room.settleDown()
  const before = text(room)
  expect(before).toBe('1. One.\n\n1 bis. [New – KEN]\n\n2. Two.')
  const proposal = proposalOf(amina, 'New')
  expect(decide(room, 'proposal-accept', proposal).ok).toBe(true)
  expect(text(room)).toBe('1. One.\n\n1 bis. New\n\n2. Two.')
  expect(decide(room, 'decision-undo', proposal).ok).toBe(true)
  expect(text(room)).toBe(before)
})

test('accepted words that a facilitator deleted and brought back go when the decision is taken back', () => {
  const { room, amina } = two('free from extreme poverty')
  const fay = room.seat(facilitator('fay'))
  selectWords(amina, 0, 'extreme')
  typeKeys(amina, 'all')
  room.settleDown()
  const before = text(room)
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  room.settleDown()
  for (let times = 0; times < 2; times++) {
    selectWords(fay, 0, 'all')
    backspace(fay)
    fay.undo.undo()
    room.settleDown()
  }
  expect(text(room)).toBe('1. free from all poverty')
  decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe(before)
})

test('words that a facilitator wrote in place of accepted ones are not taken for them', () => {
  const { room, amina } = two('free from extreme poverty')
  const fay = room.seat(facilitator('fay'))
  selectWords(amina, 0, 'extreme')
  typeKeys(amina, 'all')
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  room.settleDown()
  putAfter(fay, 0, 'from ')
  typeKeys(fay, 'any')
  selectWords(fay, 0, 'all')
  backspace(fay)
  room.settleDown()
  decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
  expect(text(room)).toContain('any')
})

test('6.8 a range that stepped aside twice goes back to all its words, in whatever order', () => {
  for (const order of [
    ['KEN', 'BRA'],
    ['BRA', 'KEN'],
  ]) {
    const { room, amina, ingrid } = two('one two three four five')
    const bea = room.seat(delegate('bea', 'BRA'))
    selectWords(ingrid, 0, 'two three four')
    typeKeys(ingrid, 'X')
    for (const [drafter, words] of [
      [amina, 'one two'],
      [bea, 'four five'],
    ] as const) {
      selectWords(drafter, 0, words)
      typeKeys(drafter, 'Y')
    }
    room.settleDown()
    const before = text(room)
    for (const participant of ['KEN', 'BRA']) decide(room, 'proposal-accept', proposalBy(amina, participant))
    expect(text(room)).toBe('1. Y [three / X – NOR]Y')
    for (const participant of order)
      expect(decide(room, 'decision-undo', proposalBy(amina, participant)).ok).toBe(true)
    expect(text(room)).toBe(before)
  }
})

test('6.8 so does one that was accepted where it had stepped to', () => {
  const { room, amina, ingrid } = two('one two three four')
  selectWords(ingrid, 0, 'two three')
  typeKeys(ingrid, 'X')
  selectWords(amina, 0, 'one two')
  typeKeys(amina, 'Y')
  room.settleDown()
  const before = text(room)
  for (const participant of ['KEN', 'NOR']) decide(room, 'proposal-accept', proposalBy(amina, participant))
  for (const participant of ['KEN', 'NOR'])
    expect(decide(room, 'decision-undo', proposalBy(amina, participant)).ok).toBe(true)
  expect(text(room)).toBe(before)
})

test('6.8 a range that a split and an acceptance have shortened goes back to all its words, in whatever order', () => {
  for (const accepted of ['split first', 'split last'])
    for (const back of ['split first', 'split last']) {
      const { room, amina, ingrid } = two('one two three four five six')
      selectWords(amina, 0, 'two three four five')
      backspace(amina)
      room.settleDown()
      selectWords(ingrid, 0, 'three')
      typeKeys(ingrid, 'X')
      room.settleDown()
      const split = asked(room, splitBehind(room, numbered(room, '1'), 'one two three'))
      const both = (first: string) => {
        const replacement = proposalBy(ingrid, 'NOR')
        return first === 'split first' ? [split, replacement] : [replacement, split]
      }
      const before = text(room)
      for (const id of both(accepted))
        expect(decide(room, 'proposal-accept', id), accepted).toMatchObject({ ok: true })
      for (const id of both(back))
        expect(decide(room, 'decision-undo', id), `${accepted}, ${back}`).toMatchObject({ ok: true })
      expect(text(room), `${accepted}, ${back}`).toBe(before)
    }
})

test('6.8 a range that was shortened where a merger had taken it goes back to all its words', () => {
  const { room, amina, ingrid } = two('One two.', 'Four five six.')
  selectWords(amina, 1, 'five six')
  backspace(amina)
  putAfter(ingrid, 0, 'One')
  typeKeys(ingrid, ' more')
  room.settleDown()
  const paragraph = numbered(room, '1')
  const join = asked(room, { kind: 'join', paragraph, next: numbered(room, '2') })
  const empty = asked(room, { kind: 'delete-paragraph', paragraph })
  const addition = proposalOf(ingrid, ' more')
  const before = text(room)
  for (const id of [join, empty, addition])
    expect(decide(room, 'proposal-accept', id)).toMatchObject({ ok: true })
  for (const id of [empty, join, addition])
    expect(decide(room, 'decision-undo', id)).toMatchObject({ ok: true })
  expect(text(room)).toBe(before)
})

test('6.8 what a deletion has put behind accepted words is no amendment of them', () => {
  const { room, amina, ingrid } = two('from poverty now')
  const bea = room.seat(delegate('bea', 'BRA'))
  putAfter(amina, 0, 'from')
  typeKeys(amina, ' deep')
  selectWords(ingrid, 0, ' poverty')
  backspace(ingrid)
  putAfter(bea, 0, 'poverty')
  typeKeys(bea, ' and need')
  room.settleDown()
  const before = text(room)
  for (const participant of ['KEN', 'NOR']) decide(room, 'proposal-accept', proposalBy(amina, participant))
  expect(text(room)).toBe('1. from deep [and need – BRA] now')
  decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe('1. from [deep – KEN] [and need – BRA] now')
  decide(room, 'decision-undo', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe(before)
})

test('6.8 an amendment at the very start of a wording is taken back before the wording is', () => {
  const { room, amina, ingrid } = two('from poverty')
  selectWords(amina, 0, 'poverty')
  typeKeys(amina, 'want')
  room.settleDown()
  putAfter(ingrid, 0, '/ ')
  typeKeys(ingrid, 'all ')
  room.settleDown()
  const before = text(room)
  const [want, all] = [proposalBy(amina, 'KEN'), proposalBy(amina, 'NOR')]
  decide(room, 'proposal-accept', want)
  decide(room, 'proposal-accept', all)
  expect(decide(room, 'decision-undo', want)).toMatchObject({ code: 'later-decision' })
  for (const proposal of [all, want]) expect(decide(room, 'decision-undo', proposal).ok).toBe(true)
  expect(text(room)).toBe(before)
})

function two(...paragraphs: string[]) {
  const { room } = scene(...paragraphs)
  return { room, amina: room.seat(ken), ingrid: room.seat(nor) }
}

test('2.8 6.8 brackets as deep as they may be are all still shown when one comes back around them', () => {
  const { room } = scene('water for all')
  const amina = room.seat(delegate('amina', 'KEN'))
  const paragraph = paragraphsInOrder(room.od)[0]!.id
  const insert = (host: HostId, at: number, words: string): ProposalId => {
    const id = newProposalId((length) => room.random.bytes(length))
    const by = 'KEN' as ParticipantId
    const head = { kind: 'text', by, person: 'amina', createdAt: 1, paragraph, quote: '' } as const
    amina.doc.transact(() =>
      addProposal(amina.od, id, head, anchorAt(amina.od, host, paragraph, at, at), words),
    )
    room.settleDown()
    return id
  }
  const first = insert(paragraph, 5, ' clean')
  decide(room, 'proposal-accept', first)
  room.settleDown()
  let host: HostId = insert(paragraph, 8, 'w0')
  for (let depth = 1; depth <= DEPTH_LIMIT; depth++) host = insert(host, 1, `w${depth}`)
  expect(room.refusals).toEqual([])
  decide(room, 'decision-undo', first)
  const shown = text(room)
  expect([...shown.matchAll(/KEN\]/gu)]).toHaveLength(DEPTH_LIMIT + 2)
  expect(shown).toContain(`w${DEPTH_LIMIT} – KEN]`)
})
