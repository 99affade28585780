import { expect, test } from 'vitest'
import { sectionCounts } from '#client/ui/outline/sections.ts'
import { block } from './ui-board.ts'

const paragraph = (n: number) => `p${String(n).padStart(16, '0')}`
const proposal = (n: number) => `q${String(n).padStart(16, '0')}`
const agreed = { status: 'agreed', pending: [], placement: false } as const
const agree = (id: string) => ({
  ...block({ id }),
  status: { ...agreed, by: 'X', person: '', at: 1, earlier: [] } as never,
})
const heading = (id: string, level: number) => ({ ...block({ id }), kind: 'heading' as const, level })

test('19.17 each heading counts the paragraphs below it and its subheadings, agreed ones apart, without empty numbers and proposed ones', () => {
  const blocks = [
    heading(paragraph(1), 0),
    agree(paragraph(2)),
    heading(paragraph(3), 1),
    { ...block({ id: paragraph(4) }), open: 2 },
    { ...block({ id: paragraph(5) }), vacant: true },
    block({ id: proposal(6) }),
    heading(paragraph(7), 0),
    heading(paragraph(8), 1),
    agree(paragraph(9)),
  ]
  expect([...sectionCounts(blocks)]).toEqual([
    [paragraph(1), { agreed: 1, all: 2, open: 2 }],
    [paragraph(3), { agreed: 0, all: 1, open: 2 }],
    [paragraph(7), { agreed: 1, all: 1, open: 0 }],
    [paragraph(8), { agreed: 1, all: 1, open: 0 }],
  ])
})
