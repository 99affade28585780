import { expect, it } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { formatLabel } from '#shared/model/label.ts'
import { compareLabels } from '#test/kit/labels.ts'
import type { Label } from '#shared/model/label.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { addProposal } from '#shared/document/schema.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'

const ken = delegation('KEN')

/** As a delegation's editor proposes it. */
function proposeParagraph(table: Table, index: number) {
  const id = newProposalId(table.bytes)
  const paragraph = table.paragraph(index)
  const by = ken.participant!
  const head = { kind: 'paragraph', by, person: '', createdAt: table.now++, paragraph, quote: '' } as const
  table.od.doc.transact(() => {
    addProposal(table.od, id, head, { kind: 'after', paragraph }, 'We add.')
    followUp(table.od, { created: [id], anchored: [id], revived: [] })
  })
  return id
}

/** As the text is shown, from its beginning to its end. */
function shown(table: Table): string[] {
  const projection = new Projection(table.od)
  const labels = projection.blocks().flatMap(({ label }) => (label === '' ? [] : [label]))
  projection.destroy()
  return labels
}

function places({ od }: Table): Label[] {
  const numbered = paragraphsInOrder(od).flatMap(({ label, order }) => (label ? [{ label, order }] : []))
  const proposed = [...od.proposals.keys()].flatMap((id) => recordGet(od, `label/${id}`) ?? [])
  return [...numbered, ...proposed]
    .filter(({ order }, i, all) => all.findIndex((other) => other.order === order) === i)
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .flatMap(({ label }) => label ?? [])
}

function expectInOrder(table: Table): void {
  const labels = shown(table)
  expect(new Set(labels).size).toBe(labels.length)
  const all = places(table)
  for (const [i, label] of all.entries())
    if (i > 0) expect(compareLabels(all[i - 1]!, label), formatLabel(label)).toBeLessThan(0)
}

it('2.2 2.3 8.1 numbers stay apart and in order beyond all Latin, and through revisions', () => {
  const table = new Table(3)
  for (let round = 0; round < 3; round++) {
    const made = Array.from({ length: 40 }, () => proposeParagraph(table, 1))
    const paragraph = table.paragraph(1)
    for (let i = 0; i < 12; i++) {
      const change = { kind: 'alternative', paragraph, text: 'Another.' } as const
      const proposal = newProposalId(table.bytes)
      expect(table.refusal(ken, { kind: 'paragraph-propose', proposal, change })).toBeNull()
    }
    expectInOrder(table)
    for (const proposal of made.slice(0, 20))
      expect(table.refusal(chair, { kind: 'proposal-accept', proposal })).toBeNull()
    for (const proposal of made.slice(0, 5))
      expect(table.refusal(chair, { kind: 'decision-undo', proposal })).toBeNull()
    expectInOrder(table)
    expect(table.refusal(chair, { kind: 'revision-issue', note: '' })).toBeNull()
    expectInOrder(table)
  }
  expect(shown(table)).toContain('2 alt 36')
})
