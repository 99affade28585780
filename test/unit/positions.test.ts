import { describe, expect, it } from 'vitest'
import { otherPositions, supportersOf } from '#shared/document/composition/names.ts'
import { decisionOf, headOf, proponentOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { shownWith, standingOf } from '#shared/document/standing.ts'
import { wordsOf } from '#shared/document/proposed-words.ts'
import { fingerprintOf } from '#shared/document/text/fingerprint.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newMeetingId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Position } from '#shared/model/proposals/position.ts'
import { chair, delegation, observer, participant, Table } from '#test/kit/commanding.ts'
import { leaveEmpty } from '#test/kit/paragraphs.ts'

const [ken, nor, jpn, g77] = ['KEN', 'NOR', 'JPN', 'G77'].map(delegation) as [Actor, Actor, Actor, Actor]
const NOWHERE = `q${'0'.repeat(16)}` as ProposalId

/** What stands in the bracket after the wording. */
function names(table: Table, id: ProposalId): string {
  const standing = shownWith(standingOf(table.od, id), wordsOf(table.od, id))
  return supportersOf(standing) + otherPositions(standing, 'delete')
}

const take = (on: ProposalId | ParagraphId, position: Position | null) =>
  ({ kind: 'position-take', on, position }) as const
const sponsor = (proposal: ProposalId, stance: 'cosponsor' | 'dissociate' | 'neither') =>
  ({ kind: 'proposal-sponsor', proposal, stance }) as const
const takeOver = (proposal: ProposalId) => ({ kind: 'proposal-take-over', proposal }) as const
const condition = (proposal: ProposalId, text: string | null, on: ProposalId | ParagraphId | null = null) =>
  ({ kind: 'proposal-condition', proposal, condition: text === null ? null : { text, on } }) as const

describe('taking a position', () => {
  it('3.1 has one position for each participant, and keeps what it was before', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(nor, take(id, 'oppose'))
    table.run(jpn, take(id, 'support'))
    table.now += 1000
    table.run(nor, take(id, 'reserve'))
    table.now += 1000
    table.run(nor, take(id, null))
    const [first, second, ...more] = recordGet(table.od, `positions/${id}`)!
    expect(more).toEqual([])
    expect(second).toMatchObject({ participant: 'JPN', position: 'support', earlier: [] })
    expect(first).toMatchObject({ participant: 'NOR', person: 'from NOR', position: null, at: table.now })
    const { wording } = second!
    expect(wording).toBeDefined()
    expect(first!.earlier).toEqual([
      { position: 'oppose', person: 'from NOR', at: table.now - 2000, wording },
      { position: 'reserve', person: 'from NOR', at: table.now - 1000, wording },
    ])
  })

  it('3.1 keeps the last fifty of them: whoever changes its mind all night makes nobody’s text heavy', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    for (let i = 0; i < 130; i++) table.run(nor, take(id, i % 2 === 0 ? 'oppose' : 'support'))
    const [entry] = recordGet(table.od, `positions/${id}`)!
    expect(entry).toMatchObject({ position: 'support' })
    expect(entry!.earlier).toHaveLength(50)
    expect(entry!.earlier.at(-1)).toMatchObject({ position: 'oppose' })
  })

  it('3.1 changes nothing when it is the position already', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    expect(table.run(nor, take(id, null))).toMatchObject({ ok: true })
    expect(table.changed).toBe(false)
    table.run(nor, take(id, 'flexible'))
    expect(table.run(nor, take(id, 'flexible'))).toMatchObject({ ok: true })
    expect(table.changed).toBe(false)
  })

  it('3.1 is for what is open: no decided proposal, no agreed or empty paragraph', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(nor, take(id, 'oppose'))
    table.run(chair, { kind: 'proposal-not-retain', proposal: id })
    expect(table.refusal(nor, take(id, 'support'))).toBe('already-decided')
    expect(table.refusal(nor, take(id, null))).toBe('already-decided')
    expect(table.refusal(nor, take(NOWHERE, 'support'))).toBe('no-such-proposal')
    const [first, second] = [table.paragraph(0), table.paragraph(1)]
    expect(table.refusal(nor, take(first, 'reserve'))).toBeNull()
    table.run(chair, { kind: 'paragraph-status', paragraph: first, status: 'agreed-ad-ref' })
    expect(table.refusal(nor, take(first, 'oppose'))).toBe('paragraph-agreed')
    leaveEmpty(table.od, second)
    expect(table.refusal(nor, take(second, 'oppose'))).toBe('gone')
    table.od.paragraphs.get(second)!.set('removed', true)
    expect(table.refusal(nor, take(second, 'oppose'))).toBe('no-such-paragraph')
    expect(table.refusal(nor, take(table.heading(), 'oppose'))).toBeNull()
  })

  it('3.2 is not for the proponent of the proposal; for its paragraph it is', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    for (const position of ['support', 'oppose', null] as const)
      expect(table.refusal(ken, take(id, position))).toBe('not-allowed')
    expect(table.refusal(ken, take(table.paragraph(0), 'reserve'))).toBeNull()
  })

  it('3.3 stands in the bracket', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(jpn, take(id, 'support'))
    table.run(nor, take(id, 'oppose'))
    table.run(delegation('CAN'), take(id, 'reserve'))
    table.run(delegation('MEX'), take(id, 'come-back'))
    table.run(delegation('IND'), take(id, 'flexible'))
    expect(names(table, id)).toBe('KEN, JPN; NOR delete; CAN reserve; MEX to come back')
  })

  it('1.5 is said by facilitators for a delegation, and both are recorded, also of what it was before', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(chair, { ...take(id, 'oppose'), onBehalfOf: participant('NOR') })
    const said = { participant: 'NOR', via: 'Co-Facilitators', person: 'fay', position: 'oppose' }
    expect(recordGet(table.od, `positions/${id}`)).toMatchObject([said])
    table.run(nor, take(id, 'flexible'))
    const [entry] = recordGet(table.od, `positions/${id}`)!
    expect(entry).toMatchObject({ position: 'flexible', person: 'from NOR' })
    expect(entry).not.toHaveProperty('via')
    expect(entry!.earlier).toMatchObject([{ position: 'oppose', person: 'fay', via: 'Co-Facilitators' }])
  })

  it('1.6 is said for nobody else by a delegation, and by no observer', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    expect(table.refusal(nor, { ...take(id, 'oppose'), onBehalfOf: participant('JPN') })).toBe('not-allowed')
    expect(table.refusal(observer, take(id, 'oppose'))).toBe('not-allowed')
  })
})

