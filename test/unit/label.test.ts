import { expect, it, test } from 'vitest'
import * as Y from 'yjs'
import { issueAlternative, issueFirst, issueLabel } from '#shared/document/issue/numbering.ts'
import { addParagraph, openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import { formatLabel } from '#shared/model/label.ts'
import { compareLabels } from '#test/kit/labels.ts'

test('2.2 labels are written as in documents', () => {
  const written = [0, 1, 2, 3, 4].map((suffix) => formatLabel({ number: 3, suffix }))
  expect(written).toEqual(['3', '3 bis', '3 ter', '3 quater', '3 quinquies'])
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
  expect(formatLabel(issueLabel(od, ids[0]!).label)).toBe('PP1 bis')
  expect(formatLabel(issueLabel(od, ids[1]!).label)).toBe('OP1 bis')
  expect(formatLabel(issueFirst(od).label)).toBe('PP0')
  expect(formatLabel(issueAlternative(od, ids[1]!)!.label)).toBe('OP1 alt')
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
