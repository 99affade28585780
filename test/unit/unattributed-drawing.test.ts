import { expect, test } from 'vitest'
import { Drawer } from '#client/editor/draw/draw.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { addProposal } from '#shared/document/schema.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { Table } from '#test/kit/commanding.ts'

const ALIASES = ['Delegation-00000001', 'Delegation-vvvvvvvv'] as ParticipantId[]

test('11.4 brackets under aliases are drawn alike: nothing in the drawing names one or tells two apart', () => {
  const table = new Table(2)
  const { od } = table
  const paragraph = table.paragraph(0)
  for (const by of ALIASES) {
    const head = { kind: 'text', by, person: '', createdAt: table.now, paragraph, quote: '' } as const
    const words = anchorAt(od, paragraph, paragraph, 0, 4)
    addProposal(od, newProposalId(table.bytes), head, words, 'other')
    const made = { ...head, kind: 'paragraph' } as const
    addProposal(od, newProposalId(table.bytes), made, { kind: 'after', paragraph }, 'A new one.')
  }
  const projection = new Projection(od)
  const drawn = JSON.stringify(new Drawer(projection, null).document().toJSON())
  projection.destroy()
  expect(drawn).not.toContain('Delegation-')
  expect([...drawn.matchAll(/"by":"([^"]*)"/g)].map((match) => match[1]).filter(Boolean)).toContain('?')
  expect(new Set([...drawn.matchAll(/"by":"([^"]+)"/g)].map((match) => match[1]))).toEqual(new Set(['?']))
})
