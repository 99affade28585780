import { expect, test } from 'vitest'
import { anchorAt, plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import { addProposal, baseTextOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { DEPTH_LIMIT } from '#shared/model/proposals/proposal.ts'
import { chair, decide, proposalBy, proposalOf, text } from '#test/kit/deciding.ts'
import { delegate, facilitator, type Room } from '#test/kit/drafting.ts'
import { asked, numbered, splitBehind } from '#test/kit/paragraphs.ts'
import {
  deleteWords,
  insertAfter,
  ken,
  putAfter,
  replaceWords,
  scene,
  twoDelegations,
} from '#test/kit/scene.ts'

/** Takes the same decision on the proposal of each of these delegations, in this order. */
function decideEach(
  room: Room,
  kind: 'proposal-accept' | 'decision-undo',
  participants: readonly string[],
): void {
  for (const participant of participants)
    expect(decide(room, kind, proposalBy({ room }, participant)).ok).toBe(true)
}

test('deletions side by side, taken back in the order in which they were made: each word where it stood', () => {
  const { room, amina, ingrid } = twoDelegations('free from extreme poverty now')
  deleteWords(amina, 0, 'extreme ')
  deleteWords(ingrid, 0, 'poverty ')
  room.settleDown()
  const before = text(room)
  decideEach(room, 'proposal-accept', ['KEN', 'NOR'])
  expect(text(room)).toBe('1. free from now')
  decideEach(room, 'decision-undo', ['KEN', 'NOR'])
  expect(text(room)).toBe(before)
})

test('6.8 a deletion keeps all its words, also where others were accepted among them while an alternative stood in their place', () => {
  const { room, amina, ingrid } = twoDelegations('We reaffirm our aims here')
  deleteWords(amina, 0, 'our aims')
  room.settleDown()
  const struck = proposalBy(amina, 'KEN')
  insertAfter(ingrid, 0, 'aims', ' and hopes')
  room.settleDown()
  const inserted = proposalBy(amina, 'NOR')
  const paragraph = paragraphsInOrder(room.od)[0]!.id
  const alternative = asked(room, { kind: 'alternative', paragraph, text: 'Another text' })
  decide(room, 'proposal-accept', alternative)
  decide(room, 'proposal-accept', inserted)
  expect(decide(room, 'decision-undo', alternative).ok).toBe(true)
  expect(resolveAnchor(room.od, room.od.anchors.get(struck)!)).toMatchObject({ start: 12, end: 20 })
})

// History 786 of property/taken-back.
test.each([{ kind: 'alternative', text: 'Another text' }, { kind: 'delete-paragraph' }] as const)(
  '6.8 a deletion keeps the words behind those that were accepted inside it while all of them were gone ($kind)',
  (change) => {
    const { room, amina, ingrid } = twoDelegations('We reaffirm our aims here')
    deleteWords(amina, 0, 'our aims')
    room.settleDown()
    const struck = proposalBy(amina, 'KEN')
    insertAfter(ingrid, 0, 'our', ' own')
    insertAfter(ingrid, 0, 'ai', 'X')
    room.settleDown()
    const before = text(room)
    const inner = [' own', 'X'].map((words) => proposalOf(amina, words))
    const whole = asked(room, { ...change, paragraph: paragraphsInOrder(room.od)[0]!.id })
    const withWhole = text(room)
    const asks = (): string => {
      const { start, end } = resolveAnchor(room.od, room.od.anchors.get(struck)!)!
      return plainText(baseTextOf(room.od, paragraphsInOrder(room.od)[0]!.id)!).slice(start, end)
    }
    decide(room, 'proposal-accept', whole)
    for (const proposal of inner) decide(room, 'proposal-accept', proposal)
    expect(asks()).toBe('')
    expect(decide(room, 'decision-undo', whole).ok).toBe(true)
    // Words that go in beside nothing bring spaces along.
    expect(asks().replaceAll(' ', '')).toBe('ourownaiXms')
    for (const proposal of inner) decide(room, 'decision-undo', proposal)
    expect(asks()).toBe('our aims')
    expect(text(room)).toBe(withWhole)
    decide(room, 'proposal-not-retain', whole)
    expect(text(room)).toBe(before)
  },
)

test('a deletion in a deletion, the inner one taken back first', () => {
  const { room, amina, ingrid } = twoDelegations('free from extreme poverty now')
  deleteWords(amina, 0, 'extreme ')
  deleteWords(ingrid, 0, 'from extreme poverty ')
  room.settleDown()
  const before = text(room)
  decideEach(room, 'proposal-accept', ['KEN', 'NOR'])
  decideEach(room, 'decision-undo', ['KEN', 'NOR'])
  expect(text(room)).toBe(before)
})

test('a replacement beside a deletion, taken back in the order in which they were made', () => {
  const { room, amina, ingrid } = twoDelegations('free from extreme poverty now')
  replaceWords(amina, 0, 'extreme ', 'all ')
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  room.settleDown()
  deleteWords(ingrid, 0, 'poverty ')
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe('1. free from all now')
  decideEach(room, 'decision-undo', ['KEN', 'NOR'])
  expect(text(room)).toBe('1. free from [extreme / all – KEN] [poverty – NOR delete] now')
})

test('insertions at one place are accepted in the order in which they are shown', () => {
  const { room, amina, ingrid } = twoDelegations('from poverty')
  insertAfter(amina, 0, 'from', ' deep')
  insertAfter(ingrid, 0, 'from', ' wide')
  room.settleDown()
  const before = text(room)
  expect(before).toBe('1. from [deep – KEN] [wide – NOR] poverty')
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe('1. from deep [wide – NOR] poverty')
  decide(room, 'proposal-accept', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe('1. from deep wide poverty')
  decideEach(room, 'decision-undo', ['NOR', 'KEN'])
  expect(text(room)).toBe(before)
})

test('words that go in among words that are gone are not asked to be deleted', () => {
  const { room, amina, ingrid } = twoDelegations('free from extreme poverty')
  const fay = room.seat(facilitator('fay'))
  deleteWords(amina, 0, 'extreme')
  insertAfter(ingrid, 0, 'ext', 'X')
  room.settleDown()
  deleteWords(fay, 0, '[ext[X – NOR]reme – KEN delete]')
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe('1. free from [… – KEN delete] X poverty')
})

test('an amendment that was not retained goes back with the wording it stands on', () => {
  const { room, amina, ingrid } = twoDelegations('from poverty')
  insertAfter(amina, 0, 'from', ' deep')
  room.settleDown()
  insertAfter(ingrid, 0, 'deep', 'er')
  room.settleDown()
  const before = text(room)
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  decide(room, 'proposal-not-retain', proposalBy(amina, 'NOR'))
  decideEach(room, 'decision-undo', ['KEN', 'NOR'])
  expect(text(room)).toBe(before)
})

test('formats outlive changes to the wording, and the way back', () => {
  const { room, amina } = twoDelegations('from poverty')
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
  deleteWords(amina, 0, 'deep pov')
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
  insertAfter(cy, 1, '[', 'New')
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
  const { room, amina } = twoDelegations('free from extreme poverty')
  const fay = room.seat(facilitator('fay'))
  replaceWords(amina, 0, 'extreme', 'all')
  room.settleDown()
  const before = text(room)
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  room.settleDown()
  for (let times = 0; times < 2; times++) {
    deleteWords(fay, 0, 'all')
    fay.undo.undo()
    room.settleDown()
  }
  expect(text(room)).toBe('1. free from all poverty')
  decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe(before)
})

test('words that a facilitator wrote in place of accepted ones are not taken for them', () => {
  const { room, amina } = twoDelegations('free from extreme poverty')
  const fay = room.seat(facilitator('fay'))
  replaceWords(amina, 0, 'extreme', 'all')
  room.settleDown()
  decide(room, 'proposal-accept', proposalBy(amina, 'KEN'))
  room.settleDown()
  insertAfter(fay, 0, 'from ', 'any')
  deleteWords(fay, 0, 'all')
  room.settleDown()
  decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
  expect(text(room)).toContain('any')
})

test('6.8 a range that stepped aside twice goes back to all its words, in whatever order', () => {
  for (const order of [
    ['KEN', 'BRA'],
    ['BRA', 'KEN'],
  ]) {
    const { room, amina, ingrid } = twoDelegations('one two three four five')
    const bea = room.seat(delegate('bea', 'BRA'))
    replaceWords(ingrid, 0, 'two three four', 'X')
    for (const [drafter, words] of [
      [amina, 'one two'],
      [bea, 'four five'],
    ] as const) {
      replaceWords(drafter, 0, words, 'Y')
    }
    room.settleDown()
    const before = text(room)
    decideEach(room, 'proposal-accept', ['KEN', 'BRA'])
    expect(text(room)).toBe('1. Y [three / X – NOR] Y')
    decideEach(room, 'decision-undo', order)
    expect(text(room)).toBe(before)
  }
})

test('6.8 so does one that was accepted where it had stepped to', () => {
  const { room, amina, ingrid } = twoDelegations('one two three four')
  replaceWords(ingrid, 0, 'two three', 'X')
  replaceWords(amina, 0, 'one two', 'Y')
  room.settleDown()
  const before = text(room)
  decideEach(room, 'proposal-accept', ['KEN', 'NOR'])
  decideEach(room, 'decision-undo', ['KEN', 'NOR'])
  expect(text(room)).toBe(before)
})

test('6.8 a range that a split and an acceptance have shortened goes back to all its words, in whatever order', () => {
  for (const accepted of ['split first', 'split last'])
    for (const back of ['split first', 'split last']) {
      const { room, amina, ingrid } = twoDelegations('one two three four five six')
      deleteWords(amina, 0, 'two three four five')
      room.settleDown()
      replaceWords(ingrid, 0, 'three', 'X')
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
  const { room, amina, ingrid } = twoDelegations('One two.', 'Four five six.')
  deleteWords(amina, 1, 'five six')
  insertAfter(ingrid, 0, 'One', ' more')
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
  const { room, amina, ingrid } = twoDelegations('from poverty now')
  const bea = room.seat(delegate('bea', 'BRA'))
  insertAfter(amina, 0, 'from', ' deep')
  deleteWords(ingrid, 0, ' poverty')
  insertAfter(bea, 0, 'poverty', ' and need')
  room.settleDown()
  const before = text(room)
  decideEach(room, 'proposal-accept', ['KEN', 'NOR'])
  expect(text(room)).toBe('1. from deep [and need – BRA] now')
  decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
  expect(text(room)).toBe('1. from [deep – KEN] [and need – BRA] now')
  decide(room, 'decision-undo', proposalBy(amina, 'NOR'))
  expect(text(room)).toBe(before)
})

test('6.8 an amendment at the very start of a wording is taken back before the wording is', () => {
  const { room, amina, ingrid } = twoDelegations('from poverty')
  replaceWords(amina, 0, 'poverty', 'want')
  room.settleDown()
  insertAfter(ingrid, 0, '/ ', 'all ')
  room.settleDown()
  const before = text(room)
  const [want, all] = [proposalBy(amina, 'KEN'), proposalBy(amina, 'NOR')]
  decide(room, 'proposal-accept', want)
  decide(room, 'proposal-accept', all)
  expect(decide(room, 'decision-undo', want)).toMatchObject({ code: 'later-decision' })
  for (const proposal of [all, want]) expect(decide(room, 'decision-undo', proposal).ok).toBe(true)
  expect(text(room)).toBe(before)
})

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
