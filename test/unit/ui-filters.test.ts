import { describe, expect, it } from 'vitest'
import { filterBlocks, placeFits } from '#client/ui/outline/filter.ts'
import type { Filter } from '#client/ui/outline/filter.ts'
import type { Board, BoardBlock, DecidedRow } from '#shared/document/composition/board.ts'
import type { MeetingId, ParagraphId, ParticipantId } from '#shared/model/ids.ts'
import type { Meeting } from '#shared/model/meeting.ts'
import type { PositionEntry } from '#shared/model/proposals/position.ts'
import { block, board, place, row } from './ui-board.ts'

const KEN = 'KEN' as ParticipantId
const NOR = 'NOR' as ParticipantId
const MEETING = 'm1' as MeetingId

const position = (participant: ParticipantId, said: PositionEntry['position']): PositionEntry => ({
  participant,
  person: '',
  at: 0,
  position: said,
  earlier: [],
})

const supported = { ...row({ id: 'q2', by: 'EU' }), positions: [position(KEN, 'support')] }
const takenBack = { ...row({ id: 'q3', by: 'EU' }), positions: [position(KEN, null)] }
const takenOver = { ...row({ id: 'q4', by: 'KEN' }), proponent: NOR }

const text = board(
  block({ id: 'p1', places: [place(row({ id: 'q1' }))] }),
  block({ id: 'p2', label: '2', places: [place(supported)] }),
  block({ id: 'p3', label: '3', places: [place(takenBack)] }),
  block({ id: 'p4', label: '4', places: [place(takenOver)] }),
  { ...block({ id: 'p5', label: '5' }), positions: [position(KEN, 'reserve')] },
)

const shown = (of: Board, filter: Filter, mine: ParticipantId | null = KEN) =>
  filterBlocks(of, filter, { mine, changed: new Set() }).map(({ id }) => id)

describe('one participant’s paragraphs', () => {
  it('12.2 where it proposes, stands beside a proposal, or said something of the paragraph', () => {
    expect(shown(text, { kind: 'participant', participant: KEN })).toEqual(['p1', 'p2', 'p5'])
  })

  it('3.5 a proposal that was taken over is its new owner’s', () => {
    expect(shown(text, { kind: 'participant', participant: NOR })).toEqual(['p4'])
  })

  it('12.2 mine is nothing for who takes part under no name', () => {
    expect(shown(text, { kind: 'mine' }, null)).toEqual([])
  })
})

describe('cards that a filter leaves', () => {
  it('12.2 one participant’s, or all where the filter is about paragraphs', () => {
    const [own] = text.blocks[0]!.places
    const [foreign] = text.blocks[2]!.places
    expect(placeFits(own!, { kind: 'mine' }, KEN)).toBe(true)
    expect(placeFits(foreign!, { kind: 'mine' }, KEN)).toBe(false)
    expect(placeFits(foreign!, { kind: 'undecided' }, KEN)).toBe(true)
    expect(placeFits(foreign!, { kind: 'conflict' }, KEN)).toBe(false)
  })
})

const agreedAt = (at: number): BoardBlock['status'] => ({
  status: 'agreed',
  by: 'Co-Facilitators' as ParticipantId,
  person: '',
  at,
  pending: [],
  placement: false,
  earlier: [],
})

describe('one meeting’s paragraphs', () => {
  const meeting: Meeting = {
    id: MEETING,
    title: 'First',
    agenda: ['p1' as ParagraphId],
    by: 'Co-Facilitators' as ParticipantId,
    person: '',
    openedAt: 100,
    closedAt: 200,
  }
  const during = { ...block({ id: 'p6', label: '6' }), status: agreedAt(150) }
  const later = { ...block({ id: 'p7', label: '7' }), status: agreedAt(201) }
  const decided = {
    block: 'p3',
    decision: { meeting: MEETING },
    head: { by: KEN },
  } as unknown as DecidedRow
  const held: Board = {
    ...board(...text.blocks, during, later),
    meetings: [meeting],
    decided: [decided],
  }

  it('6.10 on its agenda, decided in it, or agreed while it was on', () => {
    expect(shown(held, { kind: 'meeting', meeting: MEETING })).toEqual(['p1', 'p3', 'p6'])
  })

  it('12.2 of a meeting that is not known there is nothing', () => {
    expect(shown(held, { kind: 'meeting', meeting: 'm2' as MeetingId })).toEqual([])
  })
})
