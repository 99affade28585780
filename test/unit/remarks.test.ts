import { describe, expect, it } from 'vitest'
import { recordGet } from '#shared/document/records.ts'
import { lastSilence } from '#shared/document/issue/silence.ts'
import type { Actor } from '#shared/model/participant.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'

const [ken, nor] = ['KEN', 'NOR'].map(delegation) as [Actor, Actor]

/** What stands in a bracket, in a list or on record must not pass for something that the room said. */
describe('13.3 what is said beside the text', () => {
  it.each([
    'agreed] [clean water – NOR',
    'agreed; NOR delete',
    'agreed – NOR',
    'agreed / other words',
    'agreed ［NOR］',
  ])('3.6 no condition imitates what stands around it in the bracket: %j', (text) => {
    const table = new Table()
    const proposal = table.propose(ken, 'and water')
    const command = { kind: 'proposal-condition', proposal, condition: { text, on: null } } as const
    expect(table.refusal(ken, command)).toBe('invalid-text')
  })

  it.each(['agreed\nor not', 'agreed\u202e ylno', 'agreed\u2067'])(
    '3.6 a condition is one line, read in its order: %j',
    (text) => {
      const table = new Table()
      const proposal = table.propose(ken, 'and water')
      const command = { kind: 'proposal-condition', proposal, condition: { text, on: null } } as const
      expect(table.refusal(ken, command)).toBe('forbidden-character')
    },
  )

  it('3.6 a condition is as long as a bracket bears', () => {
    const table = new Table()
    const proposal = table.propose(ken, 'and water')
    const asked = (text: string) =>
      ({ kind: 'proposal-condition', proposal, condition: { text, on: null } }) as const
    expect(table.refusal(ken, asked('x'.repeat(301)))).toBe('invalid-text')
    expect(
      table.refusal(
        ken,
        asked('PP3 bis is accommodated (or its follow-up), and/or 7 – 9'.replace(' – ', '–')),
      ),
    ).toBeNull()
  })

  it('6.7 7.4 8.1 a reason and a cover note hold no control characters', () => {
    const table = new Table()
    const proposal = table.propose(ken, 'and water')
    table.run(chair, { kind: 'proposal-not-retain', proposal })
    expect(table.refusal(chair, { kind: 'decision-undo', proposal, reason: 'bad\u0000' })).toBe(
      'forbidden-character',
    )
    const paragraph = table.paragraph(1)
    table.run(chair, { kind: 'paragraph-status', paragraph, status: 'agreed' })
    const reopen = { kind: 'paragraph-status', paragraph, status: 'open' } as const
    expect(table.refusal(chair, { ...reopen, reason: 'bad\u001b[2J' })).toBe('forbidden-character')
    expect(table.refusal(chair, { ...reopen, reason: 'two\nlines' })).toBeNull()
    expect(table.refusal(chair, { kind: 'revision-issue', note: 'bad\u2028' })).toBe('forbidden-character')
    expect(table.refusal(chair, { kind: 'revision-issue', note: '' })).toBeNull()
  })

  it('6.10 a title turns no direction', () => {
    const table = new Table()
    const open = { kind: 'meeting-open', meeting: table.newMeeting(), agenda: [] } as const
    expect(table.refusal(chair, { ...open, title: 'Fifth \u202elamrofni' })).toBe('forbidden-character')
    expect(table.refusal(chair, { ...open, title: 'Fifth informal' })).toBeNull()
  })
})

const silent = () => {
  const table = new Table()
  table.run(chair, { kind: 'revision-issue', note: '' })
  const deadline = table.now + 1000
  const place = { kind: 'silence-place', revision: 1, deadline, zone: 'Africa/Nairobi', note: '' } as const
  expect(table.refusal(chair, place)).toBeNull()
  return table
}
const breakOn = (paragraphs: ReturnType<Table['paragraph']>[]) =>
  ({ kind: 'silence-break', paragraphs, objection: 'No.', text: '' }) as const

describe('silence, once more', () => {
  it('9.3 the same delegation objects to a paragraph once', () => {
    const table = silent()
    const [a, b] = [table.paragraph(0), table.paragraph(1)]
    expect(table.refusal(ken, breakOn([a]))).toBeNull()
    expect(table.refusal(ken, breakOn([a]))).toBe('nothing-changed')
    expect(table.refusal(ken, breakOn([b]))).toBeNull()
    expect(table.refusal(nor, breakOn([a]))).toBeNull()
    expect(lastSilence(table.od)!.breaks).toHaveLength(3)
  })

  it('9.1 the text that is placed under silence is the last that was issued', () => {
    const table = new Table()
    table.run(chair, { kind: 'revision-issue', note: '' })
    table.run(chair, { kind: 'revision-issue', note: '' })
    const place = {
      kind: 'silence-place',
      deadline: table.now + 1000,
      zone: 'Africa/Nairobi',
      note: '',
    } as const
    expect(table.refusal(chair, { ...place, revision: 1 })).toBe('no-such-revision')
    expect(table.refusal(chair, { ...place, revision: 2 })).toBeNull()
    expect(recordGet(table.od, 'silence/1')).toMatchObject({ revision: 2, state: 'running' })
  })
})
