import { describe, expect, it } from 'vitest'
import { writeText } from '#shared/formats/text/write-text.ts'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet, recordSet } from '#shared/document/records.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import { isParticipantId } from '#shared/model/ids.ts'
import { isDelegationName } from '#shared/directory/delegation-name.ts'
import { isAlias } from '#shared/model/participant.ts'
import { chair, proposalOf } from '#test/kit/deciding.ts'
import type { Drafter, Seat } from '#test/kit/drafting.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import type { Scene } from '#test/kit/scene.ts'
import { scene, selectWords, shown } from '#test/kit/scene.ts'

const KENYAS = 'Delegation-0ken0ken' as ParticipantId
const JAPANS = 'Delegation-0jpn0jpn' as ParticipantId

function hiddenSeat(name: string, participant: string, alias: ParticipantId): Seat {
  const seat = delegate(name, participant)
  return { ...seat, actor: { ...seat.actor, alias } }
}

const ada = hiddenSeat('ada', 'KEN', KENYAS)
const bo = hiddenSeat('bo', 'JPN', JAPANS)

/** A scene in an unattributed round. */
function hiddenScene(...paragraphs: string[]): Scene {
  const s = scene(...paragraphs)
  s.room.command({ kind: 'policy-set', attribution: 'unattributed' }, chair)
  return s
}

function sent(drafter: Drafter): void {
  expect(drafter.send()).toBe(true)
}
const text = (s: Scene): string => writeText(s.room.od).replace('Draft\n\n', '').trimEnd()
const paragraph = (s: Scene): HostId => paragraphsInOrder(s.room.od)[0]!.id

describe('11.1 an alias', () => {
  it('11.1 is a participant’s, and nobody can be called so', () => {
    expect(isAlias(KENYAS)).toBe(true)
    expect(isParticipantId(KENYAS)).toBe(true)
    for (const name of [KENYAS, 'Delegation-1', 'delegation-0ken0ken', 'DELEGATION 0ken0ken', 'Delegation'])
      expect(isDelegationName(name), name).toBe(false)
    for (const name of ['KEN', 'Delegation-0ken', 'Delegation-0KEN0KEN', 'Delegation-0ken0kenx', null])
      expect(isAlias(name)).toBe(false)
  })

  it('11.1 is no name in a bracket', () => {
    const s = hiddenScene('water |for all')
    const her = s.seat(ada)
    her.type('and food ')
    sent(her)
    expect(text(s)).toBe('1. water [and food] for all')
    // On the screen the space that she typed stays in the bracket, and another parts it from what follows.
    expect(her.text()).toBe('water [and food ] for all')
    const him = s.seat(bo)
    selectWords(him, 0, 'all')
    him.dispatch((tr) => tr.deleteSelection())
    sent(him)
    expect(text(s)).toBe('1. water [and food] for [all – delete]')
    her.deliver()
    selectWords(her, 0, 'all')
    her.type('many')
    sent(her)
    him.deliver()
    selectWords(him, 0, 'all')
    him.type('some')
    sent(him)
    expect(text(s)).toBe('1. water [and food] for [all / some / many]')
    expect(shown(him)[0]).toContain('[all / some| / many]')
  })

  it('11.1 hides who supports and who opposes; who was named before stays named', () => {
    const s = scene('water |for all')
    const before = s.seat(delegate('ada', 'KEN'))
    before.type('and food ')
    sent(before)
    s.room.command({ kind: 'policy-set', attribution: 'unattributed' }, chair)
    const on = proposalOf(before, 'and food ')
    for (const [actor, position] of [
      [bo.actor, 'oppose'],
      [hiddenSeat('cy', 'BRA', 'Delegation-0bra0bra' as ParticipantId).actor, 'support'],
    ] as const)
      expect(s.room.command({ kind: 'position-take', on, position }, actor).ok).toBe(true)
    expect(text(s)).toBe('1. water [and food – KEN] for all')
    expect(recordGet(s.room.od, `positions/${on}`)).toMatchObject([
      { participant: JAPANS, person: '', position: 'oppose' },
      { participant: 'Delegation-0bra0bra', person: '', position: 'support' },
    ])
  })
})

describe('11.1 who writes in an unattributed round', () => {
  it('11.1 writes under the alias, without a person’s name, and edits what bears it', () => {
    const s = hiddenScene('water |for all')
    const her = s.seat(ada)
    her.type('a')
    her.type('b ')
    sent(her)
    const id = proposalOf(her, 'ab ')
    expect(s.room.od.proposals.get(id)?.get('head')).toMatchObject({ by: KENYAS, person: '' })
    expect(her.od.proposals.size).toBe(1)
  })

  it('11.3 amends even its own delegation’s earlier words under the alias, lest it be told by them', () => {
    const s = scene('water |for all')
    const before = s.seat(delegate('ada', 'KEN'))
    before.type('food ')
    sent(before)
    s.room.command({ kind: 'policy-set', attribution: 'unattributed' }, chair)
    const her = s.seat(ada)
    selectWords(her, 0, 'food')
    her.dispatch((tr) => tr.deleteSelection())
    sent(her)
    expect(text(s)).toBe('1. water [[food – delete] – KEN] for all')
    expect(s.room.refusals).toEqual([])
  })

  it('1.5 11.1 facilitators write for an alias as they would for a delegation', () => {
    const s = hiddenScene('water |for all')
    const fay = s.seat({ ...facilitator('fay'), onBehalfOf: 'KEN' as ParticipantId, alias: KENYAS })
    fay.type('clean ')
    sent(fay)
    const head = s.room.od.proposals.get(proposalOf(fay, 'clean '))?.get('head')
    expect(head).toMatchObject({ by: KENYAS, via: 'Co-Facilitators', person: '' })
    const her = s.seat(ada)
    selectWords(her, 0, 'clean')
    her.type('pure')
    sent(her)
    expect(text(s)).toBe('1. water [pure] for all')
  })

  it('11.1 without an alias nothing can be written: it would tell', () => {
    const s = hiddenScene('water |for all')
    const her = s.seat(delegate('ada', 'KEN'))
    her.type('x')
    expect(her.outbox).toEqual([])
    const result = s.room.command(
      { kind: 'position-take', on: paragraph(s), position: 'support' },
      delegate('ada', 'KEN').actor,
    )
    expect(result).toMatchObject({ ok: false, code: 'not-allowed' })
  })

  it('3.2 11.1 takes no position on what is known to be its own', () => {
    const s = scene('water |for all')
    const before = s.seat(delegate('ada', 'KEN'))
    before.type('food ')
    sent(before)
    s.room.od.doc.transact(() =>
      recordSet(s.room.od, 'policy', {
        attribution: 'unattributed',
        by: 'Co-Facilitators' as ParticipantId,
        person: '',
        at: 1,
      }),
    )
    const on = proposalOf(before, 'food ')
    expect(s.room.command({ kind: 'position-take', on, position: 'support' }, ada.actor)).toMatchObject({
      ok: false,
    })
  })
})
