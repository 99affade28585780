import { describe, expect, it } from 'vitest'
import { itemAt } from '#shared/document/text/anchor.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { baseTextOf, decisionOf, paragraphFacts, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { addProposal } from '#shared/document/schema.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Revision } from '#shared/model/revision.ts'
import { chair, delegation, observer, Table } from '#test/kit/commanding.ts'

const ken = delegation('KEN')
const nor = delegation('NOR')
const bra = delegation('BRA')
const HOUR = 3_600_000

function issue(table: Table, note = ''): Revision {
  table.now += HOUR
  expect(table.run(chair, { kind: 'revision-issue', note })).toMatchObject({ ok: true })
  let number = 1
  while (recordGet(table.od, `revision/${number + 1}`)) number++
  return recordGet(table.od, `revision/${number}`)!
}

function accept(table: Table, proposal: ProposalId): void {
  table.now += 1
  expect(table.run(chair, { kind: 'proposal-accept', proposal })).toMatchObject({ ok: true })
}

const undo = (table: Table, proposal: ProposalId): string | null =>
  table.refusal(chair, { kind: 'decision-undo', proposal, reason: 'taken in error' })

/** As the client of a delegation does it, and the server's follow-up. */
function proposeParagraph(table: Table, actor: Actor, after: ParagraphId, text: string): ProposalId {
  const { od } = table
  const id = newProposalId(table.bytes)
  const head = { kind: 'paragraph', by: actor.participant!, person: actor.name } as const
  od.doc.transact(() => {
    const where = { paragraph: after, createdAt: table.now, quote: '' }
    addProposal(od, id, { ...head, ...where }, { kind: 'after', paragraph: after }, text)
    followUp(od, { created: [id], anchored: [], revived: [] })
  })
  return id
}

function change(table: Table, actor: Actor, wanted: ParagraphChange): ProposalId {
  const proposal = newProposalId(table.bytes)
  expect(table.run(actor, { kind: 'paragraph-propose', proposal, change: wanted })).toMatchObject({
    ok: true,
  })
  return proposal
}

/** The numbers as they are shown, in the order of the text. */
function numbers(od: OutcomeDocument): string[] {
  const projection = new Projection(od)
  const shown = projection.blocks().filter(({ kind }) => kind === 'paragraph')
  projection.destroy()
  return shown.map(({ label, former }) => (former === '' ? label : `${label} (${former})`))
}

const rows = ({ concordance }: Revision) =>
  concordance.map(({ was, now, contributors, why }) => [was, now, contributors.join(), why.join()].join('|'))

describe('issuing a revision', () => {
  it('8.1 8.2 says who issued it, when, and at which row of the log', () => {
    const table = new Table(3)
    expect(issue(table, 'For the fifth informal.')).toEqual({
      number: 1,
      sequence: 2,
      at: table.now,
      by: 'Co-Facilitators',
      person: 'fay',
      note: 'For the fifth informal.',
      open: 0,
      concordance: [1, 2, 3].map((number) => ({
        paragraph: table.paragraph(number - 1),
        now: String(number),
        was: String(number),
        contributors: [],
        why: [],
      })),
    })
    expect(issue(table).number).toBe(2)
  })

  it('8.1 is for those who decide', () => {
    const table = new Table(2)
    for (const actor of [ken, observer])
      expect(table.refusal(actor, { kind: 'revision-issue', note: '' })).toBe('not-allowed')
    expect(recordGet(table.od, 'revision/1')).toBeUndefined()
  })

  it('8.1 waits while a silence runs', () => {
    const table = new Table(2)
    issue(table)
    const deadline = table.now + 48 * HOUR
    const silence = { kind: 'silence-place', revision: 1, deadline, zone: 'UTC', note: '' } as const
    expect(table.refusal(chair, silence)).toBeNull()
    expect(table.refusal(chair, { kind: 'revision-issue', note: '' })).toBe('silence-running')
  })
})