describe('standing beside the proponent', () => {
  it('3.4 is named, and takes back an opposing position', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(nor, take(id, 'oppose'))
    table.run(nor, sponsor(id, 'cosponsor'))
    expect(names(table, id)).toBe('KEN, NOR')
    expect(recordGet(table.od, `positions/${id}`)![0]!.earlier).toMatchObject([{ position: 'oppose' }])
    table.run(nor, sponsor(id, 'cosponsor'))
    expect(table.changed).toBe(false)
  })

  it('3.4 ends when the co-sponsor opposes, or wants neither', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(nor, sponsor(id, 'cosponsor'))
    table.run(jpn, sponsor(id, 'cosponsor'))
    table.run(nor, take(id, 'oppose'))
    expect(names(table, id)).toBe('KEN, JPN; NOR delete')
    table.run(jpn, sponsor(id, 'neither'))
    expect(names(table, id)).toBe('KEN; NOR delete')
  })

  it('3.4 13.4 keeps who stood on either side, since when and until when', () => {
    const table = new Table()
    const id = table.propose(g77, 'and water')
    const at = table.now
    table.run(chair, { ...sponsor(id, 'cosponsor'), onBehalfOf: participant('KEN') })
    table.now += 1000
    table.run(ken, sponsor(id, 'dissociate'))
    table.now += 1000
    table.run(ken, take(id, 'support'))
    table.run(ken, take(id, 'flexible'))
    const wording = fingerprintOf({ struck: '', text: 'and water' })
    expect(recordGet(table.od, `sponsors/${id}`)).toEqual({
      cosponsors: [],
      dissociated: [],
      left: [
        {
          participant: 'KEN',
          person: chair.name,
          via: 'Co-Facilitators',
          at,
          side: 'cosponsors',
          until: at + 1000,
          wording,
        },
        {
          participant: 'KEN',
          person: 'from KEN',
          at: at + 1000,
          side: 'dissociated',
          until: at + 2000,
          wording,
        },
      ],
    })
  })

  it('3.4 keeps the last fifty times that one has left a side, and all of the others', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    for (const actor of [jpn, ...Array.from({ length: 60 }, () => nor)]) {
      table.now += 1
      table.run(actor, sponsor(id, 'cosponsor'))
      table.run(actor, sponsor(id, 'neither'))
    }
    const { left = [] } = recordGet(table.od, `sponsors/${id}`)!
    expect(left.map((one) => one.participant)).toEqual(['JPN', ...Array.from({ length: 50 }, () => 'NOR')])
    expect(left.at(-1)?.at).toBe(table.now)
  })

  it('1.4 a member on the day dissociates itself from its group’s proposal, and nobody else does', () => {
    const table = new Table()
    const id = table.propose(g77, 'and water')
    expect(table.refusal(ken, sponsor(id, 'dissociate'))).toBeNull()
    expect(names(table, id)).toBe('G77 (except KEN)')
    expect(table.refusal(nor, sponsor(id, 'dissociate'))).toBe('not-a-member')
    expect(table.refusal(ken, sponsor(table.propose(nor, 'x'), 'dissociate'))).toBe('not-a-member')
    const gbr = delegation('GBR')
    const byTheUnion = table.propose(delegation('EU'), 'and air')
    expect(table.refusal(gbr, sponsor(byTheUnion, 'dissociate'))).toBe('not-a-member')
    table.now = Date.UTC(2019, 5, 1)
    expect(table.refusal(gbr, sponsor(byTheUnion, 'dissociate'))).toBeNull()
  })

  it('1.4 any participant adds its name to any proposal; 3.4 a dissociation is taken back by that', () => {
    const table = new Table()
    const id = table.propose(g77, 'and water')
    table.run(ken, sponsor(id, 'dissociate'))
    table.run(ken, sponsor(id, 'cosponsor'))
    table.run(nor, sponsor(id, 'cosponsor'))
    expect(names(table, id)).toBe('G77, KEN, NOR')
    table.run(ken, sponsor(id, 'dissociate'))
    expect(names(table, id)).toBe('G77, NOR (except KEN)')
    table.run(ken, take(id, 'support'))
    expect(names(table, id)).toBe('G77, NOR, KEN')
    table.run(ken, sponsor(id, 'dissociate'))
    expect(names(table, id)).toBe('G77, NOR (except KEN)')
  })

  it('3.4 is not for the proponent itself, nor for what is decided', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    expect(table.refusal(ken, sponsor(id, 'cosponsor'))).toBe('not-allowed')
    table.run(ken, { kind: 'proposal-withdraw', proposal: id })
    expect(table.refusal(nor, sponsor(id, 'cosponsor'))).toBe('already-decided')
    expect(table.refusal(nor, sponsor(NOWHERE, 'cosponsor'))).toBe('no-such-proposal')
  })
})

