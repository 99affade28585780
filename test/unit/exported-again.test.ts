import { describe, expect, test } from 'vitest'
import { writeTextExport } from '#shared/formats/text/write-text.ts'
import { openText, readOpened } from '#shared/formats/text/read-text.ts'
import type { ReadOptions } from '#shared/formats/text/read-text.ts'
import type { ImportedBlock, ImportedDraft } from '#shared/model/import.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'
import { accepted, utf8 } from '#test/kit/imported.ts'
import { describeDocument } from '#test/kit/same-document.ts'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import { noteBehind } from '#test/kit/footnotes.ts'
import { asked, numbered } from '#test/kit/paragraphs.ts'
import { nor, scene } from '#test/kit/scene.ts'
import { article, heading, ken, plain, text, Treaty } from '#test/kit/treaty.ts'

const exportOf = ({ od }: Table): string => writeTextExport(od, 'all', Date.UTC(2026, 5, 9, 14, 5))

function readAgain(written: string, options?: ReadOptions) {
  const result = openText(utf8(written))
  const read = result.ok ? readOpened(result.opened, options) : result
  if (!read.ok) throw new Error(read.message)
  return read
}

/** Sees that the export of a document makes the same document. Returns the text without its last lines. */
function expectSame(table: Table): string {
  const written = exportOf(table)
  const read = readAgain(written)
  expect(describeDocument(new Table(read.draft).od), written).toEqual(describeDocument(table.od))
  expect(read.warnings).toEqual([])
  return written.slice(0, written.indexOf('To read this text back'))
}

const readAs = (written: string): string[] => describeDocument(new Table(readAgain(written).draft).od)

const note = (number: number, words: string): ImportedBlock => ({
  kind: 'note',
  label: { number, suffix: 0, series: 'note' },
  level: 0,
  text: words,
})

const draft = (source: string): Table => new Table(accepted(source).draft)