describe('numbers', () => {
  it('8.1 are 1, 2, 3 in order; what is proposed takes the suffixes of the number it stands after', () => {
    const table = new Table(3)
    const [first, second, third] = [0, 1, 2].map((index) => table.paragraph(index)) as ParagraphId[]
    const accepted = proposeParagraph(table, ken, first!, 'Accepted.')
    const withdrawn = proposeParagraph(table, nor, first!, 'Withdrawn.')
    const still = proposeParagraph(table, bra, first!, 'Open.')
    const last = proposeParagraph(table, nor, third!, 'Open too.')
    expect(numbers(table.od)).toEqual(['1', '1 bis', '1 ter', '1 quater', '2', '3', '3 bis'])
    accept(table, accepted)
    table.run(chair, { kind: 'proposal-withdraw', proposal: withdrawn, onBehalfOf: nor.participant! })
    const revision = issue(table)
    expect(numbers(table.od)).toEqual(['1', '2', '2 bis', '3', '4', '4 bis'])
    expect(rows(revision)).toEqual(['1|1||', '1 bis|2|KEN|new', '2|3||renumbered', '3|4||renumbered'])
    expect(revision.open).toBe(2)
    expect([second, third].map((id) => paragraphFacts(table.od, id!)?.label?.number)).toEqual([3, 4])
    expect(decisionOf(table.od, still) ?? decisionOf(table.od, last)).toBeUndefined()
  })

  it('2.3 8.1 that come after a revision continue those it gave', () => {
    const table = new Table(2)
    const first = table.paragraph(0)
    const old = proposeParagraph(table, ken, first, 'Old.')
    const dropped = proposeParagraph(table, nor, first, 'Dropped.')
    table.run(chair, { kind: 'proposal-not-retain', proposal: dropped })
    accept(table, old)
    issue(table)
    expect(numbers(table.od)).toEqual(['1', '2', '3'])
    proposeParagraph(table, bra, first, 'New.')
    proposeParagraph(table, bra, table.paragraph(1), 'Newer.')
    expect(numbers(table.od)).toEqual(['1', '1 bis', '2', '2 bis', '3'])
    // What comes back does so under a number of this round, behind those that were given.
    table.now += HOUR
    expect(undo(table, dropped)).toBeNull()
    expect(numbers(table.od)).toEqual(['1', '1 bis', '1 ter', '2', '2 bis', '3'])
    accept(table, dropped)
    issue(table)
    expect(numbers(table.od)).toEqual(['1', '1 bis', '2', '3', '3 bis', '4'])
  })

  it('2.3 8.1 of a paragraph whose acceptance was taken back are those of its proposal', () => {
    const table = new Table(2)
    const added = proposeParagraph(table, ken, table.paragraph(1), 'Added.')
    const earlier = proposeParagraph(table, nor, table.paragraph(0), 'Earlier.')
    accept(table, added)
    expect(undo(table, added)).toBeNull()
    accept(table, earlier)
    issue(table)
    expect(numbers(table.od)).toEqual(['1', '2', '3', '3 bis'])
    accept(table, added)
    expect(numbers(table.od)).toEqual(['1', '2', '3', '3 bis'])
    expect(rows(issue(table)).at(-1)).toBe('3 bis|4|KEN|new')
  })

  it('2.4 2.6 8.1 leave no number empty: deleted paragraphs go, moved ones forget where they stood', () => {
    const table = new Table(4)
    const [first, second, third] = [0, 1, 2].map((index) => table.paragraph(index)) as ParagraphId[]
    accept(table, change(table, ken, { kind: 'delete-paragraph', paragraph: second! }))
    accept(table, change(table, nor, { kind: 'move', paragraph: third!, after: null }))
    const revision = issue(table)
    expect(numbers(table.od)).toEqual(['1', '2', '3'])
    expect(paragraphsInOrder(table.od).flatMap(({ id, label }) => (label ? [id] : []))).toEqual([
      third,
      first,
      table.paragraph(2),
    ])
    expect(rows(revision).toSorted()).toEqual(
      ['3|1|NOR|moved', '1|2||renumbered', '2||KEN|deleted', '4|3||renumbered'].toSorted(),
    )
    expect(paragraphFacts(table.od, second!)).toMatchObject({ removed: true, label: null })
    expect(paragraphFacts(table.od, third!)).toMatchObject({ former: null })
  })

  it('2.6 8.1 what shall be moved behind a paragraph that goes, shall stand behind the one before it', () => {
    const table = new Table(4)
    const [first, second, , fourth] = [0, 1, 2, 3].map((index) => table.paragraph(index)) as ParagraphId[]
    const move = change(table, nor, { kind: 'move', paragraph: fourth!, after: second! })
    const forward = change(table, bra, { kind: 'move', paragraph: second!, after: fourth! })
    table.run(chair, { kind: 'proposal-not-retain', proposal: forward })
    accept(table, change(table, ken, { kind: 'delete-paragraph', paragraph: second! }))
    issue(table)
    expect(table.od.anchors.get(move)).toEqual({ kind: 'whole', paragraph: fourth, other: first })
    accept(table, move)
    expect(numbers(table.od)).toEqual(['1', '1 bis (3)', '2'])
  })

  it('2.5 8.2 say of split and joined paragraphs that they were', () => {
    const table = new Table(4)
    const [first, third, fourth] = [0, 2, 3].map((index) => table.paragraph(index)) as ParagraphId[]
    const at = itemAt(baseTextOf(table.od, first!)!, 3)!
    accept(table, change(table, nor, { kind: 'split', paragraph: first!, at }))
    accept(table, change(table, ken, { kind: 'join', paragraph: third!, next: fourth! }))
    const revision = issue(table)
    expect(numbers(table.od)).toEqual(['1', '2', '3', '4'])
    expect(rows(revision)).toEqual([
      '1|1|NOR|split',
      '1 bis|2|NOR|split,renumbered',
      '2|3||renumbered',
      '3|4|KEN|merged,renumbered',
      '4||KEN|merged',
    ])
  })

  it('8.1 a bracket on words that are gone keeps its paragraph in sight, without a number, as long as it is open', () => {
    const table = new Table(3)
    const second = table.paragraph(1)
    const moot = table.propose(nor, ' and more', 1)
    accept(table, change(table, ken, { kind: 'delete-paragraph', paragraph: second }))
    const revision = issue(table)
    expect(numbers(table.od)).toEqual(['1', '', '2'])
    expect(revision.open).toBe(1)
    expect(rows(revision)).toContain('2||KEN|deleted')
    table.run(chair, { kind: 'proposal-not-retain', proposal: moot })
    issue(table)
    expect(numbers(table.od)).toEqual(['1', '2'])
  })
})

