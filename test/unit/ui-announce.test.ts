import { describe, expect, test } from 'vitest'
import { happened, sentenceOf } from '#client/ui/announce/events.ts'
import { listen } from '#client/ui/announce/listen.ts'
import { createValue } from '#client/observable.ts'
import type { ConnectionStatus } from '#client/net/status.ts'
import { createDesk } from '#client/ui/state/desk.ts'
import { nameOf } from '#client/ui/state/names.ts'
import { strings } from '#client/ui/strings.ts'
import type { Board, DecidedRow } from '#shared/document/composition/board.ts'
import type { Decision } from '#shared/model/proposals/decision.ts'
import type { ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { AS_RECEIVED } from '#shared/model/participant.ts'
import type { StatusName } from '#shared/model/status.ts'
import { FakeTime } from '#test/kit/fake-time.ts'
import { block, board, NOT_SPOKEN_OF, place, row } from './ui-board.ts'

const ME: Actor = {
  person: 'person' as PersonId,
  name: 'Amina Otieno',
  role: 'delegation',
  participant: 'KEN' as ParticipantId,
}

const LABELS = ['1', '2', '3', '4']

/** Four paragraphs with a bracket in each, but for those that were decided. */
function boardWith(decided: readonly DecidedRow[] = [], floor: string | null = null): Board {
  const gone = new Set(decided.map(({ id }) => id))
  const blocks = LABELS.map((label) => {
    const open = row({ id: `q${label}`, by: 'NOR' })
    return {
      ...block({ id: `p${label}`.padEnd(17, '0'), label, places: gone.has(open.id) ? [] : [place(open)] }),
      status: label === floor ? statusStep('under-discussion') : null,
    }
  })
  return { ...board(...blocks), decided }
}

const statusStep = (status: StatusName) => ({
  status,
  by: 'Co-Facilitators' as ParticipantId,
  person: 'Orsolya',
  at: 1,
  pending: [],
  placement: false,
  earlier: [],
})

function decidedRow(label: string, decision: Partial<Decision> = {}): DecidedRow {
  const { head, text } = row({ id: `q${label}`, by: 'NOR' })
  return {
    id: `q${label}` as ProposalId,
    head,
    text,
    decision: {
      disposition: 'accepted',
      by: 'Co-Facilitators' as ParticipantId,
      person: 'Orsolya',
      at: 5,
      effect: { kind: 'none' },
      flagged: [],
      ...decision,
    },
    block: null,
    proponent: 'NOR' as ParticipantId,
    sponsorship: { cosponsors: [], dissociated: [] },
    positions: [],
    placing: 0,
    sources: [],
    condition: null,
    reopened: [],
    spokenOf: NOT_SPOKEN_OF,
  }
}

const heard = (before: Board, after: Board): string => sentenceOf(happened(before, after, ME))

describe('18.2 what others do is told to those who listen', () => {
  test('18.2 a decision by somebody else, with whose proposal it was and where', () => {
    expect(heard(boardWith(), boardWith([decidedRow('2')]))).toBe('Accepted: NOR’s insertion in 2')
  })

  test('what stood in an imported text without a name is named as received', () => {
    expect(strings.proposalIn(nameOf(AS_RECEIVED), 'insertion', '2')).toBe('the as-received insertion in 2')
    expect(strings.proposalIn(nameOf(AS_RECEIVED), 'new-paragraph', '')).toBe('the as-received new paragraph')
  })

  test.each([
    ['EU', '', 'Taken over: EU’s insertion in 2 is open again'],
    ['Co-Facilitators', '', 'Undone: EU’s insertion in 2 is open again'],
    ['Co-Facilitators', 'By mistake.', 'Reopened: EU’s insertion in 2'],
  ])('18.2 a withdrawal that %s took back with the reason “%s”', (name, reason, wanted) => {
    const by = name as ParticipantId
    const decision = {
      disposition: 'withdrawn',
      by: 'NOR' as ParticipantId,
      person: 'Sigrid',
      at: 5,
    } as const
    const open = {
      ...row({ id: 'q2', by: 'EU' }),
      reopened: [{ decision, by, person: 'Clara', at: 9, reason }],
    }
    const after = board(block({ id: 'p2'.padEnd(17, '0'), label: '2', places: [place(open)] }))
    expect(heard(boardWith([decidedRow('2', decision)]), after)).toBe(wanted)
  })

  test('18.2 one’s own is not told a second time', () => {
    const own = decidedRow('2', {
      by: 'KEN' as ParticipantId,
      person: 'Amina Otieno',
      disposition: 'withdrawn',
    })
    expect(heard(boardWith(), boardWith([own]))).toBe('')
  })

  test('18.2 many at once are one sentence', () => {
    const after = boardWith(['1', '2', '4'].map((label) => decidedRow(label)))
    expect(heard(boardWith(), after)).toBe('3 brackets were decided, in 1, 2, 4')
  })

  test('18.2 the floor', () => {
    expect(heard(boardWith(), boardWith([], '3'))).toBe('Under discussion: paragraph 3')
  })

  test('18.2 the text that one opens is not news', () => {
    expect(heard(board(), boardWith([decidedRow('2')], '3'))).toBe('')
  })
})

function desk() {
  const port = {
    execute: () => Promise.reject(new Error('nothing is asked for')),
    now: () => 0,
    newProposal: () => 'q9' as ProposalId,
    consequences: () => [],
    proposedBelow: () => [],
    renumbered: () => new Map(),
    noteFocus: () => () => true,
  }
  const made = createDesk(ME, port)
  const time = new FakeTime()
  const told: string[] = []
  made.board.set(boardWith())
  const status = createValue<ConnectionStatus>({ connection: 'online', unsaved: false })
  listen(made, { status }, time)
  made.said.subscribe(() => told.push(made.said.get()))
  return { desk: made, status, time, told }
}

describe('18.3 nothing is told at each key', () => {
  test('18.3 what happens within a moment is told together', () => {
    const { desk: made, time, told } = desk()
    made.board.set(boardWith([decidedRow('1')]))
    made.board.set(boardWith([decidedRow('2'), decidedRow('1')], '4'))
    expect(told).toEqual([])
    time.advance(1_500)
    expect(told).toEqual([
      'Accepted: NOR’s insertion in 1. Accepted: NOR’s insertion in 2. Under discussion: paragraph 4',
    ])
  })

  test('18.3 what typing does is told once, when the caret has come to rest', () => {
    const { desk: made, time, told } = desk()
    for (let key = 0; key < 17; key++) {
      made.caret.set({ kind: 'propose', as: ME.participant!, space: null, selected: key % 2 === 0 })
      time.advance(50)
    }
    time.advance(700)
    expect(told).toEqual(['Typing proposes a replacement for KEN, Delete proposes a deletion'])
    made.caret.set({ kind: 'propose', as: ME.participant!, space: null, selected: true })
    time.advance(5_000)
    expect(told).toHaveLength(1)
  })
})

test('18.4 that the connection is back is told each time, and never that something is saved', () => {
  const { desk: made, status, told } = desk()
  for (let outages = 0; outages < 2; outages++) {
    status.set({ connection: 'online', unsaved: true })
    status.set({ connection: 'online', unsaved: false })
    status.set({ connection: 'offline', unsaved: false })
    status.set({ connection: 'offline', unsaved: true })
    status.set({ connection: 'connecting', unsaved: true })
    status.set({ connection: 'online', unsaved: true })
  }
  expect(told).toEqual(['Online again', '', 'Online again'])
  expect(made.said.get()).toBe('Online again')
})