describe('21.10 what an export says is read again:', () => {
  test('proposed headings and divisions, and what is proposed below them', () => {
    const treaty = new Treaty()
    const paragraph = treaty.at('guard them')
    treaty.ask({ kind: 'paragraph', paragraph, block: { kind: 'heading', level: 1 }, text: 'Lakes' })
    const block = { kind: 'heading', level: 0, division: 'article' } as const
    treaty.ask({ kind: 'paragraph', paragraph: treaty.at('Reports'), block, text: 'Rivers [sic]' })
    treaty.ask({
      kind: 'paragraph',
      paragraph: treaty.at('Means are'),
      block: { kind: 'paragraph', under: true },
      text: 'by all',
    })
    const written = expectSame(treaty)
    expect(written).toContain('Article 2 bis\n[Rivers ［sic］ – KEN]')
    const again = new Table(accepted(exportOf(treaty)).draft)
    expect(describeDocument(again.od).filter((line) => /^heading .* proposed/u.test(line))).toHaveLength(2)
  })

  test.each([
    ['full-width signs', 'We plant ［tall］ reeds and／or ／ rushes [sic].'],
    ['words that read as marks', 'We meet. Agreed ad ref'],
    ['a word that reads as an empty number', 'Deleted.'],
    ['words that read as a position', 'We rest […].'],
    ['double spaces', 'We plant  tall   reeds.'],
    ['a number at the start', '3. is the number.'],
    ['superscript digits', 'We plant 30 m² or 40 m¹ of reeds.'],
    ['stars, lines and backslashes', String.raw`We *plant* _tall_ \* reeds \ .`],
    ['a no-break space', '\u00a0We plant\u00a0'],
    ['Chinese', '我们种植［高］芦苇，和／或 ／ 灯心草。'],
    ['Arabic', 'نزرع القصب [الطويل] على الضفاف.'],
  ])('%s, in the text and in a bracket', (_, words) => {
    const table = new Table({ title: 'On reeds', front: [], blocks: [text(plain(1), 0, words)] })
    table.propose(ken, words)
    expectSame(table)
  })

  test('emphasis, within words and brackets too, and the marks of footnotes among digits that read as marks', () => {
    const words = 'We plant [tall – KEN] reeds of 30 m², which grow_and * grow.'
    const em = (from: string, format: 'em' | 'strong' = 'em') => {
      const at = words.indexOf(from)
      return { from: at, to: at + from.length, format }
    }
    const paragraph = {
      ...text(plain(1), 0, words),
      formats: [em('We'), em('tall', 'strong'), em('hich grow', 'strong'), em('row_and')],
      notes: [
        { at: words.indexOf(',') + 1, note: 0, printed: '' },
        { at: words.indexOf(' grow_'), note: 1, printed: '' },
      ],
    }
    const blocks = [paragraph, note(1, 'Or [ten – JPN].'), note(2, 'See below.')]
    const { draft: bracketed } = accepted('1. We plant [tall – KEN] reeds of 30 m², which grow_and * grow.')
    const first = { ...paragraph, bracketed: bracketed.blocks[0]!.bracketed! }
    const written = expectSame(
      new Table({ title: 'On reeds', front: [], blocks: [first, ...blocks.slice(1)] }),
    )
    expect(written).toContain(
      '*We* plant [**tall** – KEN] reeds of 30 m²,¹ w**hich² g*row**\\_and* \\* grow.',
    )
  })

  test('footnotes that are proposed, or asked to be deleted', () => {
    const { room } = scene('We plant reeds¹ and² rest.', 'We rest.', '¹ In spring.', '² At night.')
    asked(room, noteBehind(room, numbered(room, '1'), 'rest', 'At noon [sic].'))
    asked(room, noteBehind(room, numbered(room, '1'), 'and', 'Or not.'))
    asked(room, noteBehind(room, numbered(room, '2'), 'We', 'All.'), nor.actor)
    const first = paragraphsInOrder(room.od).find(({ kind }) => kind === 'note')!.id
    asked(room, { kind: 'delete-paragraph', paragraph: first })
    const written = writeTextExport(room.od, 'all', 0)
    expect(written).toContain('reeds[¹ – KEN delete] and[²ᵇⁱˢ – KEN]² rest[³ – KEN].')
    expect(describeDocument(new Table(accepted(written).draft).od), written).toEqual(
      describeDocument(room.od),
    )
  })

  test('items of lists with and without dashes of their own, paragraphs without words, headings that are left out in print', () => {
    const label = { division: 'section', number: 1, suffix: 0, unprinted: true } as const
    const blocks: ImportedDraft['blocks'] = [
      { kind: 'heading', label, level: 0, text: 'Reeds' },
      text(plain(1, label), 0, 'We plant:'),
      text(null, 1, '– tall reeds'),
      text(null, 1, 'short reeds'),
      text(null, 0, ''),
      { kind: 'heading', label: { ...label, number: 2 }, level: 0, text: 'Rushes' },
      text(plain(1, { ...label, number: 2 }), 0, 'We wait.'),
      text({ ...plain(0), style: 'letter', within: plain(1, label) }, 1, 'First.'),
    ]
    const table = new Table({ title: 'On reeds', front: ['A letter.\nOf two lines.'], blocks })
    expectSame(table)
    expect(readAgain(exportOf(table)).draft.front).toEqual(['A letter.\nOf two lines.'])
  })

  test('a title that is none of the headings, and one that is two of them', () => {
    const blocks = [text(plain(1), 0, 'We plant.')]
    expectSame(new Table({ title: 'On ［reeds］', front: [], blocks }))
    const headed = [heading(null, 'Outcome'), heading(null, 'On reeds'), ...blocks]
    expectSame(new Table({ title: 'Outcome – On reeds', front: [], blocks: headed }))
    expectSame(new Table({ title: '', front: [], blocks }))
  })
})

const DRAFT = `On reeds

1. We plant [tall – KEN; EU delete] reeds where the water is shallow enough for all of them to stand.

2. We guard them:

(a) at night

(b) [by day – EU]

3. We rest. (Agreed)
`

