import { expect, test } from 'vitest'
import { optionsIn } from '#shared/document/issue/options.ts'
import { paragraphHistory } from '#shared/document/history/history.ts'
import { recordGet } from '#shared/document/records.ts'
import { decisionOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import { formatLabel } from '#shared/model/label.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'
import { accepted } from '#test/kit/imported.ts'
import { choosing, OPTIONAL, option, optionsRead } from '#test/kit/optional.ts'
import { article, heading, ken, plain, text } from '#test/kit/treaty.ts'

const [IN_AN_ARTICLE, OF_A_PARAGRAPH, BELOW_HEADINGS] = OPTIONAL as [Blocks, Blocks, Blocks]
type Blocks = readonly ImportedBlock[]
const eu = delegation('EU')

const tableOf = (blocks: Blocks): Table => new Table({ title: 'Reeds', front: [], blocks })

/** Chooses the option of this index for the place of this index. */
function choose(table: Table, place: number, at: number, actor = chair) {
  const set = optionsIn(table.od)[place]!
  const proposal = newProposalId(table.bytes)
  return { proposal, result: table.run(actor, choosing(proposal, set, set[at]!.head.id)) }
}

const headOf = (table: Table, place: number, at: number): ParagraphId =>
  optionsIn(table.od)[place]![at]!.head.id

const labelsOf = ({ od }: Table) =>
  paragraphsInOrder(od).flatMap(({ label, vacant }) => (label && !vacant ? formatLabel(label) : []))

test('25.1 options, option paragraphs and alternatives that stand together are the options of one place, with what is below them and headings over them', () => {
  expect(optionsRead(tableOf(IN_AN_ARTICLE).od)).toEqual([
    [
      'Article 1, Option 1 | Article 1, Option 1, paragraph 1 | Article 1, Option 1, paragraph 2 | Article 1, Option 1, paragraph 2 (a) | Article 1, Option 1, paragraph 2, Option (a) | Article 1, Option 1, paragraph 2, Option (b)',
      'Article 1, Option 2 | Reeds are left alone.',
      'Article 1, Option 3',
    ],
    ['Article 1, Option 1, paragraph 2, Option (a)', 'Article 1, Option 1, paragraph 2, Option (b)'],
  ])
  expect(optionsRead(tableOf(OF_A_PARAGRAPH).od)).toEqual([
    ['2', 'As others have it | 2 alt | 2 alt (a)', '2 alt 2'],
  ])
  expect(optionsRead(tableOf(BELOW_HEADINGS).od)).toEqual([['Option 1 | 2 | 3', 'Option 2 | 2 alt | 3 alt']])
})

test('25.1 what has another number, stands elsewhere or is alone is no option of the place', () => {
  const other = tableOf([
    heading(article(1), 'Reeds'),
    text(option(1, article(1)), 0, 'We plant them.'),
    text(plain(1, article(1)), 0, 'Reeds are planted.'),
    text(option(2, article(1)), 0, 'We guard them.'),
    heading(article(2), 'Means'),
    text(option(1, article(2)), 0, 'No text'),
    text({ ...plain(3), suffix: 1 }, 0, 'We rest.'),
    text(plain(4), 0, 'We rest more.'),
  ])
  expect(optionsRead(other.od)).toEqual([])
  const letters = tableOf([
    text(option(1), 0, 'One.'),
    text(option(2), 0, 'Two.'),
    text({ ...option(1), style: 'letter' }, 0, 'A.'),
    text({ ...option(2), style: 'letter' }, 0, 'B.'),
  ])
  expect(optionsRead(letters.od)).toEqual([
    ['Option 1', 'Option 2'],
    ['Option (a)', 'Option (b)'],
  ])
})

test('25.1 the options of an imported text are found, also where a paragraph without a number follows one', () => {
  const { draft } = accepted(
    'Draft text\n\n1. We welcome the reeds.\n\nOption 1:\n\n2. We plant them.\n\nOption 2:\n\n2. We leave them.\n\n3. We rest.\n\n3 alt. We work.\n',
  )
  expect(optionsRead(tableOf(draft.blocks).od)).toEqual([
    ['Option 1: | 2', 'Option 2: | 2 alt'],
    ['3', '3 alt'],
  ])
})

test('25.2 an option is chosen by facilitators as one decision, which takes all words of the others off and ends what stood on them', () => {
  const table = tableOf(IN_AN_ARTICLE)
  const dropped = optionsIn(table.od)[0]![1]!.blocks[1]!.id
  const position = { kind: 'reservation', paragraph: dropped } as const
  const reservation = newProposalId(table.bytes)
  table.run(ken, { kind: 'paragraph-propose', proposal: reservation, change: position })
  expect(choose(table, 0, 0, ken).result).toMatchObject({ ok: false, code: 'not-allowed' })
  const { proposal, result } = choose(table, 0, 0)
  expect(result).toMatchObject({ ok: true, affected: [] })
  expect(decisionOf(table.od, reservation)).toMatchObject({
    disposition: 'superseded',
    supersededBy: proposal,
  })
  expect(labelsOf(table)).not.toContain('Article 1, Option 2')
  expect(labelsOf(table)).toContain('Article 1, Option 1')
  expect(optionsRead(table.od)).toHaveLength(1)
  expect(decisionOf(table.od, proposal)?.disposition).toBe('accepted')
  expect(writeText(table.od)).not.toContain('left alone')
  // Whichever of them is taken back, all of it is.
  expect(table.run(chair, { kind: 'decision-undo', proposal: reservation }).ok).toBe(true)
  expect(decisionOf(table.od, reservation)).toBeUndefined()
  expect(writeText(table.od)).toContain('left alone. [… – KEN reserve]')
})

test('25.2 an option is not chosen when the others changed since they were seen, or hold what is agreed', () => {
  const table = tableOf(OF_A_PARAGRAPH)
  const set = optionsIn(table.od)[0]!
  const agreed = set[1]!.blocks[2]!.id
  const command = choosing(newProposalId(table.bytes), set, set[0]!.head.id)
  expect(table.refusal(chair, { ...command, dropped: [] } as typeof command)).toBe('wording-changed')
  table.run(chair, { kind: 'paragraph-status', paragraph: agreed, status: 'agreed' })
  const refused = table.run(chair, command)
  expect(refused).toMatchObject({ ok: false, code: 'paragraph-agreed' })
  expect(refused.ok ? '' : refused.message).toBe(
    'Paragraph 2 alt (a) would be taken off and is agreed: reopen it first.',
  )
  expect(choose(table, 0, 1).result.ok).toBe(true)
  expect(table.refusal(chair, choosing(newProposalId(table.bytes), set, set[2]!.head.id))).toBe(
    'not-together',
  )
})

test('25.3 a choice is taken back as one, and that being taken back chooses again; the history tells each once', () => {
  const table = tableOf(BELOW_HEADINGS)
  const before = writeText(table.od)
  const chosen = headOf(table, 0, 1)
  const { proposal } = choose(table, 0, 1)
  const after = writeText(table.od)
  const undo = { kind: 'decision-undo', proposal } as const
  expect(table.run(chair, undo).ok).toBe(true)
  expect(writeText(table.od)).toBe(before)
  expect(table.run(chair, undo).ok).toBe(true)
  expect(writeText(table.od)).toBe(after)
  const told = paragraphHistory(table.od, chosen).map(({ what, detail }) => `${what} ${detail}`)
  expect(told.sort()).toEqual(['decided choice', 'decided choice', 'reopened '])
  expect(paragraphHistory(table.od, table.paragraph(1)).map(({ words }) => words)).toContain('“Option 2”')
})

test('25.4 a delegation prefers one option: preferring another one ends it, opposing does not', () => {
  const table = tableOf(IN_AN_ARTICLE)
  const take = (actor: typeof ken, at: number, position: 'support' | 'oppose') =>
    table.run(actor, { kind: 'position-take', on: headOf(table, 0, at), position })
  const held = (at: number) =>
    (recordGet(table.od, `positions/${headOf(table, 0, at)}`) ?? []).flatMap(({ participant, position }) =>
      position === null ? [] : `${participant} ${position}`,
    )
  take(ken, 0, 'support')
  take(eu, 0, 'support')
  take(ken, 2, 'oppose')
  take(ken, 1, 'support')
  expect([held(0), held(1), held(2)]).toEqual([['EU support'], ['KEN support'], ['KEN oppose']])
  const first = headOf(table, 0, 0)
  choose(table, 0, 0)
  expect(recordGet(table.od, `positions/${first}`)).toMatchObject([
    { position: null },
    { participant: 'EU', position: 'support' },
  ])
})

const revise = (table: Table): void =>
  expect(table.run(chair, { kind: 'revision-issue', note: '' }).ok).toBe(true)

test('25.5 a revision keeps alternatives beside the number that they are alternatives of, until one is chosen', () => {
  const options = tableOf([text({ ...plain(1), suffix: 1 }, 0, 'We came late.'), ...OF_A_PARAGRAPH.slice(1)])
  revise(options)
  expect(labelsOf(options)).toEqual(['1', '2', '2 alt', '2 alt (a)', '2 alt 2', '3'])
  const grouped = tableOf(BELOW_HEADINGS)
  revise(grouped)
  expect(labelsOf(grouped)).toEqual(['1', '2', '3', '2 alt', '3 alt', '4'])
  choose(grouped, 0, 1)
  grouped.now += 60_000
  revise(grouped)
  expect(labelsOf(grouped)).toEqual(['1', '2', '3', '4'])
})