/** Withdrawn by its proponent, with a co-sponsor and a supporter. */
function withdrawn() {
  const table = new Table()
  const id = table.propose(ken, 'and water')
  table.run(nor, sponsor(id, 'cosponsor'))
  table.run(jpn, take(id, 'support'))
  table.run(ken, condition(id, 'paragraph 2 is kept'))
  table.run(ken, { kind: 'proposal-withdraw', proposal: id })
  return { table, id }
}

describe('taking over', () => {
  it('3.5 a withdrawn proposal is open again, as its co-sponsor’s or supporter’s', () => {
    for (const actor of [nor, jpn]) {
      const { table, id } = withdrawn()
      table.now += 60_000
      expect(table.refusal(actor, takeOver(id))).toBeNull()
      expect(decisionOf(table.od, id)).toBeUndefined()
      expect(proponentOf(table.od, id)).toBe(actor.participant)
      expect(names(table, id)).toBe(actor === nor ? 'NOR, JPN' : 'JPN, NOR')
      expect(table.refusal(actor, take(id, 'oppose'))).toBe('not-allowed')
      expect(table.refusal(ken, take(id, 'oppose'))).toBeNull()
      expect(table.refusal(ken, { kind: 'proposal-withdraw', proposal: id })).toBe('not-allowed')
      expect(table.refusal(actor, { kind: 'proposal-withdraw', proposal: id })).toBeNull()
    }
  })

  it('3.5 13.4 who made it first, who withdrew it and who took it over stay on record', () => {
    const { table, id } = withdrawn()
    const at = table.now
    table.now += 60_000
    table.run(nor, takeOver(id))
    expect(headOf(table.od, id)?.by).toBe('KEN')
    expect(recordGet(table.od, `owner/${id}`)).toMatchObject({ participant: 'NOR', at: table.now })
    expect(recordGet(table.od, `reopened/${id}`)).toMatchObject([
      { decision: { disposition: 'withdrawn', by: 'KEN', at }, by: 'NOR', person: 'from NOR', at: table.now },
    ])
    expect(recordGet(table.od, `condition/${id}`)).toBeUndefined()
    table.run(nor, { kind: 'proposal-withdraw', proposal: id })
    table.run(jpn, takeOver(id))
    expect(recordGet(table.od, `reopened/${id}`)!.map(({ decision, by }) => [decision.by, by])).toEqual([
      ['KEN', 'NOR'],
      ['NOR', 'JPN'],
    ])
  })

  it('1.5 13.4 a withdrawal that is taken back keeps who wrote it down, and in which meeting', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    const meeting = newMeetingId(table.bytes)
    table.run(chair, { kind: 'meeting-open', meeting, title: 'Third reading', agenda: [] })
    table.run(chair, { kind: 'proposal-withdraw', proposal: id, onBehalfOf: participant('KEN') })
    table.run(chair, { kind: 'decision-undo', proposal: id })
    expect(recordGet(table.od, `reopened/${id}`)).toMatchObject([
      { decision: { disposition: 'withdrawn', by: 'KEN', via: 'Co-Facilitators', meeting } },
    ])
  })

  it('3.5 is for nobody else, and for nothing but what was withdrawn', () => {
    const { table, id } = withdrawn()
    expect(table.refusal(delegation('CAN'), takeOver(id))).toBe('not-allowed')
    expect(table.refusal(ken, takeOver(id))).toBe('not-allowed')
    expect(table.refusal(nor, takeOver(NOWHERE))).toBe('no-such-proposal')
    table.run(nor, takeOver(id))
    expect(table.refusal(jpn, takeOver(id))).toBe('not-withdrawn')
    table.run(chair, { kind: 'proposal-not-retain', proposal: id })
    expect(table.refusal(jpn, takeOver(id))).toBe('not-withdrawn')
  })

  it('7.3 an agreed paragraph takes none back; nor does one that is gone', () => {
    const { table, id } = withdrawn()
    table.run(chair, { kind: 'paragraph-status', paragraph: table.paragraph(0), status: 'agreed' })
    expect(table.refusal(nor, takeOver(id))).toBe('paragraph-agreed')
    const other = withdrawn()
    other.table.od.paragraphs.get(other.table.paragraph(0))!.set('removed', true)
    expect(other.table.refusal(nor, takeOver(other.id))).toBe('host-closed')
  })

  it('1.5 is written down by facilitators for a delegation', () => {
    const { table, id } = withdrawn()
    expect(table.refusal(chair, takeOver(id))).toBe('not-allowed')
    expect(table.refusal(chair, { ...takeOver(id), onBehalfOf: participant('NOR') })).toBeNull()
    expect(recordGet(table.od, `owner/${id}`)).toMatchObject({ participant: 'NOR', via: 'Co-Facilitators' })
    expect(recordGet(table.od, `reopened/${id}`)).toMatchObject([{ by: 'NOR', via: 'Co-Facilitators' }])
  })

  it('1.4 those who stood apart from a group are not said to stand apart from whoever took over', () => {
    const table = new Table()
    const id = table.propose(g77, 'and water')
    table.run(ken, sponsor(id, 'dissociate'))
    table.run(nor, take(id, 'support'))
    table.run(g77, { kind: 'proposal-withdraw', proposal: id })
    table.run(nor, takeOver(id))
    expect(names(table, id)).toBe('NOR')
  })
})

