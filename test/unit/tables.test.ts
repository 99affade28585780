import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { execute } from '#shared/document/commands/execute.ts'
import { exportJson } from '#shared/document/export-json.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import { recordGet } from '#shared/document/records.ts'
import {
  addProposal,
  baseTextOf,
  openDocument,
  paragraphFacts,
  paragraphsInOrder,
} from '#shared/document/schema.ts'
import { writeText, writeTextExport } from '#shared/formats/text/write-text.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import { itemAt } from '#shared/document/text/anchor.ts'
import type { ItemId } from '#shared/model/proposals/proposal.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { formatLabel } from '#shared/model/label.ts'
import { inLanguage } from '#shared/model/label-path.ts'
import { LANGUAGES } from '#shared/model/language.ts'
import { cellLabel } from '#shared/model/table.ts'
import { readReference } from '#shared/formats/brackets/reference.ts'
import { FormerWords } from '#shared/document/text/former-words.ts'
import { judge, KENYA, openRoom } from '#test/kit/admission-room.ts'
import { chair, Table } from '#test/kit/commanding.ts'
import { accepted } from '#test/kit/imported.ts'
import { describeDocument } from '#test/kit/same-document.ts'
import { tableBlocks } from '#test/kit/tables.ts'
import { ken, plain, text } from '#test/kit/treaty.ts'
import { written } from '#test/kit/labels.ts'

const firstOf = ({ od }: Grids, paragraph: ParagraphId): ItemId => itemAt(baseTextOf(od, paragraph)!, 0)!

const ROWS = [
  ['Country', 'Reeds', 'Year'],
  ['Velland', '200', '2031'],
  ['Orrin', '', '2032'],
]

/** A paragraph, a table with a caption below it, a second table without one, and another paragraph. */
class Grids extends Table {
  constructor() {
    const blocks = [
      text(plain(1), 0, 'We plant as follows:'),
      ...tableBlocks({ number: 1, level: 1, caption: 'Reeds by country', heads: 1, rows: ROWS }),
      text(plain(2), 0, 'We count.'),
      ...tableBlocks({ number: 2, level: 0, rows: [['a', 'b']] }),
      text(plain(3), 0, 'We rest.'),
    ]
    super({ title: 'On reeds', front: [], blocks })
  }

  at(words: string): ParagraphId {
    return paragraphsInOrder(this.od).find(({ id }) => baseTextOf(this.od, id)!.toJSON() === words)!.id
  }

  labelOf(words: string): string | null {
    return written(paragraphFacts(this.od, this.at(words))?.label ?? null)
  }

  asked(change: ParagraphChange): string | null {
    const proposal = newProposalId(this.bytes)
    return this.refusal(ken, { kind: 'paragraph-propose', proposal, change })
  }

  accept(change: ParagraphChange): ProposalId {
    const proposal = newProposalId(this.bytes)
    expect(this.refusal(ken, { kind: 'paragraph-propose', proposal, change })).toBeNull()
    expect(this.refusal(chair, { kind: 'proposal-accept', proposal })).toBeNull()
    return proposal
  }
}

describe('26.1 a cell', () => {
  test('is referred to by its place in the grid, in the words of its language, and read again', () => {
    const label = cellLabel({ table: { number: 1, suffix: 0, division: 'table' }, row: 2, column: 3 })
    const references = LANGUAGES.map((language) => formatLabel(inLanguage(label, language)))
    expect(references).toEqual([
      'Table 1, row 2, column 3',
      'Tableau 1, ligne 2, colonne 3',
      'Cuadro 1, fila 2, columna 3',
      'Таблица 1, строка 2, столбец 3',
      'الجدول 1، الصف 2، العمود 3',
      '表1第2行第3列',
    ])
    for (const reference of references) expect(readReference(reference), reference).toEqual(label)
  })

  test('is a paragraph with its row and column, also without words', () => {
    const grids = new Grids()
    const cells = exportJson(grids.od).paragraphs.filter(({ cell }) => cell)
    expect(cells.map(({ label, text: words }) => `${label}: ${words}`)).toContain(
      'Table 1, row 3, column 2: ',
    )
    expect(cells[3]).toMatchObject({
      kind: 'paragraph',
      path: ['Table 1', 'row 2', 'column 1'],
      cell: { row: 2, column: 1, header: false },
    })
    const paragraph = grids.at('')
    const status = { kind: 'paragraph-status', paragraph, status: 'agreed' } as const
    expect(grids.refusal(chair, status)).toBeNull()
  })
})

