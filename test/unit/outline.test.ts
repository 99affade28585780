import { expect, test } from 'vitest'
import { exportJson } from '#shared/document/export-json.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import { issueFirst, issueLabel } from '#shared/document/issue/numbering.ts'
import { baseTextOf, paragraphFacts, paragraphsInOrder } from '#shared/document/schema.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { itemAt } from '#shared/document/text/anchor.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { recordGet } from '#shared/document/records.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import type { Label } from '#shared/model/label.ts'
import { chair, Table } from '#test/kit/commanding.ts'
import { accepted } from '#test/kit/imported.ts'
import { written } from '#test/kit/labels.ts'
import { article, heading, ken, text, Treaty } from '#test/kit/treaty.ts'

test.each([
  ['Each Party', 'Article 1, paragraph 2 bis', 'Means'],
  ['guard them', 'Article 1, paragraph 2 (b) bis', 'Means'],
  ['plant them', 'Article 1, paragraph 2 (a) bis', 'guard them'],
  ['Purpose', 'Article 1, paragraph 0', 'Reeds are'],
  ['Means are', 'Article 2, paragraph 1 bis', 'Reports'],
  ['in lakes', null, 'in rivers'],
])('19.3 19.4 behind “%s” comes %s, before “%s”', (after, label, before) => {
  const treaty = new Treaty()
  const issued = issueLabel(treaty.od, treaty.at(after))
  expect(written(issued.label)).toBe(label)
  const next = paragraphsInOrder(treaty.od).find(({ order }) => order > issued.order)
  expect(next?.id).toBe(treaty.at(before))
  const { kind, level } = paragraphFacts(treaty.od, treaty.at(after))!
  expect(issued.level ?? 0).toBe(kind === 'heading' ? 0 : level)
})

test('19.3 before everything a treaty has a paragraph 0', () => {
  expect(written(issueFirst(new Treaty().od).label)).toBe('0')
})

test('19.5 a moved paragraph takes the label and the level of its new place, and gives both back', () => {
  const treaty = new Treaty()
  const moved = treaty.at('plant them')
  const change = { kind: 'move', paragraph: moved, after: treaty.at('Means are') } as const
  const proposal = treaty.ask(change)
  treaty.run(chair, { kind: 'proposal-accept', proposal })
  const there = paragraphFacts(treaty.od, moved)!
  expect([written(there.label), there.level, written(there.former)]).toEqual([
    'Article 2, paragraph 1 bis',
    0,
    'Article 1, paragraph 2 (a)',
  ])
  treaty.run(chair, { kind: 'decision-undo', proposal })
  const back = paragraphFacts(treaty.od, moved)!
  expect([written(back.label), back.level, back.former]).toEqual(['Article 1, paragraph 2 (a)', 1, null])
})

test('19.5 the second part of a split paragraph stands before what is below it', () => {
  const treaty = new Treaty()
  const paragraph = treaty.at('Each Party')
  const at = itemAt(baseTextOf(treaty.od, paragraph)!, 4)!
  treaty.accept({ kind: 'split', paragraph, at })
  expect(treaty.labels().slice(3, 6)).toEqual([
    'Article 1, paragraph 2',
    'Article 1, paragraph 2 bis',
    'Article 1, paragraph 2 (a)',
  ])
  treaty.run(chair, { kind: 'revision-issue', note: '' })
  expect(treaty.labels().slice(4, 6)).toEqual(['Article 1, paragraph 3', 'Article 1, paragraph 3 (a)'])
})

test('19.6 a revision numbers each series anew, divisions too, and what lost its heading or its paragraph goes with what stands before', () => {
  const treaty = new Treaty()
  treaty.accept({ kind: 'delete-paragraph', paragraph: treaty.at('Purpose') })
  treaty.accept({ kind: 'delete-paragraph', paragraph: treaty.at('plant them') })
  treaty.accept({ kind: 'delete-paragraph', paragraph: treaty.at('Reports') })
  treaty.run(chair, { kind: 'revision-issue', note: '' })
  expect(treaty.labels()).toEqual([
    null,
    '1',
    '2',
    '2 (a)',
    null,
    null,
    'Article 1',
    'Article 1, paragraph 1',
  ])
})

test('19.5 a heading that is moved takes the next number of its kind, and no number when it has none', () => {
  const treaty = new Treaty()
  treaty.accept({ kind: 'move', paragraph: treaty.at('Purpose'), after: treaty.at('Reports') })
  expect(written(paragraphFacts(treaty.od, treaty.at('Purpose'))!.label)).toBe('Article 2 bis')
  treaty.accept({ kind: 'move', paragraph: treaty.at('Convention'), after: treaty.at('in rivers') })
  expect(paragraphFacts(treaty.od, treaty.at('Convention'))!.label).toBeNull()
})

