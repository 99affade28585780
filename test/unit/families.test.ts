import { expect, test, vi } from 'vitest'
import { FamilyReader } from '#shared/document/composition/board-families.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { writeText, writeTextExport } from '#shared/formats/text/write-text.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import { idsBelow } from '#shared/document/issue/families.ts'
import { openBracketsOn } from '#shared/document/agreement.ts'
import { consequencesOf } from '#shared/document/commands/decide/consequences.ts'
import { recordGet } from '#shared/document/records.ts'
import { paragraphHistory } from '#shared/document/history/history.ts'
import { proposedBelow } from '#shared/document/issue/proposed-below.ts'
import { addProposal, baseTextOf, decisionOf, madeOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { AskedBlock } from '#shared/model/proposals/proposal.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { chair, Table } from '#test/kit/commanding.ts'
import { accepted } from '#test/kit/imported.ts'
import { describeDocument } from '#test/kit/same-document.ts'
import { written } from '#test/kit/labels.ts'
import { proposeBlocks } from '#test/kit/proposed-families.ts'
import type { ProposedBlock } from '#test/kit/proposed-families.ts'
import { article, ken, letter, plain, Treaty } from '#test/kit/treaty.ts'

/** A proposed new paragraph behind another, as an editor makes it. */
function proposeBehind(treaty: Treaty, paragraph: ParagraphId): ProposalId {
  const id = newProposalId(treaty.bytes)
  const by = ken.participant!
  const head = { kind: 'paragraph', by, person: '', createdAt: treaty.now, paragraph, quote: '' } as const
  treaty.od.doc.transact(() => {
    addProposal(treaty.od, id, head, { kind: 'after', paragraph }, 'We add.')
    followUp(treaty.od, { created: [id], anchored: [id], revived: [] })
  })
  return id
}

const labelled = ({ od }: Treaty, id: ProposalId): string | null =>
  written(recordGet(od, `label/${id}`)?.label ?? null)

const OUTLINE = [
  null,
  'Article 1',
  'Article 1, paragraph 1',
  'Article 1, paragraph 2',
  'Article 1, paragraph 2 (a)',
  'Article 1, paragraph 2 (b)',
  null,
  null,
  'Article 2',
  'Article 2, paragraph 1',
  'Article 2, paragraph 2',
]

test('19.9 19.10 a paragraph moves with everything below it, and with what is proposed there; taken back, all of it returns', () => {
  const treaty = new Treaty()
  const added = proposeBehind(treaty, treaty.at('plant them'))
  expect(labelled(treaty, added)).toBe('Article 1, paragraph 2 (a) bis')
  const change = {
    kind: 'move',
    paragraph: treaty.at('Each'),
    after: treaty.at('Means are'),
    below: true,
  } as const
  const proposal = treaty.ask(change)
  expect(writeText(treaty.od)).toContain(
    'Each Party shall: [move after Article 2, paragraph 1, with everything below – KEN]',
  )
  treaty.run(chair, { kind: 'proposal-accept', proposal })
  expect(treaty.labels()).toEqual([
    null,
    'Article 1',
    'Article 1, paragraph 1',
    'Article 2',
    'Article 2, paragraph 1',
    'Article 2, paragraph 1 bis',
    'Article 2, paragraph 1 bis (a)',
    'Article 2, paragraph 1 bis (b)',
    null,
    null,
    'Article 2, paragraph 2',
  ])
  expect(labelled(treaty, added)).toBe('Article 2, paragraph 1 bis (a) bis')
  const later = proposeBehind(treaty, treaty.at('guard them'))
  expect(labelled(treaty, later)).toBe('Article 2, paragraph 1 bis (b) bis')
  treaty.run(chair, { kind: 'decision-undo', proposal })
  expect(treaty.labels()).toEqual(OUTLINE)
  expect([added, later].map((id) => labelled(treaty, id))).toEqual([
    'Article 1, paragraph 2 (a) bis',
    'Article 1, paragraph 2 (b) bis',
  ])
})

test('19.9 19.10 a division moves with its heading, whose number its paragraphs take', () => {
  const treaty = new Treaty()
  treaty.accept({ kind: 'move', paragraph: treaty.at('Purpose'), after: treaty.at('Reports'), below: true })
  expect(treaty.labels()).toEqual([
    null,
    'Article 2',
    'Article 2, paragraph 1',
    'Article 2, paragraph 2',
    'Article 2 bis',
    'Article 2 bis, paragraph 1',
    'Article 2 bis, paragraph 2',
    'Article 2 bis, paragraph 2 (a)',
    'Article 2 bis, paragraph 2 (b)',
    null,
    null,
  ])
  treaty.run(chair, { kind: 'revision-issue', note: '' })
  expect(treaty.labels()[4]).toBe('Article 2')
  const row = recordGet(treaty.od, 'revision/1')!.concordance.find(
    ({ was }) => was === 'Article 1, paragraph 2 (b)',
  )
  expect(row).toMatchObject({ now: 'Article 2, paragraph 2 (b)', why: ['moved'], contributors: ['KEN'] })
})

test('19.9 a division is deleted as one proposal, an open bracket of each of its paragraphs, whose proposals are flagged', () => {
  const treaty = new Treaty()
  const inside = treaty.propose(ken, 'all ', 4)
  const below = proposeBehind(treaty, treaty.at('guard them'))
  const proposal = treaty.ask({ kind: 'delete-paragraph', paragraph: treaty.at('Purpose'), below: true })
  expect(openBracketsOn(treaty.od, treaty.at('plant them'))).toContain(proposal)
  expect(openBracketsOn(treaty.od, treaty.at('Means are'))).toEqual([])
  const consequences = consequencesOf(treaty.od, proposal, {})
  expect(treaty.run(chair, { kind: 'proposal-accept', proposal })).toMatchObject({ ok: true, consequences })
  expect(consequences).toEqual(
    expect.arrayContaining([
      { proposal: inside, becomes: 'words-gone' },
      { proposal: below, becomes: 'host-closed' },
    ]),
  )
  expect(treaty.labels()).toEqual([null, ...OUTLINE.slice(8)])
  treaty.run(chair, { kind: 'decision-undo', proposal })
  expect(treaty.labels()).toEqual(OUTLINE)
  expect(recordGet(treaty.od, `affected/${below}`)).toBeUndefined()
})

test('19.9 what a deletion with everything below it records is rewritten once when it is taken back, however much returns', () => {
  const treaty = new Treaty()
  const proposal = treaty.ask({ kind: 'delete-paragraph', paragraph: treaty.at('Purpose'), below: true })
  const before = writeText(treaty.od)
  expect(treaty.run(chair, { kind: 'proposal-accept', proposal })).toMatchObject({ ok: true })
  const rewritten = vi.spyOn(treaty.od.record, 'set')
  expect(treaty.run(chair, { kind: 'decision-undo', proposal })).toMatchObject({ ok: true })
  expect(rewritten.mock.calls.filter(([key]) => key === `decision/${proposal}`).length).toBeLessThan(2)
  expect(writeText(treaty.od)).toBe(before)
})

test('19.9 accepting is refused when something else stands below it than was seen', () => {
  const treaty = new Treaty()
  const paragraph = treaty.at('Each')
  const proposal = treaty.ask({ kind: 'delete-paragraph', paragraph, below: true })
  const seen = idsBelow(treaty.od, paragraph)
  treaty.run(chair, { kind: 'proposal-accept', proposal: proposeBehind(treaty, treaty.at('guard them')) })
  for (const below of [seen, seen.toReversed(), []])
    expect(treaty.refusal(chair, { kind: 'proposal-accept', proposal, below })).toBe('wording-changed')
  expect(treaty.refusal(chair, { kind: 'proposal-accept', proposal })).toBeNull()
})

test('19.9 19.10 an agreed paragraph below, or a place below itself, stands in the way; what has nothing below has no such proposal', () => {
  const treaty = new Treaty()
  const [each, plant] = [treaty.at('Each'), treaty.at('plant them')]
  const asked = (change: Parameters<Treaty['ask']>[0]) =>
    treaty.run(ken, { kind: 'paragraph-propose', proposal: newProposalId(treaty.bytes), change })
  for (const below of [{}, { below: true } as const])
    expect(asked({ kind: 'move', paragraph: each, after: plant, ...below })).toMatchObject({
      code: 'not-allowed',
      message: 'Article 1, paragraph 2 (a) is below it: choose a place outside of what it governs.',
    })
  expect(asked({ kind: 'delete-paragraph', paragraph: plant, below: true })).toMatchObject({
    code: 'nothing-changed',
  })
  const proposal = treaty.ask({ kind: 'delete-paragraph', paragraph: treaty.at('Means'), below: true })
  treaty.run(chair, { kind: 'paragraph-status', paragraph: plant, status: 'agreed' })
  expect(asked({ kind: 'delete-paragraph', paragraph: each, below: true })).toMatchObject({
    code: 'paragraph-agreed',
    message: 'Article 1, paragraph 2 (a) is below it and agreed: reopen that first.',
  })
  treaty.run(chair, { kind: 'proposal-not-retain', proposal })
  expect(treaty.refusal(chair, { kind: 'decision-undo', proposal })).toBeNull()
})

test('19.10 the move is taken back only after what came below it since', () => {
  const treaty = new Treaty()
  const proposal = treaty.ask({
    kind: 'move',
    paragraph: treaty.at('Each'),
    after: treaty.at('Means are'),
    below: true,
  })
  treaty.run(chair, { kind: 'proposal-accept', proposal })
  const added = proposeBehind(treaty, treaty.at('guard them'))
  treaty.run(chair, { kind: 'proposal-accept', proposal: added })
  expect(treaty.run(chair, { kind: 'decision-undo', proposal })).toMatchObject({ code: 'later-decision' })
  treaty.run(chair, { kind: 'decision-undo', proposal: added })
  expect(treaty.refusal(chair, { kind: 'decision-undo', proposal })).toBeNull()
  expect(treaty.labels()).toEqual(OUTLINE)
})

test('19.11 a chapeau is agreed alone, or with everything below it, unless a bracket there is open', () => {
  const treaty = new Treaty()
  const paragraph = treaty.at('Each')
  const below = idsBelow(treaty.od, paragraph)
  const statusOf = (id: ParagraphId) => recordGet(treaty.od, `status/${id}`)?.status
  treaty.run(chair, { kind: 'paragraph-status', paragraph, status: 'agreed' })
  expect(below.map(statusOf)).toEqual([undefined, undefined, undefined, undefined])
  const inside = treaty.ask({ kind: 'reservation', paragraph: treaty.at('guard them') })
  const agree = { kind: 'paragraph-status', paragraph, status: 'agreed-ad-ref', below } as const
  expect(treaty.run(chair, agree)).toMatchObject({
    code: 'open-brackets',
    message: 'Article 1, paragraph 2 (b) stands in the way: one bracket is still open on this paragraph.',
  })
  treaty.run(chair, { kind: 'proposal-not-retain', proposal: inside })
  expect(treaty.refusal(chair, { ...agree, below: below.slice(1) })).toBe('wording-changed')
  expect(treaty.refusal(chair, { ...agree, status: 'under-discussion' })).toBe('not-allowed')
  expect(treaty.refusal(chair, agree)).toBeNull()
  // What is agreed already stays so.
  expect([paragraph, ...below].map(statusOf)).toEqual(['agreed', ...below.map(() => 'agreed-ad-ref')])
  treaty.run(chair, { ...agree, status: 'open', reason: 'new instructions' })
  expect(below.map(statusOf)).toEqual(below.map(() => 'reopened'))
})

const newBlock = (treaty: Treaty, paragraph: ParagraphId, block: AskedBlock): ProposalId =>
  treaty.ask({ kind: 'paragraph', paragraph, block, text: 'We add' })

const under = { kind: 'paragraph', under: true } as const

test.each([
  ['Reports', 'Article 2, paragraph 2 (a)', 'what governs nothing'],
  ['Each', 'Article 1, paragraph 2 (0)', 'what governs (a) and (b)'],
  ['plant', 'Article 1, paragraph 2 (a) (i)', 'an item'],
])('19.13 the first paragraph below “%s” is %s: below %s', (words, label) => {
  const treaty = new Treaty()
  const proposal = newBlock(treaty, treaty.at(words), under)
  expect(labelled(treaty, proposal)).toBe(label)
  treaty.run(chair, { kind: 'proposal-accept', proposal })
  expect(treaty.labels()).toContain(label)
  treaty.run(chair, { kind: 'decision-undo', proposal })
  expect(treaty.labels()).toEqual(OUTLINE)
  treaty.run(chair, { kind: 'revision-issue', note: '' })
  expect(written(recordGet(treaty.od, `label/${proposal}`)!.label)).not.toBeNull()
})

test('19.13 of two that are proposed below the same chapeau the second is (a) bis', () => {
  const treaty = new Treaty()
  const both = [1, 2].map(() => newBlock(treaty, treaty.at('Reports'), under))
  expect(both.map((id) => labelled(treaty, id))).toEqual([
    'Article 2, paragraph 2 (a)',
    'Article 2, paragraph 2 (a) bis',
  ])
})

test('19.13 a proposed heading takes the next number of its kind, and a revision numbers what follows below it', () => {
  const treaty = new Treaty()
  const at = treaty.at('Reeds are')
  const proposal = newBlock(treaty, at, { kind: 'heading', level: 0, division: 'article' })
  expect(labelled(treaty, proposal)).toBe('Article 1 bis')
  expect(writeText(treaty.od)).toContain('[We add – KEN]')
  treaty.run(chair, { kind: 'proposal-accept', proposal })
  const heading = paragraphsInOrder(treaty.od)[3]!
  expect([heading.kind, heading.level, written(heading.label)]).toEqual(['heading', 0, 'Article 1 bis'])
  treaty.run(chair, { kind: 'revision-issue', note: '' })
  expect(treaty.labels().slice(1, 7)).toEqual([
    'Article 1',
    'Article 1, paragraph 1',
    'Article 2',
    'Article 2, paragraph 1',
    'Article 2, paragraph 1 (a)',
    'Article 2, paragraph 1 (b)',
  ])
})

test('19.13 a heading of a kind that there is none of yet is the first; one without a number has a level alone', () => {
  const treaty = new Treaty()
  const annex = newBlock(treaty, treaty.at('Reports'), { kind: 'heading', level: 0, division: 'annex' })
  expect(labelled(treaty, annex)).toBe('Annex 1')
  treaty.run(chair, { kind: 'proposal-accept', proposal: annex })
  const first = proposeBehind(treaty, treaty.at('We add'))
  expect(labelled(treaty, first)).toBe('Annex 1, paragraph 1')
  const unnumbered = newBlock(treaty, treaty.at('in rivers'), { kind: 'heading', level: 1 })
  expect(recordGet(treaty.od, `label/${unnumbered}`)).toMatchObject({ label: null, level: 1, heading: true })
  for (const [block, code] of [
    [{ ...under }, 'not-allowed'],
    [{ kind: 'heading', level: 0 }, null],
  ] as const) {
    const change = { kind: 'paragraph', paragraph: treaty.at('Means'), block, text: 'We add' } as const
    const proposal = newProposalId(treaty.bytes)
    expect(treaty.refusal(ken, { kind: 'paragraph-propose', proposal, change })).toBe(code)
  }
})

test('19.12 a paragraph is moved to another level where it stands, with what is below it, and back', () => {
  const treaty = new Treaty()
  const [reeds, each] = [treaty.at('Reeds are'), treaty.at('Each')]
  const indent = treaty.ask({ kind: 'move', paragraph: each, after: reeds, under: true, below: true })
  expect(writeText(treaty.od)).toContain('[move below Article 1, paragraph 1, with everything below – KEN]')
  treaty.run(chair, { kind: 'proposal-accept', proposal: indent })
  expect(treaty.labels().slice(2, 6)).toEqual([
    'Article 1, paragraph 1',
    'Article 1, paragraph 1 (a)',
    'Article 1, paragraph 1 (a) (a)',
    'Article 1, paragraph 1 (a) (b)',
  ])
  treaty.run(chair, { kind: 'decision-undo', proposal: indent })
  expect(treaty.labels()).toEqual(OUTLINE)
  treaty.accept({ kind: 'move', paragraph: treaty.at('guard them'), after: each, below: true })
  expect(treaty.labels()[5]).toBe('Article 1, paragraph 2 bis')
  expect(
    paragraphsInOrder(treaty.od)
      .slice(5, 8)
      .map(({ level }) => level),
  ).toEqual([0, 1, 1])
})

test('19.12 a move that changes nothing but the level is called an indenting or outdenting, open and decided', () => {
  const treaty = new Treaty()
  const projection = new Projection(treaty.od)
  const reader = new BoardReader(projection)
  const nature = (id: ProposalId) =>
    reader
      .board()
      .blocks.flatMap(({ places }) => places.flatMap(({ rows }) => rows))
      .find((row) => row.id === id)?.nature
  const asked = (paragraph: ParagraphId) =>
    paragraphHistory(treaty.od, paragraph)
      .filter(({ what }) => what === 'proposed')
      .map(({ detail }) => detail)
  const [reeds, each, plant, guard] = ['Reeds are', 'Each', 'plant', 'guard'].map((words) =>
    treaty.at(words),
  ) as [ParagraphId, ParagraphId, ParagraphId, ParagraphId]
  const indent = treaty.ask({ kind: 'move', paragraph: each, after: reeds, under: true, below: true })
  const outdent = treaty.ask({ kind: 'move', paragraph: guard, after: each, below: true })
  const past = treaty.ask({ kind: 'move', paragraph: plant, after: each })
  const alone = treaty.ask({ kind: 'move', paragraph: each, after: reeds, under: true })
  expect([indent, outdent, past, alone].map(nature)).toEqual(['indent', 'outdent', 'move', 'move'])
  expect([asked(guard), asked(plant)]).toEqual([['outdent'], ['move']])
  treaty.run(chair, { kind: 'proposal-not-retain', proposal: alone })
  treaty.run(chair, { kind: 'proposal-accept', proposal: outdent })
  expect(asked(guard)).toEqual(['outdent'])
  // It is the last below its paragraph now.
  expect(nature(past)).toBe('outdent')
  projection.destroy()
})

test('19.9 what an open proposal on a family is about is read again only when the text or such proposals change', () => {
  const treaty = new Treaty()
  const projection = new Projection(treaty.od)
  const reader = new FamilyReader(treaty.od)
  const read = () => reader.read(projection.blocks())
  const each = treaty.at('Each')
  const plant = treaty.at('plant')
  expect(read().above.size).toBe(0)
  const first = treaty.ask({ kind: 'delete-paragraph', paragraph: each, below: true })
  const before = read()
  expect([before.below.get(each), before.above.get(plant)]).toEqual([4, [first]])
  baseTextOf(treaty.od, plant)!.insert(0, 'always ')
  expect(read()).toBe(before)
  const second = treaty.ask({ kind: 'delete-paragraph', paragraph: treaty.at('Purpose'), below: true })
  expect(new Set(read().above.get(plant))).toEqual(new Set([first, second]))
  treaty.run(chair, { kind: 'proposal-not-retain', proposal: first })
  expect(read().above.get(plant)).toEqual([second])
  expect(read()).toEqual(new FamilyReader(treaty.od).read(projection.blocks()))
  projection.destroy()
})

/** "2 bis" with (a) and (a)'s list behind the last paragraph of the treaty, and 2 ter, all proposed. */
function proposeFamily(treaty: Treaty, others: readonly ProposedBlock[] = []): ProposalId[] {
  const bis = { ...plain(2, article(2)), suffix: 1 }
  return proposeBlocks(treaty.od, treaty.random, treaty.at('Reports'), [
    { label: bis, level: 0, text: 'We also:' },
    { label: letter(1, bis), level: 1, text: 'count reeds' },
    { label: null, level: 2, text: 'by hand' },
    ...others,
    { label: { ...plain(2, article(2)), suffix: 2 }, level: 0, text: 'We end.' },
  ])
}

const withBelow = (od: Treaty['od'], proposal: ProposalId) =>
  ({
    kind: 'proposal-accept',
    proposal,
    proposedBelow: proposedBelow(od, proposal).map((one) => ({ proposal: one })),
  }) as const

test('19.15 a proposed paragraph is accepted with what is proposed below it, and taken back with it, from any of them', () => {
  const treaty = new Treaty()
  const { od } = treaty
  const [head, first, list, end] = proposeFamily(treaty)
  const before = [writeText(od), treaty.labels()]
  for (const back of [head!, first!, list!]) {
    expect(treaty.run(chair, withBelow(od, head!))).toMatchObject({ ok: true })
    expect(treaty.labels().slice(-4)).toEqual([
      'Article 2, paragraph 2',
      'Article 2, paragraph 2 bis',
      'Article 2, paragraph 2 bis (a)',
      null,
    ])
    expect([head, first, list, end].map((id) => decisionOf(od, id!)?.acceptedWith ?? null)).toEqual([
      null,
      head,
      head,
      null,
    ])
    expect(treaty.run(chair, { kind: 'decision-undo', proposal: back })).toMatchObject({ ok: true })
    expect([writeText(od), treaty.labels()]).toEqual(before)
  }
})

test('19.15 it is refused whole when something else is proposed there, or two of them are alternatives, which are named', () => {
  const treaty = new Treaty()
  const { od } = treaty
  const bis = { ...plain(2, article(2)), suffix: 1 }
  const [head, first, , rival] = proposeFamily(treaty, [
    { label: { ...letter(1, bis), alt: 1 }, level: 1, text: 'count lakes' },
  ])
  expect(treaty.run(chair, withBelow(od, head!))).toMatchObject({
    code: 'not-together',
    message:
      'Article 2, paragraph 2 bis (a) and Article 2, paragraph 2 bis (a) alt are alternatives: decide on one of them first.',
  })
  const stale = withBelow(od, head!)
  treaty.run(chair, { kind: 'proposal-not-retain', proposal: rival! })
  expect(treaty.refusal(chair, stale)).toBe('wording-changed')
  const [one, ...others] = withBelow(od, head!).proposedBelow
  const reworded = { ...withBelow(od, head!), proposedBelow: [{ ...one!, seen: 'count ponds' }, ...others] }
  expect(treaty.run(chair, reworded)).toMatchObject({
    code: 'wording-changed',
    message: expect.stringContaining('Article 2, paragraph 2 bis (a) stands in the way: the wording changed'),
  })
  expect(treaty.refusal(chair, withBelow(od, first!))).toBeNull()
})

test('19.15 it is taken back only whole: a later decision on one of them stands in the way', () => {
  const treaty = new Treaty()
  const [head, first] = proposeFamily(treaty)
  treaty.run(chair, withBelow(treaty.od, head!))
  treaty.accept({ kind: 'delete-paragraph', paragraph: madeOf(first!) })
  expect(treaty.refusal(chair, { kind: 'decision-undo', proposal: head! })).toBe('later-decision')
})

test('19.15 a proposed heading is accepted with its proposed division; nothing is proposed below a paragraph of the text', () => {
  const treaty = new Treaty()
  const { od } = treaty
  const three = article(3)
  const [head] = proposeBlocks(od, treaty.random, treaty.at('Reports'), [
    { label: three, level: 0, heading: true, text: 'Reports' },
    { label: plain(1, three), level: 0, text: 'Each Party reports:' },
    { label: letter(1, plain(1, three)), level: 1, text: 'yearly' },
    { label: article(4), level: 0, heading: true, text: 'Costs' },
  ])
  expect(treaty.refusal(chair, withBelow(od, head!))).toBeNull()
  expect(treaty.labels().slice(-3)).toEqual([
    'Article 3',
    'Article 3, paragraph 1',
    'Article 3, paragraph 1 (a)',
  ])
  const change = { kind: 'delete-paragraph', paragraph: treaty.at('Each Party shall'), below: true } as const
  const other = treaty.ask(change)
  expect(treaty.refusal(chair, { ...withBelow(od, other), proposedBelow: [{ proposal: head! }] })).toBe(
    'not-together',
  )
})

test('19.9 the history of a paragraph says how much was to be deleted with it, before and after the decision', () => {
  const treaty = new Treaty()
  const { od } = treaty
  const paragraph = treaty.at('Each')
  const proposal = treaty.ask({ kind: 'delete-paragraph', paragraph, below: true })
  const told = () =>
    paragraphHistory(od, paragraph).map(({ what, detail, below }) => ({ what, detail, below: below ?? null }))
  const asked = { what: 'proposed', detail: 'delete-paragraph', below: 4 }
  expect(told()).toEqual([asked])
  treaty.run(chair, { kind: 'proposal-accept', proposal })
  expect(told()).toEqual([asked, { what: 'decided', detail: 'accepted', below: null }])
})

test('21.6 21.10 a move to below a paragraph, and one with everything below, are exported and received as such', () => {
  const treaty = new Treaty()
  treaty.ask({ kind: 'move', paragraph: treaty.at('Reports'), after: treaty.at('Means are'), under: true })
  treaty.ask({ kind: 'move', paragraph: treaty.at('Each'), after: treaty.at('Means are'), below: true })
  treaty.ask({ kind: 'delete-paragraph', paragraph: treaty.at('Means'), below: true })
  const text = writeTextExport(treaty.od, 'all', 0)
  expect(text).toContain('[KEN: move below Article 2, paragraph 1]')
  const again = new Table(accepted(text).draft)
  expect(describeDocument(again.od)).toEqual(describeDocument(treaty.od))
  expect(describeDocument(again.od).filter((line) => line.includes('below'))).toHaveLength(3)
})

test('21.6 a move to below a heading is one behind it', () => {
  const { draft } = accepted(
    'Article 1\nPurpose\n\n1. Reeds grow. [KEN: move below Article 1]\n\n2. They rest. [AUS: move below 1]\n',
  )
  const { od } = new Table(draft)
  const isUnder = [...od.anchors.values()].map((anchor) => anchor.kind === 'whole' && anchor.under === true)
  expect(isUnder).toEqual([false, true])
})