describe('21.11 an export that was changed on its way', () => {
  const table = draft(DRAFT)
  const written = exportOf(table)
  const same = describeDocument(table.od)

  test.each([
    ['line ends of Windows', written.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${written}`],
    ['quoted', written.replaceAll(/^/gmu, '> ')],
    ['quoted twice', written.replaceAll(/^/gmu, '>> ')],
    ['wrapped at 60', written.replaceAll(/(?<=.{40,60}) (?=\S)/gu, '\n')],
    ['with spaces at line ends', written.replaceAll(/$/gmu, '  ')],
    ['more blank lines', written.replaceAll('\n\n', '\n\n\n')],
    ['without the line about its time', written.replace(/^As at.*\n\n/mu, '')],
  ])('%s is the same', (_, changed) => {
    expect(readAs(changed)).toEqual(same)
    expect(readAgain(changed).warnings).toEqual([])
  })

  test('in an answer to a mail keeps what stands above it as front matter', () => {
    const answer = `Dear all,\n\nthis is fine.\n\nOn 9 June they wrote:\n${written.replaceAll(/^/gmu, '> ')}\nRegards\n`
    const { draft: again, furniture } = readAgain(answer)
    expect(describeDocument(new Table(again).od)).toEqual(same)
    expect(again.front).toEqual(['Dear all,', 'this is fine.', 'On 9 June they wrote:'])
    expect(furniture.map((line) => line.text)).toContain('Regards')
  })

  test('a changed word stays in its place, and is named', () => {
    const changed = written.replace('at night', 'at dawn').replace('[by day', '[all day')
    expect(readAs(changed)).toEqual(
      same.map((line) => line.replace('at night', 'at dawn').replace('by day', 'all day')),
    )
    expect(readAgain(changed).remarks).toEqual([
      'Paragraphs were changed since the text was exported: those on lines 9, 11.',
    ])
  })

  test.each([
    ['a new paragraph', written.replace('3. We rest', '3. We sleep.\n\n4. We rest')],
    ['another number', written.replace('3. We rest', '4. We rest')],
    ['one that was taken out', written.replace('2. We guard them:\n\n', '')],
  ])('%s makes it a text like any other', (_, changed) => {
    const { remarks, draft: again } = readAgain(changed)
    expect(remarks.join()).toContain('It was read as any other text.')
    expect(again.blocks.some(({ bracketed }) => bracketed?.status?.status === 'agreed')).toBe(true)
  })
})

describe('21.12 corrections of an export', () => {
  const treaty = new Treaty()
  treaty.propose(delegation('JPN'), 'always ', 0)
  treaty.ask({
    kind: 'paragraph',
    paragraph: treaty.at('guard them'),
    block: { kind: 'heading', level: 1 },
    text: 'Lakes',
  })
  treaty.run(chair, { kind: 'paragraph-status', paragraph: treaty.at('Reports'), status: 'agreed' })
  const written = exportOf(treaty)
  const before = describeDocument(treaty.od)

  test('what is shown is what is made', () => {
    const { pieces, draft: made } = readAgain(written)
    expect(pieces.map(({ block, kind }) => [kind, block?.label ?? null, block?.level])).toEqual(
      made.blocks.map(({ kind, label, level }) => [kind, label, level]),
    )
    expect(pieces.every(({ confidence, doubts }) => confidence === 1 && doubts.length === 0)).toBe(true)
  })

  test('an answer changes its own piece alone', () => {
    const at = written.split('\n').findIndex((line) => line.includes('in lakes')) + 1
    const { draft: made } = readAgain(written, { answers: [{ at, is: 'heading', level: 1 }] })
    const after = describeDocument(new Table(made).od)
    const changed = after.filter((line) => !before.includes(line))
    expect(changed).toHaveLength(1)
    expect(changed[0]).toContain('heading 1 -')
    expect(after).toHaveLength(before.length)
  })

  test('a label that is given counts below its division', () => {
    const at = written.split('\n').findIndex((line) => line.includes('Reports are')) + 1
    const { draft: made } = readAgain(written, { answers: [{ at, label: '4' }] })
    expect(made.blocks.at(-1)?.label).toEqual(plain(4, article(2)))
  })
})