describe('the concordance', () => {
  it('8.2 names whose accepted proposals changed a paragraph, in the order of the decisions, once each', () => {
    const table = new Table(2)
    const proposals = [nor, ken, nor, bra].map((actor, i) => table.propose(actor, ` word ${i}`, 0))
    const [a, b, c, d] = proposals as [ProposalId, ProposalId, ProposalId, ProposalId]
    accept(table, c)
    accept(table, b)
    accept(table, a)
    table.run(chair, { kind: 'proposal-not-retain', proposal: d })
    expect(rows(issue(table))).toEqual(['1|1|NOR,KEN|', '2|2||'])
    expect(rows(issue(table))).toEqual(['1|1||', '2|2||'])
  })

  it('8.2 a decision of the same moment as a revision is in the one that it came before', () => {
    const table = new Table(1)
    const [a, b] = [table.propose(ken, ' before', 0), table.propose(nor, ' after', 0)]
    const at = (table.now += HOUR)
    const go = (command: Parameters<Table['run']>[1]) => {
      table.now = at
      expect(table.run(chair, command)).toMatchObject({ ok: true })
    }
    go({ kind: 'proposal-accept', proposal: a })
    go({ kind: 'revision-issue', note: '' })
    go({ kind: 'proposal-accept', proposal: b })
    go({ kind: 'revision-issue', note: '' })
    expect(rows(recordGet(table.od, 'revision/1')!)).toEqual(['1|1|KEN|'])
    expect(rows(recordGet(table.od, 'revision/2')!)).toEqual(['1|1|NOR|'])
  })

  it('6.8 8.1 what rests on the numbers is not taken back any more; words are', () => {
    const table = new Table(3)
    const words = table.propose(ken, ' in full', 0)
    const paragraph = proposeParagraph(table, nor, table.paragraph(1), 'New.')
    const deletion = change(table, bra, { kind: 'delete-paragraph', paragraph: table.paragraph(2) })
    for (const proposal of [words, paragraph, deletion]) accept(table, proposal)
    issue(table)
    expect(undo(table, paragraph)).toBe('later-decision')
    expect(undo(table, deletion)).toBe('later-decision')
    expect(undo(table, words)).toBeNull()
  })
})