test('19.4 a heading takes no alternative', () => {
  const treaty = new Treaty()
  const change = { kind: 'alternative', paragraph: treaty.at('Means'), text: 'Ways' } as const
  const proposal = newProposalId(treaty.bytes)
  expect(treaty.refusal(ken, { kind: 'paragraph-propose', proposal, change })).toBe('not-allowed')
})

test('19.7 the text export indents what is below a paragraph, with its step, and writes the number of a division over its title', () => {
  expect(writeText(new Treaty().od, 'base')).toBe(`Convention on reeds

Article 1
Purpose

1. Reeds are planted.

2. Each Party shall:

    (a) plant them

    (b) guard them, in particular

        – in lakes

        – in rivers

Article 2
Means

1. Means are shared.

2. Reports are written.
`)
})

test('19.7 the JSON export has the full reference, its steps and the level', () => {
  const { paragraphs } = exportJson(new Treaty().od, 'base')
  expect(paragraphs[5]).toMatchObject({
    label: 'Article 1, paragraph 2 (b)',
    path: ['Article 1', '2', '(b)'],
    level: 1,
  })
  expect(paragraphs[6]).toMatchObject({ label: null, path: [], level: 2 })
})

const RESOLUTION = `Recalling its decision on reeds,

Noting that reeds are few,

1. Decides to plant reeds;

2. Asks all to guard them.
`

test('19.14 clauses without numbers have none where the text is printed, but in brackets, or when one came between', () => {
  const table = new Table({ ...accepted(RESOLUTION).draft, title: '' })
  const { od } = table
  expect(writeText(od, 'base')).toBe(RESOLUTION)
  expect(writeText(od)).toContain('PP1. Recalling')
  expect(new Projection(od).blocks().map(({ label, unprinted }) => [label, unprinted])).toEqual([
    ['PP1', true],
    ['PP2', true],
    ['1', false],
    ['2', false],
  ])
  const [first, second] = paragraphsInOrder(od).map(({ id }) => id)
  const proposal = newProposalId(table.bytes)
  const change = { kind: 'move', paragraph: first!, after: second! } as const
  table.run(ken, { kind: 'paragraph-propose', proposal, change })
  table.run(chair, { kind: 'proposal-accept', proposal })
  expect(writeText(od, 'base')).toContain('PP2 bis. (former para PP1) Recalling')
  table.run(chair, { kind: 'revision-issue', note: '' })
  expect(writeText(od, 'base').startsWith('Noting that reeds are few,\n\nRecalling its decision')).toBe(true)
})

test('19.14 a section without a number is referred to by its words, what is below it by the number', () => {
  const within: Label = { division: 'section', number: 1, suffix: 0, unprinted: true }
  const blocks: ImportedBlock[] = [
    { kind: 'heading', label: within, level: 0, text: 'Purpose' },
    { kind: 'paragraph', label: { number: 1, suffix: 0, within }, level: 0, text: 'We plant reeds.' },
    { kind: 'paragraph', label: { number: 2, suffix: 0, within }, level: 0, text: 'We guard reeds.' },
  ]
  const table = new Table({ title: '', front: [], blocks })
  expect(writeText(table.od)).toBe('Purpose\n\n1. We plant reeds.\n\n2. We guard reeds.\n')
  expect(new Projection(table.od).blocks().map(({ label }) => label)).toEqual([
    '',
    'Section 1, paragraph 1',
    'Section 1, paragraph 2',
  ])
  const change = { kind: 'move', paragraph: table.paragraph(2), after: table.heading() } as const
  table.run(ken, { kind: 'paragraph-propose', proposal: newProposalId(table.bytes), change })
  expect(writeText(table.od)).toContain('[move after “Purpose” – KEN]')
  table.run(chair, { kind: 'revision-issue', note: '' })
  const { concordance } = recordGet(table.od, 'revision/1')!
  expect(concordance.map(({ now }) => now)).toEqual(['Section 1, paragraph 1', 'Section 1, paragraph 2'])
  expect(paragraphsInOrder(table.od)[0]!.label).toMatchObject({ number: 1, unprinted: true })
})

test('19.4 the number of a new paragraph is none of the footnotes', () => {
  const note = { number: 1, suffix: 0, series: 'note' } as const
  const blocks: readonly ImportedBlock[] = [
    heading(null, 'On reeds'),
    heading(article(1), 'Purpose'),
    text(null, 0, 'Reeds are planted.'),
    { kind: 'note', label: note, level: 0, text: 'Or rushes.' },
  ]
  const table = new Table({ title: 'On reeds', front: [], blocks })
  const behind = (index: number): Label | null =>
    issueLabel(table.od, paragraphsInOrder(table.od)[index]!.id).label
  expect(behind(0)?.series).toBeUndefined()
  expect(behind(2)).toBeNull()
})