describe('a condition', () => {
  it('3.6 is put by the proponent, changed and lifted; nothing is withdrawn by it', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(ken, condition(id, ' paragraph 2 is kept ', table.paragraph(1)))
    expect(recordGet(table.od, `condition/${id}`)).toMatchObject({
      participant: 'KEN',
      text: 'paragraph 2 is kept',
      on: table.paragraph(1),
    })
    expect(names(table, id)).toBe('KEN; to withdraw if paragraph 2 is kept')
    table.run(ken, condition(id, 'paragraph 2 is kept', table.paragraph(1)))
    expect(table.changed).toBe(false)
    expect(decisionOf(table.od, id)).toBeUndefined()
    table.run(ken, condition(id, null))
    expect(names(table, id)).toBe('KEN')
    table.run(ken, condition(id, null))
    expect(table.changed).toBe(false)
  })

  it('3.6 is not for others, not for what is decided, and rests on what there is', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    expect(table.refusal(nor, condition(id, 'x'))).toBe('not-allowed')
    for (const text of ['', '  ', 'x'.repeat(4001)])
      expect(table.refusal(ken, condition(id, text))).toBe('invalid-text')
    for (const text of ['two\nlines', 'a\u0007'])
      expect(table.refusal(ken, condition(id, text))).toBe('forbidden-character')
    expect(table.refusal(ken, condition(id, 'x', id))).toBe('not-allowed')
    expect(table.refusal(ken, condition(id, 'x', NOWHERE))).toBe('no-such-proposal')
    const lost = `p${'0'.repeat(16)}` as ParagraphId
    expect(table.refusal(ken, condition(id, 'x', lost))).toBe('no-such-paragraph')
    table.run(ken, { kind: 'proposal-withdraw', proposal: id })
    expect(table.refusal(ken, condition(id, 'x'))).toBe('already-decided')
  })
})
