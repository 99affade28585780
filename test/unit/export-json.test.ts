import { expect, it } from 'vitest'
import { exportJson } from '#shared/document/export-json.ts'
import { chair, delegation, participant, Table } from '#test/kit/commanding.ts'

const [ken, nor, jpn] = ['KEN', 'NOR', 'JPN'].map(delegation) as [
  ReturnType<typeof delegation>,
  ReturnType<typeof delegation>,
  ReturnType<typeof delegation>,
]

it('3.1 3.4 3.6 13.4 an export says whose a proposal is, who stands beside it, and what the others say', () => {
  const table = new Table()
  const proposal = table.propose(ken, 'and water')
  table.run(nor, { kind: 'proposal-sponsor', proposal, stance: 'cosponsor' })
  table.run(jpn, { kind: 'position-take', on: proposal, position: 'reserve' })
  table.run(jpn, { kind: 'position-take', on: proposal, position: null })
  table.run(chair, {
    kind: 'position-take',
    on: proposal,
    position: 'oppose',
    onBehalfOf: participant('MEX'),
  })
  table.run(ken, { kind: 'proposal-condition', proposal, condition: { text: '3 bis stays', on: null } })
  const [open] = exportJson(table.od).paragraphs.flatMap(({ proposals = [] }) => proposals)
  expect(open).toMatchObject({
    by: 'KEN',
    cosponsors: ['NOR'],
    dissociated: [],
    positions: [{ by: 'MEX', position: 'oppose' }],
    condition: '3 bis stays',
  })
  expect(open).not.toHaveProperty('madeBy')
})

it('1.5 3.5 13.4 an export names the proponent now, who made the proposal, and who wrote it down', () => {
  const table = new Table()
  const proposal = table.propose(ken, 'and water')
  table.run(nor, { kind: 'proposal-sponsor', proposal, stance: 'cosponsor' })
  table.run(ken, { kind: 'proposal-withdraw', proposal })
  table.run(chair, { kind: 'proposal-take-over', proposal, onBehalfOf: participant('NOR') })
  table.run(chair, { kind: 'proposal-accept', proposal })
  expect(exportJson(table.od).decided).toMatchObject([
    { by: 'NOR', madeBy: 'KEN', via: 'Co-Facilitators', disposition: 'accepted', cosponsors: [] },
  ])
})
