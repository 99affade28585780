import { describe, expect, it } from 'vitest'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Position } from '#shared/model/proposals/position.ts'
import { decide, proposalBy, proposalOf, text } from '#test/kit/deciding.ts'
import { delegate, type Drafter, type Room } from '#test/kit/drafting.ts'
import { backspace, putAfter, scene, selectWords } from '#test/kit/scene.ts'

/** What a printed text reads: the notation that delegations know. */

const seat = (room: Room, name: string): Drafter => room.seat(delegate(name.toLowerCase(), name))

function say(room: Room, proposal: ProposalId, name: string, position: Position): void {
  const result = room.command({ kind: 'position-take', on: proposal, position }, delegate(name, name).actor)
  expect(result).toMatchObject({ ok: true })
}

function replace(by: Drafter, block: number, words: string, wording: string): void {
  selectWords(by, block, words)
  if (wording === '') backspace(by)
  else by.type(wording)
  by.room.settleDown()
}

describe('3.3 who says what in a bracket', () => {
  it('of an insertion: its proponent; who wants it deleted', () => {
    const { room } = scene('free humanity from poverty')
    const us = seat(room, 'US')
    putAfter(us, 0, 'from ')
    us.type('extreme ')
    room.settleDown()
    say(room, proposalBy(us, 'US'), 'G77', 'oppose')
    expect(text(room)).toBe('1. free humanity from [extreme – US; G77 delete] poverty')
  })

  it('of competing words: who would retain stands with the words that are retained', () => {
    const { room } = scene('by changing unsustainable patterns')
    const us = seat(room, 'US')
    replace(us, 0, 'changing unsustainable', 'promoting sustainable')
    const id = proposalBy(us, 'US')
    expect(text(room)).toBe('1. by [changing unsustainable / promoting sustainable – US] patterns')
    say(room, id, 'EU', 'oppose')
    say(room, id, 'G77', 'oppose')
    say(room, id, 'CAN', 'come-back')
    expect(text(room)).toBe(
      '1. by [changing unsustainable – EU, G77 retain / promoting sustainable – US; CAN to come back] patterns',
    )
  })

  it('of several wordings each is opposed by itself', () => {
    const { room } = scene('by changing patterns')
    const [us, jpn] = [seat(room, 'US'), seat(room, 'JPN')]
    replace(us, 0, 'changing', 'promoting')
    replace(jpn, 0, 'changing', 'shifting')
    say(room, proposalBy(us, 'US'), 'EU', 'oppose')
    expect(text(room)).toBe('1. by [changing / promoting – US; EU delete / shifting – JPN] patterns')
  })

  it('of a deletion: who would retain', () => {
    const { room } = scene('our mutual responsibilities here')
    const us = seat(room, 'US')
    replace(us, 0, 'mutual responsibilities', '')
    say(room, proposalBy(us, 'US'), 'G77', 'oppose')
    expect(text(room)).toBe('1. our [mutual responsibilities – US delete; G77 retain] here')
  })

  it('of one that several ask for: each name once', () => {
    const { room } = scene('our mutual responsibilities here')
    const [us, nor] = [seat(room, 'US'), seat(room, 'NOR')]
    replace(us, 0, 'mutual responsibilities', '')
    replace(nor, 0, 'mutual responsibilities', '')
    const ids = [proposalBy(us, 'US'), proposalBy(us, 'NOR')]
    for (const id of ids) say(room, id, 'G77', 'oppose')
    say(room, ids[0]!, 'KEN', 'support')
    say(room, ids[1]!, 'KEN', 'support')
    say(room, ids[1]!, 'CAN', 'reserve')
    const condition = { text: '3 bis is in', on: null }
    room.command({ kind: 'proposal-condition', proposal: ids[1]!, condition }, nor.seat.actor)
    expect(text(room)).toBe(
      '1. our [mutual responsibilities – US, KEN, NOR delete; G77 retain; CAN reserve; NOR to withdraw if 3 bis is in] here',
    )
  })

  it('of brackets in a bracket', () => {
    const { room } = scene('end pollution')
    const a = seat(room, 'AAA')
    putAfter(a, 0, 'end ')
    a.type('plastic ')
    room.settleDown()
    const b = seat(room, 'BBB')
    putAfter(b, 0, '[')
    b.type('existing ')
    room.settleDown()
    expect(text(room)).toBe('1. end [[existing – BBB] plastic – AAA] pollution')
  })
})

describe('3.1 what is said of a paragraph stands behind it', () => {
  it('who reserves, and who is to come back', () => {
    const { room } = scene('water for all')
    const on = [...room.od.paragraphs.keys()][0] as ProposalId
    say(room, on, 'EU', 'reserve')
    expect(text(room)).toBe('1. water for all [… – EU reserve]')
    say(room, on, 'CAN', 'come-back')
    say(room, on, 'KEN', 'support')
    expect(text(room)).toBe('1. water for all [… – EU reserve; CAN to come back]')
  })
})

describe('13.4 no wording passes for what the room says', () => {
  it('a bracket in somebody’s words is printed as another sign; in the text itself it is one of the text', () => {
    const { room } = scene('from [X] per cent of poverty')
    const nor = seat(room, 'NOR')
    putAfter(nor, 0, 'per cent of ')
    nor.type('clean – KEN] [dirty ')
    room.settleDown()
    expect(text(room)).toBe('1. from [X] per cent of [clean – KEN］ ［dirty – NOR] poverty')
    decide(room, 'proposal-accept', proposalOf(nor, 'clean – KEN] [dirty '))
    expect(text(room)).toBe('1. from [X] per cent of clean – KEN] [dirty poverty')
  })
})
