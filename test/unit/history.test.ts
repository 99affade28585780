import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from '#shared/document/history/compared.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { paragraphHistory } from '#shared/document/history/history.ts'
import { lastWordsOf, noteEmptied } from '#shared/document/issue/emptied.ts'
import { changesSince } from '#shared/document/history/since.ts'
import { addProposal, contentOf, openDocument, withSpaces } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { eventsOf } from '#client/ui/history/record.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'
import { typeInto, typeIntoBase } from '#test/kit/proposing.ts'

const ken = delegation('KEN')
const nor = delegation('NOR')
const HOUR = 3_600_000

/** One thing an hour. */
function go(table: Table, actor: Actor, command: Command): void {
  table.now += HOUR
  expect(table.run(actor, command)).toMatchObject({ ok: true })
}

const told = (events: readonly HistoryEvent[]): string[] =>
  events.map(({ by, what, detail, words }) =>
    [by, what, detail, words].filter((part) => part !== '').join(' | '),
  )

describe('the history of a paragraph', () => {
  it('8.5 13.4 tells everything, oldest first', () => {
    const table = new Table(3)
    const paragraph = table.paragraph(0)
    const proposal = table.propose(ken, ' in full')
    go(table, nor, { kind: 'position-take', on: proposal, position: 'reserve' })
    go(table, nor, { kind: 'position-take', on: proposal, position: 'support' })
    go(table, chair, { kind: 'paragraph-status', paragraph, status: 'under-discussion' })
    go(table, chair, { kind: 'proposal-not-retain', proposal })
    go(table, chair, { kind: 'decision-undo', proposal, reason: 'By mistake.' })
    go(table, chair, { kind: 'proposal-accept', proposal })
    go(table, chair, { kind: 'paragraph-status', paragraph, status: 'agreed' })
    go(table, chair, { kind: 'paragraph-status', paragraph, status: 'open', reason: 'New instructions.' })
    const history = paragraphHistory(table.od, paragraph)
    expect(told(history)).toEqual([
      'KEN | proposed | insertion |  in full',
      'NOR | position | reserve |  in full',
      'NOR | position | support |  in full',
      'Co-Facilitators | status | under-discussion',
      'Co-Facilitators | decided | not-retained |  in full',
      'Co-Facilitators | reopened | By mistake. |  in full',
      'Co-Facilitators | decided | accepted |  in full',
      'Co-Facilitators | status | agreed',
      'Co-Facilitators | status | reopened | New instructions.',
    ])
    expect(history.map(({ at }) => at)).toEqual(history.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(paragraphHistory(table.od, table.paragraph(1))).toEqual([])
  })

  it('8.2 8.5 9.3 tells of new numbers and of a broken silence', () => {
    const table = new Table(3)
    const [first, second] = [table.paragraph(0), table.paragraph(1)]
    const proposal = newProposalId(table.bytes)
    go(table, ken, {
      kind: 'paragraph-propose',
      proposal,
      change: { kind: 'delete-paragraph', paragraph: first },
    })
    go(table, chair, { kind: 'proposal-accept', proposal })
    go(table, chair, { kind: 'revision-issue', note: '' })
    const deadline = table.now + 72 * HOUR
    go(table, chair, { kind: 'silence-place', revision: 1, deadline, zone: 'UTC', note: '' })
    const objection = 'We cannot join this.'
    go(table, nor, { kind: 'silence-break', paragraphs: [second], objection, text: 'Other words.' })
    expect(told(paragraphHistory(table.od, second))).toEqual([
      'Co-Facilitators | renumbered | 2 → 1',
      'NOR | silence-broken | We cannot join this. | Other words.',
    ])
    expect(told(paragraphHistory(table.od, first)).at(-1)).toBe('Co-Facilitators | renumbered | 1 → –')
  })

  it('1.5 3.4 8.5 tells who wrote something down for another, and which side somebody has left', () => {
    const table = new Table(2)
    const proposal = table.propose(ken, ' in full')
    const onBehalfOf = nor.participant!
    go(table, chair, { kind: 'proposal-sponsor', proposal, stance: 'cosponsor', onBehalfOf })
    go(table, nor, { kind: 'position-take', on: proposal, position: 'oppose' })
    const history = paragraphHistory(table.od, table.paragraph(0))
    expect(history.slice(1).map(({ by, via, detail }) => ({ by, via, detail }))).toEqual([
      { by: 'NOR', via: 'Co-Facilitators', detail: 'co-sponsor' },
      { by: 'NOR', via: undefined, detail: 'no-co-sponsor' },
      { by: 'NOR', via: undefined, detail: 'oppose' },
    ])
  })

  it('2.12 8.5 tells each word with the wording that it was said of, whatever that reads now', () => {
    const table = new Table(2)
    const proposal = table.propose(ken, 'in all its forms')
    go(table, nor, { kind: 'position-take', on: proposal, position: 'support' })
    const content = contentOf(table.od, proposal)!
    content.delete(0, content.length)
    content.insert(0, 'in the South only')
    go(table, nor, { kind: 'position-take', on: proposal, position: 'oppose' })
    go(table, chair, { kind: 'proposal-not-retain', proposal })
    expect(told(paragraphHistory(table.od, table.paragraph(0)))).toEqual([
      'KEN | proposed | insertion | in all its forms',
      'NOR | position | support | in all its forms',
      'NOR | position | oppose | in the South only',
      'Co-Facilitators | decided | not-retained | in the South only',
    ])
  })

  it('3.5 2.12 tells a take-over as what the new proponent did, and of nothing that anybody else took back', () => {
    const table = new Table(3)
    const g77 = delegation('G77')
    const jpn = delegation('JPN')
    const proposal = table.propose(g77, ' in full')
    go(table, nor, { kind: 'position-take', on: proposal, position: 'support' })
    go(table, jpn, { kind: 'proposal-sponsor', proposal, stance: 'cosponsor' })
    go(table, delegation('UGA'), { kind: 'proposal-sponsor', proposal, stance: 'dissociate' })
    go(table, g77, { kind: 'proposal-withdraw', proposal })
    go(table, nor, { kind: 'proposal-take-over', proposal })
    go(table, nor, { kind: 'proposal-withdraw', proposal })
    go(table, jpn, { kind: 'proposal-take-over', proposal })
    go(table, jpn, { kind: 'proposal-withdraw', proposal })
    go(table, chair, { kind: 'decision-undo', proposal, reason: 'By mistake.' })
    expect(told(paragraphHistory(table.od, table.paragraph(0)))).toEqual([
      'G77 | proposed | insertion |  in full',
      'NOR | position | support |  in full',
      'JPN | position | co-sponsor |  in full',
      'UGA | position | dissociate |  in full',
      'G77 | decided | withdrawn |  in full',
      'NOR | position | take-over |  in full',
      'NOR | decided | withdrawn |  in full',
      'JPN | position | take-over |  in full',
      'JPN | decided | withdrawn |  in full',
      'Co-Facilitators | reopened | By mistake. |  in full',
    ])
    const { blocks } = new BoardReader(new Projection(table.od)).board()
    const [row] = blocks.flatMap(({ places }) => places.flatMap(({ rows }) => rows))
    expect(eventsOf(row!).map(({ what }) => what)).toEqual([
      'proposed',
      'position',
      'cosponsored',
      'dissociated',
      'decided',
      'taken-over',
      'decided',
      'taken-over',
      'decided',
      'reopened',
    ])
  })

  it('2.12 tells that a proposal was made and taken back, never that anybody asked to delete', () => {
    const table = new Table(2)
    const [noted, old] = [table.propose(ken, 'oops'), table.propose(ken, 'oh')]
    for (const id of [noted, old]) {
      const last = lastWordsOf(table.od, id)
      const content = contentOf(table.od, id)!
      content.delete(0, content.length)
      const said = { participant: ken.participant!, person: 'from KEN', at: table.now + HOUR }
      if (id === noted) noteEmptied(table.od, id, last, said)
    }
    const history = told(paragraphHistory(table.od, table.paragraph(0)))
    expect(history.toSorted()).toEqual([
      'KEN | emptied | took-back',
      'KEN | emptied | took-back | oops',
      'KEN | proposed | insertion',
      'KEN | proposed | insertion | oops',
    ])
    expect(history.join()).not.toContain('deletion')
  })

  it('8.5 13.4 tells of proposals whose place is gone', () => {
    const table = new Table(2)
    const paragraph = table.paragraph(0)
    const proposal = table.propose(ken, ' in full')
    go(table, chair, { kind: 'proposal-withdraw', proposal, onBehalfOf: ken.participant! })
    table.od.anchors.delete(proposal)
    expect(told(paragraphHistory(table.od, paragraph))).toHaveLength(2)
  })
})

/** What is new after `happens`, as `number kinds`. */
function since(table: Table, happens: () => void): string[] {
  const before = freeze(table.od, 1)
  const at = table.now
  happens()
  const labels = new Map<string, string>()
  const now = freeze(table.od, 2)
  for (const { id, label } of [...before.paragraphs, ...now.paragraphs, ...now.proposed])
    labels.set(id, label)
  return changesSince(before, at, table.od).map(
    ({ paragraph, kinds }) => `${labels.get(paragraph)} ${kinds.join(' ')}`,
  )
}

function proposeAlternative(table: Table, paragraph: ParagraphId): void {
  const change = { kind: 'alternative', paragraph, text: 'Another text.' } as const
  go(table, ken, { kind: 'paragraph-propose', proposal: newProposalId(table.bytes), change })
}

describe('what changed since somebody looked', () => {
  it('12.1 is nothing when nothing did', () => {
    const table = new Table(3)
    table.propose(ken, ' in full')
    expect(since(table, () => {})).toEqual([])
  })

  it('4.1 12.1 is not what somebody drafts in private', () => {
    const table = new Table(2)
    const before = freeze(table.od, 1)
    const drafts = openDocument(new Y.Doc())
    const anchor = anchorAt(table.od, table.paragraph(0), table.paragraph(0), 0, 0)
    const head = { kind: 'text', by: ken.participant!, person: ken.name, createdAt: 1, quote: '' } as const
    addProposal(
      drafts,
      newProposalId(table.bytes),
      { ...head, paragraph: table.paragraph(0) },
      anchor,
      'Mine ',
    )
    const shown = withSpaces(table.od, [{ participant: ken.participant!, od: drafts }])
    expect([...new Projection(shown).proposals.all()]).toHaveLength(1)
    expect(freeze(shown, 1)).toEqual(before)
    expect(changesSince(before, 0, shown)).toEqual([])
  })

  it('12.1 tells words from brackets, positions from decisions, and where', () => {
    const table = new Table(5)
    const [open, decided, positioned] = [0, 1, 2].map((index) => table.propose(nor, ' more', index)) as [
      ProposalId,
      ProposalId,
      ProposalId,
    ]
    const news = since(table, () => {
      table.now += HOUR
      typeInto(table.od, open, ' words')
      go(table, chair, { kind: 'proposal-accept', proposal: decided })
      go(table, ken, { kind: 'position-take', on: positioned, position: 'support' })
      table.propose(ken, ' at last', 3)
      typeIntoBase(table.od, 3, 'Now ')
      const paragraph = table.paragraph(4)
      go(table, chair, { kind: 'paragraph-status', paragraph, status: 'agreed-ad-ref' })
      const comment = {
        kind: 'comment-add',
        comment: table.newComment(),
        thread: null,
        text: 'Why?',
      } as const
      go(table, ken, { ...comment, on: open })
    })
    expect(news).toEqual(['1 comment', '2 text decided', '3 position', '4 text proposed', '5 status'])
    expect(contentOf(table.od, open)?.toJSON()).toBe(' more words')
  })

  it('12.1 somebody went on writing in a bracket', () => {
    const table = new Table(2)
    const open = table.propose(nor, ' more', 1)
    expect(since(table, () => typeInto(table.od, open, ' words'))).toEqual(['2 proposed'])
  })

  it('6.7 12.1 a decision that was taken back is news, and no new proposal', () => {
    const table = new Table(2)
    const proposal = table.propose(nor, ' more', 0)
    go(table, chair, { kind: 'proposal-not-retain', proposal })
    const undo = { kind: 'decision-undo', proposal, reason: 'By mistake.' } as const
    expect(since(table, () => go(table, chair, undo))).toEqual(['1 decided'])
  })

  it('8.1 12.1 what is proposed as a whole stands behind its paragraph, and what is gone comes last', () => {
    const table = new Table(3)
    const [first, second] = [table.paragraph(0), table.paragraph(1)]
    const proposal = newProposalId(table.bytes)
    go(table, ken, {
      kind: 'paragraph-propose',
      proposal,
      change: { kind: 'delete-paragraph', paragraph: second },
    })
    const news = since(table, () => {
      proposeAlternative(table, first)
      go(table, chair, { kind: 'proposal-accept', proposal })
      go(table, chair, { kind: 'revision-issue', note: '' })
    })
    expect(news).toEqual(['1 alt proposed', '2 text decided'])
    expect(recordGet(table.od, 'revision/1')?.open).toBe(1)
  })
})
