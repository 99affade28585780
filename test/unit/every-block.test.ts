import { beforeEach, describe, expect, test } from 'vitest'
import { filterBlocks } from '#client/ui/outline/filter.ts'
import { find } from '#client/ui/search/find.ts'
import { findableBlocks } from '#client/ui/search/findable.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { exportJson } from '#shared/document/export-json.ts'
import { paragraphHistory, phraseHistory } from '#shared/document/history/history.ts'
import { endSilence, lastSilence } from '#shared/document/issue/silence.ts'
import { recordGet } from '#shared/document/records.ts'
import { addProposal, hostText, paragraphsInOrder } from '#shared/document/schema.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { ImportedDraft } from '#shared/model/import.ts'
import type { Label } from '#shared/model/label.ts'
import { formatLabel } from '#shared/model/label.ts'
import type { Actor } from '#shared/model/participant.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'
import { tableBlocks } from '#test/kit/tables.ts'
import { article, heading, letter, plain, text } from '#test/kit/treaty.ts'

const ken = delegation('KEN')
const nor = delegation('NOR')
const DAY = 24 * 3_600_000

const second = plain(2, article(1))
const item = letter(1, second)
const option = (number: number): Label => ({ division: 'option', ...plain(number, article(2)) })

const DRAFT: ImportedDraft = {
  title: 'Convention on reeds',
  front: [],
  blocks: [
    heading(null, 'Convention on reeds'),
    text({ ...plain(1), series: 'PP' }, 0, 'Recalling the otters,'),
    heading(article(1), 'Purpose'),
    text(plain(1, article(1)), 0, 'Reeds are planted.'),
    text(second, 0, 'Each Party shall:'),
    text(item, 1, 'guard them, in particular:'),
    text({ ...plain(1, item), style: 'roman' }, 2, 'in lakes'),
    heading(article(2), 'Means'),
    text(option(1), 0, 'Means are shared.'),
    text(option(2), 0, 'Means are lent.'),
    ...tableBlocks({
      number: 1,
      level: 0,
      caption: 'Reeds by lake',
      rows: [
        ['lake', 'reeds'],
        ['the first', 'many'],
      ],
    }),
    { kind: 'note', label: { ...plain(1), series: 'note' }, level: 0, text: 'As of last spring.' },
  ],
}

/** A block of each kind: what it is, a word that only it has, and the reference to it. */
const KINDS = [
  ['a paragraph of a preamble', 'otters', 'PP1'],
  ['a heading with a number', 'Purpose', 'Article 1'],
  ['a heading without a number', 'Convention', null],
  ['an item (a)', 'guard', 'Article 1, paragraph 2 (a)'],
  ['an item (i) below it', 'lakes', 'Article 1, paragraph 2 (a) (i)'],
  ['an option', 'lent', 'Article 2, Option 2'],
  ['a cell of a table', 'many', 'Table 1, row 2, column 2'],
  ['the caption of a table', 'by lake', 'Table 1'],
  ['a footnote', 'spring', 'footnote 1'],
] as const

class Meeting extends Table {
  constructor() {
    super(DRAFT)
  }

  with(words: string): ParagraphId {
    return paragraphsInOrder(this.od).find(({ id }) => hostText(this.od, id)!.toJSON().includes(words))!.id
  }

  label(id: ParagraphId): string | null {
    const label = paragraphsInOrder(this.od).find((one) => one.id === id)?.label
    return label ? formatLabel(label) : null
  }

  go(actor: Actor, command: Command): void {
    this.now += 1_000
    expect(this.run(actor, command)).toMatchObject({ ok: true })
  }

  /** Words at its end, as a delegation's editor proposes them. */
  insert(actor: Actor, paragraph: ParagraphId, words: string): ProposalId {
    const id = newProposalId(this.bytes)
    const end = hostText(this.od, paragraph)!.length
    const by = { by: actor.participant!, person: actor.name, createdAt: this.now }
    const anchor = anchorAt(this.od, paragraph, paragraph, end, end)
    this.od.doc.transact(() =>
      addProposal(this.od, id, { kind: 'text', paragraph, quote: '', ...by }, anchor, words),
    )
    return id
  }

  projection(): Projection {
    return new Projection(this.od, 'all', null)
  }

  block(id: ParagraphId) {
    return this.board().blocks.find((block) => block.id === id)!
  }

  board() {
    return new BoardReader(this.projection()).board()
  }
}