describe('26.2 the cells of a table keep their places', () => {
  const grids = new Grids()
  const [cell, caption] = [grids.at('200'), grids.at('Reeds by country')]

  test.each<[string, ParagraphChange]>([
    ['a cell is not moved', { kind: 'move', paragraph: cell, after: grids.at('We rest.') }],
    [
      'a caption is not moved',
      { kind: 'move', paragraph: caption, after: grids.at('We rest.'), below: true },
    ],
    ['a cell is not split', { kind: 'split', paragraph: cell, at: firstOf(grids, cell) }],
    ['cells are not merged', { kind: 'join', paragraph: cell, next: grids.at('2031') }],
    [
      'nothing is merged with a cell',
      { kind: 'join', paragraph: grids.at('We count.'), next: grids.at('a') },
    ],
    ['a cell has no alternative', { kind: 'alternative', paragraph: cell, text: 'more' }],
    ['a caption has no alternative', { kind: 'alternative', paragraph: caption, text: 'more' }],
    ['a cell is not deleted by itself', { kind: 'delete-paragraph', paragraph: grids.at('Velland') }],
    ['nor is the rest of a row', { kind: 'delete-paragraph', paragraph: cell, below: true }],
    ['nothing moves between cells', { kind: 'move', paragraph: grids.at('We rest.'), after: cell }],
    [
      'nothing moves below a cell',
      { kind: 'move', paragraph: grids.at('We rest.'), after: grids.at('2032'), under: true },
    ],
    ['nothing moves below a caption', { kind: 'move', paragraph: grids.at('We rest.'), after: caption }],
    [
      'no paragraph is put below a cell',
      {
        kind: 'paragraph',
        paragraph: grids.at('2032'),
        block: { kind: 'paragraph', under: true },
        text: 'x',
      },
    ],
    [
      'no heading is put into a table',
      { kind: 'paragraph', paragraph: cell, block: { kind: 'heading', level: 0 }, text: 'x' },
    ],
  ])('%s', (_, change) => {
    expect(grids.asked(change)).toBe('not-allowed')
  })

  test('words are proposed in a cell, and a reservation on it', () => {
    expect(grids.asked({ kind: 'reservation', paragraph: cell })).toBeNull()
  })

  test('a client that puts a paragraph between two cells is refused; behind the last one it is not', () => {
    const room = new Grids()
    const judged = { ...openRoom(), od: room.od, former: new FormerWords(room.od.doc) }
    const behind = (paragraph: ParagraphId) => {
      const od = openDocument(new Y.Doc())
      Y.applyUpdate(od.doc, Y.encodeStateAsUpdate(room.od.doc))
      const before = Y.encodeStateVector(od.doc)
      const head = { kind: 'paragraph', by: KENYA.participant!, paragraph, quote: '' } as const
      od.doc.transact(() =>
        addProposal(od, newProposalId(room.bytes), head, { kind: 'after', paragraph }, 'x'),
      )
      return judge(judged, KENYA, Y.encodeStateAsUpdate(od.doc, before))
    }
    expect(behind(room.at('200'))).toMatchObject({ ok: false, code: 'not-allowed' })
    expect(behind(room.at('Reeds by country'))).toMatchObject({ ok: false, code: 'not-allowed' })
    expect(behind(room.at('2032'))).toMatchObject({ ok: true })
  })

  test.each([
    ['2032', '1 bis', undefined],
    ['We plant as follows:', '1 bis', undefined],
    ['b', '2 bis', undefined],
    ['We count.', '2 bis', undefined],
    // As a forged update may say: nothing counts below a cell.
    ['2032', '1 bis', { kind: 'paragraph', under: true }],
  ] as const)('a paragraph proposed behind “%s” stands behind the table', (words, label, block) => {
    const { od, ...room } = new Grids()
    const paragraph = paragraphsInOrder(od).find(({ id }) => baseTextOf(od, id)!.toJSON() === words)!.id
    const id = newProposalId(room.bytes)
    const head = {
      kind: 'paragraph',
      by: ken.participant!,
      person: '',
      createdAt: 0,
      paragraph,
      quote: '',
      ...(block && { block }),
    } as const
    od.doc.transact(() => {
      addProposal(od, id, head, { kind: 'after', paragraph }, 'We add.')
      followUp(od, { created: [id], anchored: [id], revived: [] })
    })
    expect(written(recordGet(od, `label/${id}`)?.label ?? null)).toBe(label)
    expect(writeText(od)).toMatch(/\|\n\n\d bis\. \[We add\./u)
  })

  test('a private draft that was put into a table, or behind a footnote, is tabled behind the table, or behind the text', () => {
    const room = new Grids()
    const { od } = room
    const note = room.at('We rest.')
    od.paragraphs.get(note)!.set('kind', 'note')
    const tabled = (paragraph: ParagraphId): unknown => {
      const id = newProposalId(room.bytes)
      const by = ken.participant!
      const head = { kind: 'paragraph', by, person: '', createdAt: 0, paragraph, quote: '' } as const
      const anchor = { kind: 'after', paragraph } as const
      const draft = { id, head, anchor, pieces: [{ insert: 'We add.' }], within: null }
      const executing = { od, actor: ken, now: room.now, sequence: 2, drafts: [draft] }
      execute(executing, { kind: 'drafts-table', space: by, drafts: [id] })
      return od.anchors.get(id)
    }
    expect(tabled(room.at('Velland'))).toEqual({ kind: 'after', paragraph: room.at('2032') })
    expect(tabled(room.at('Reeds by country'))).toEqual({ kind: 'after', paragraph: room.at('2032') })
    expect(tabled(note)).toEqual({ kind: 'after', paragraph: room.at('b') })
    expect(tabled(room.at('We count.'))).toEqual({ kind: 'after', paragraph: room.at('We count.') })
  })
})

describe('26.3 rows and tables', () => {
  test('a row is deleted with its first cell; taken back, it stands again; a revision counts the rows that are left', () => {
    const grids = new Grids()
    const before = describeDocument(grids.od)
    const deletion: ParagraphChange = {
      kind: 'delete-paragraph',
      paragraph: grids.at('Velland'),
      below: true,
    }
    const proposal = grids.accept(deletion)
    expect(exportJson(grids.od).paragraphs.filter(({ vacant }) => vacant)).toHaveLength(3)
    expect(grids.refusal(chair, { kind: 'decision-undo', proposal })).toBeNull()
    expect(grids.refusal(ken, { kind: 'proposal-withdraw', proposal })).toBeNull()
    expect(describeDocument(grids.od)).toEqual(before)
    grids.accept(deletion)
    expect(grids.refusal(chair, { kind: 'revision-issue', note: '' })).toBeNull()
    expect(grids.labelOf('Orrin')).toBe('Table 1, row 2, column 1')
    expect(grids.labelOf('b')).toBe('Table 2, row 1, column 2')
    expect(grids.labelOf('We rest.')).toBe('3')
    expect(writeText(grids.od, 'base')).toContain(
      '| Country | Reeds | Year |\n| ------- | ----- | ---- |\n| Orrin   |       | 2032 |',
    )
  })

  test('a table is deleted with its caption, or with the paragraph that it stands below; the next one takes its number', () => {
    const grids = new Grids()
    grids.accept({ kind: 'delete-paragraph', paragraph: grids.at('Reeds by country'), below: true })
    expect(grids.refusal(chair, { kind: 'revision-issue', note: '' })).toBeNull()
    expect(writeText(grids.od, 'base')).not.toContain('Velland')
    expect(grids.labelOf('b')).toBe('Table 1, row 1, column 2')
    const other = new Grids()
    other.accept({ kind: 'delete-paragraph', paragraph: other.at('We plant as follows:'), below: true })
    expect(writeText(other.od, 'base')).not.toContain('Velland')
  })

  test('a table moves with the paragraph that it stands below, and stays the same table', () => {
    const grids = new Grids()
    grids.accept({
      kind: 'move',
      paragraph: grids.at('We plant as follows:'),
      after: grids.at('We rest.'),
      below: true,
    })
    expect(grids.labelOf('200')).toBe('Table 1, row 2, column 2')
    expect(writeText(grids.od, 'base')).toMatch(
      /We rest\.\n\n[^|\n]+We plant as follows:\n\n {4}Table 1\. Reeds by country\n\n\| Country/u,
    )
  })
})

test('26.6 the export of a document with tables is read again the same, with brackets, strokes and backslashes in its cells', () => {
  const grids = new Grids()
  const cell = grids.at('200')
  grids.od.doc.transact(() => baseTextOf(grids.od, cell)!.insert(3, String.raw` | a\| [b]`))
  const head = {
    kind: 'text',
    by: ken.participant!,
    person: '',
    createdAt: 0,
    paragraph: grids.at(''),
    quote: '',
  } as const
  const anchor = { kind: 'point', host: grids.at(''), paragraph: grids.at(''), at: null } as const
  grids.od.doc.transact(() => addProposal(grids.od, newProposalId(grids.bytes), head, anchor, 'some | more'))
  const paragraph = grids.at('Velland')
  expect(grids.asked({ kind: 'delete-paragraph', paragraph, below: true })).toBeNull()
  const exported = writeTextExport(grids.od, 'all', 0)
  expect(exported).toContain(String.raw`some \| more – KEN`)
  const again = new Table(accepted(exported).draft)
  expect(describeDocument(again.od), exported).toEqual(describeDocument(grids.od))
})
