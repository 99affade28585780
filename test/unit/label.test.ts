import { expect, it, test } from 'vitest'
import * as Y from 'yjs'
import { issueAlternative, issueFirst, issueLabel } from '#shared/document/issue/numbering.ts'
import { addParagraph, openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import { formatLabel, formatStep } from '#shared/model/label.ts'
import { createDocument } from '#shared/document/create.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import { Random } from '#test/kit/random.ts'
import { compareLabels, written } from '#test/kit/labels.ts'

test('2.2 labels are written as in documents', () => {
  const labels = [0, 1, 2, 3, 4].map((suffix) => formatLabel({ number: 3, suffix }))
  expect(labels).toEqual(['3', '3 bis', '3 ter', '3 quater', '3 quinquies'])
  expect(formatLabel({ number: 3, suffix: 1, alt: 2, series: 'PP' })).toBe('PP3 bis alt 2')
})

test('2.2 their order: alternatives behind their number, preambular before operative', () => {
  const labels: Label[] = [
    { number: 4, suffix: 0 },
    { number: 3, suffix: 2 },
    { number: 3, suffix: 1, alt: 1 },
    { number: 3, suffix: 0, alt: 2 },
    { number: 3, suffix: 0 },
    { number: 3, suffix: 1 },
    { number: 3, suffix: 0, alt: 1 },
  ]
  expect(labels.sort(compareLabels).map(formatLabel)).toEqual([
    '3',
    '3 alt',
    '3 alt 2',
    '3 bis',
    '3 bis alt',
    '3 ter',
    '4',
  ])
  const series: Label[] = [
    { number: 1, suffix: 0, series: 'OP' },
    { number: 9, suffix: 0, series: 'PP' },
  ]
  expect(series.sort(compareLabels).map(formatLabel)).toEqual(['PP9', 'OP1'])
})

/** Paragraphs with these labels; null: a heading. */
function numbered(labels: readonly (Label | null)[]) {
  const od = openDocument(new Y.Doc())
  const ids = labels.map((_, i) => `p${String(i).padStart(16, '0')}` as ParagraphId)
  for (const [i, label] of labels.entries()) {
    const kind = label ? 'paragraph' : 'heading'
    addParagraph(od, { id: ids[i]!, kind, order: `a${i}`, label }, 'words')
  }
  return { od, ids }
}

it('2.2 a resolution has two series of numbers, and each its own suffixes', () => {
  const { od, ids } = numbered([
    { number: 1, suffix: 0, series: 'PP' },
    { number: 1, suffix: 0, series: 'OP' },
  ])
  expect(written(issueLabel(od, ids[0]!).label)).toBe('PP1 bis')
  expect(written(issueLabel(od, ids[1]!).label)).toBe('OP1 bis')
  expect(written(issueFirst(od).label)).toBe('PP0')
  expect(written(issueAlternative(od, ids[1]!)!.label)).toBe('OP1 alt')
})

it('2.2 numbers stay in order across a heading', () => {
  const { od, ids } = numbered([{ number: 1, suffix: 0 }, null, { number: 2, suffix: 0 }])
  const add = (id: string, after: ParagraphId) =>
    addParagraph(
      od,
      { id: id.padEnd(17, '0') as ParagraphId, kind: 'paragraph', ...issueLabel(od, after) },
      '',
    )
  add('px', ids[1]!)
  add('py', ids[0]!)
  expect(issueAlternative(od, ids[1]!)).toBeNull()
  expect(paragraphsInOrder(od).map(({ label }) => label && formatLabel(label))).toEqual([
    '1',
    null,
    '1 bis',
    '1 ter',
    '2',
  ])
})

const article: Label = { division: 'article', number: 9, suffix: 0 }
const second: Label = { number: 2, suffix: 0, within: article }
const letter: Label = { style: 'letter', number: 1, suffix: 0, within: second }

test.each<[Label, string, string]>([
  [article, 'Article 9', 'Article 9'],
  [second, '2', 'Article 9, paragraph 2'],
  [letter, '(a)', 'Article 9, paragraph 2 (a)'],
  [
    { style: 'roman', number: 2, suffix: 1, within: letter },
    '(ii) bis',
    'Article 9, paragraph 2 (a) (ii) bis',
  ],
  [{ ...letter, within: { number: 2, suffix: 1 }, alt: 1 }, '(a) alt', '2 bis (a) alt'],
  [{ ...letter, within: article }, '(a)', 'Article 9 (a)'],
  [
    { ...article, within: { division: 'part', style: 'upper-roman', number: 3, suffix: 0 } },
    'Article 9',
    'Part III, Article 9',
  ],
  [{ style: 'dotted', number: 2, suffix: 0, within: article }, '9.2', 'Article 9, paragraph 9.2'],
  [{ style: 'upper-letter', number: 28, suffix: 0 }, 'BB', 'BB'],
  [{ style: 'cyrillic', number: 7, suffix: 1 }, 'ж) bis', 'ж) bis'],
  [{ style: 'arabic', number: 3, suffix: 0 }, '(ج)', '(ج)'],
  [{ style: 'han', number: 21, suffix: 0 }, '二十一', '二十一'],
  [{ series: 'PP', number: 3, suffix: 0, within: article }, 'PP3', 'Article 9, PP3'],
])('19.2 %j stands at its paragraph as %s and is referred to as %s', (label, step, full) => {
  expect(formatStep(label)).toBe(step)
  expect(formatLabel(label)).toBe(full)
})

test('19.2 a dotted label repeats the numbers that it is within', () => {
  const first: Label = { number: 1, suffix: 0 }
  const below: Label = { style: 'dotted', number: 2, suffix: 1, within: first }
  const deepest: Label = { style: 'dotted', number: 1, suffix: 0, within: below }
  expect([below, deepest].map(formatStep)).toEqual(['1.2 bis', '1.2 bis.1'])
  expect(formatLabel(deepest)).toBe('1.2 bis.1')
})

test('19.1 an imported outline is kept: levels, and labels as paths; the level of old documents is 0', () => {
  const od = openDocument(new Y.Doc())
  const blocks: ImportedBlock[] = [
    { kind: 'heading', label: article, level: 1, text: 'Purpose' },
    { kind: 'paragraph', label: second, level: 0, text: 'States shall:' },
    { kind: 'paragraph', label: letter, level: 1, text: 'Meet.' },
    { kind: 'paragraph', label: null, level: 2, text: 'in spring' },
  ]
  const random = new Random(1)
  createDocument(od, { title: 'Draft', front: [], blocks }, (length) => random.bytes(length), 0)
  const kept = openDocument(new Y.Doc())
  Y.applyUpdate(kept.doc, Y.encodeStateAsUpdate(od.doc))
  const facts = paragraphsInOrder(kept)
  expect(facts.map(({ kind, label, level }) => ({ kind, label, level }))).toEqual(
    blocks.map(({ kind, label, level }) => ({ kind, label, level })),
  )
  expect(facts.map(({ id }) => od.paragraphs.get(id)!.has('level'))).toEqual([true, false, true, true])
})