describe.each(KINDS)('%s', (_name, words, reference) => {
  let table: Meeting
  let id: ParagraphId
  beforeEach(() => {
    table = new Meeting()
    id = table.with(words)
  })

  const accepted = (): ProposalId => {
    const proposal = table.insert(ken, id, ' sedge')
    table.go(nor, { kind: 'position-take', on: proposal, position: 'support' })
    table.go(chair, { kind: 'proposal-accept', proposal })
    return proposal
  }

  test('19.7 has its reference', () => {
    expect(table.label(id)).toBe(reference)
  })

  test('7.1 7.3 7.4 is put under discussion, agreed, protected and reopened', () => {
    const set = (status: 'under-discussion' | 'open' | 'agreed-ad-ref' | 'agreed'): Command => ({
      kind: 'paragraph-status',
      paragraph: id,
      status,
    })
    for (const status of ['under-discussion', 'open', 'agreed-ad-ref', 'agreed'] as const) {
      table.go(chair, set(status))
      expect(table.block(id).status?.status).toBe(status)
    }
    expect(
      table.refusal(ken, {
        kind: 'paragraph-propose',
        proposal: newProposalId(table.bytes),
        change: { kind: 'reservation', paragraph: id },
      }),
    ).toBe('paragraph-agreed')
    table.go(chair, { kind: 'paragraph-status', paragraph: id, status: 'open', reason: 'New instructions.' })
    expect(table.block(id).status?.status).toBe('reopened')
    const proposal = table.insert(ken, id, ' sedge')
    expect(table.refusal(chair, set('agreed'))).toBe('open-brackets')
    table.go(chair, { kind: 'proposal-not-retain', proposal })
    table.go(chair, set('agreed'))
  })

  test('3.1 10.1 takes positions and comments', () => {
    table.go(nor, { kind: 'position-take', on: id, position: 'oppose' })
    const comment = table.newComment()
    table.go(ken, { kind: 'comment-add', comment, on: id, thread: null, text: 'Why not sedge?' })
    expect(table.block(id).positions).toMatchObject([{ participant: 'NOR', position: 'oppose' }])
    expect(table.board().comments).toMatchObject([{ id: comment, on: id }])
  })

  test('12.2 is left by the filters that it fits, and by no other', () => {
    const left = (kind: 'undecided' | 'mine' | 'changed'): boolean =>
      filterBlocks(
        table.board(),
        { kind },
        { mine: ken.participant, changed: kind === 'changed' ? new Set([id]) : new Set() },
      ).some((block) => block.id === id && (block.kind !== 'heading' || block.open > 0 || kind === 'changed'))
    expect(['undecided', 'mine', 'changed'].map((kind) => left(kind as 'mine'))).toEqual([false, false, true])
    table.insert(ken, id, ' sedge')
    expect(['undecided', 'mine'].map((kind) => left(kind as 'mine'))).toEqual([true, true])
  })

  test('8.5 its history and that of its phrases tell who asked and who decided', () => {
    accepted()
    table.go(chair, { kind: 'paragraph-status', paragraph: id, status: 'agreed-ad-ref' })
    expect(paragraphHistory(table.od, id).map(({ by, what, detail }) => `${by} ${what} ${detail}`)).toEqual([
      'KEN proposed insertion',
      'NOR position support',
      'Co-Facilitators decided accepted',
      'Co-Facilitators status agreed-ad-ref',
    ])
    const length = hostText(table.od, id)!.length
    expect(phraseHistory(table.od, id, length - 5, length)).toMatchObject([{ by: 'KEN' }])
  })

  test('8.2 a revision says its number, and who changed it', () => {
    accepted()
    table.go(chair, { kind: 'revision-issue', note: '' })
    const row = recordGet(table.od, 'revision/1')!.concordance.find(({ paragraph }) => paragraph === id)
    // A concordance is a table of numbers: what has none is not in it.
    if (reference === null) expect(row).toBeUndefined()
    else expect(row).toMatchObject({ now: reference, contributors: ['KEN'] })
  })

  test('9.3 9.4 is agreed by silence, unless the silence is broken on it or a bracket is open', () => {
    const silent = (interrupt: () => void): void => {
      table.go(chair, { kind: 'revision-issue', note: '' })
      const deadline = table.now + DAY
      table.go(chair, { kind: 'silence-place', revision: 1, deadline, zone: 'UTC', note: '' })
      interrupt()
      table.od.doc.transact(() => endSilence(table.od, deadline + 1))
    }
    silent(() => {})
    expect(table.block(id).status?.status).toBe('agreed-ad-ref')
    table = new Meeting()
    id = table.with(words)
    silent(() =>
      table.go(ken, { kind: 'silence-break', paragraphs: [id], objection: 'We cannot join.', text: '' }),
    )
    expect(lastSilence(table.od)).toMatchObject({ state: 'broken', breaks: [{ paragraphs: [id] }] })
    expect(paragraphHistory(table.od, id).map(({ what }) => what)).toContain('silence-broken')
    table = new Meeting()
    id = table.with(words)
    silent(() => table.insert(ken, id, ' sedge'))
    expect(table.block(id).status).toBeNull()
    expect(lastSilence(table.od)?.left).toContain(id)
  })

  test('12.1 is found by its words, by what is proposed in it and by its reference', () => {
    table.insert(ken, id, ' sedge')
    const items = findableBlocks(table.board(), table.projection())
    for (const query of [
      words,
      `${hostText(table.od, id)!.toJSON().slice(-6)} sedge`,
      ...(reference ? [reference] : []),
    ])
      expect(
        find(items, query).map((one) => one.id),
        query,
      ).toContain(id)
  })

  test('19.7 stands in the exports with its bracket, and as it was decided', () => {
    const proposal = table.insert(ken, id, ' sedge')
    expect(writeText(table.od, 'all')).toContain('sedge – KEN]')
    const json = exportJson(table.od, 'all').paragraphs.find((one) => one.id === id)
    expect(json?.text).toContain('sedge')
    table.go(chair, { kind: 'proposal-accept', proposal })
    for (const view of ['clean', 'base'] as const) expect(writeText(table.od, view)).toContain(' sedge')
  })
})
