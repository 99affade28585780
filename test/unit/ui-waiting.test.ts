import { expect, test } from 'vitest'
import { agreedOf } from '#client/ui/paragraph/status.ts'
import { waitingActs } from '#client/ui/state/waiting.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { block, board, place, row } from './ui-board.ts'

const KEN = 'KEN' as ParticipantId
const long = (letter: string, n: number) => letter + String(n).padStart(16, '0')
const [P3, P4, P5] = [3, 4, 5].map((n) => long('p', n) as ParagraphId) as [
  ParagraphId,
  ParagraphId,
  ParagraphId,
]
const [Q1, Q2, GONE, BRIDGE] = [1, 2, 7, 9].map((n) => long('q', n) as ProposalId) as [
  ProposalId,
  ProposalId,
  ProposalId,
  ProposalId,
]

test('14.16 what waits is told by what it is and what it is about, in its order', () => {
  const text = board(
    block({ id: P3, label: '3', places: [place(row({ id: Q1 })), place(row({ id: Q2, by: 'NOR' }))] }),
    { ...block({ id: P4, kind: 'heading', label: '' }), opening: 'Purpose' },
    { ...block({ id: P5, label: '' }), opening: 'The General Assembly,' },
  )
  const commands: Command[] = [
    { kind: 'proposal-accept', proposal: Q1 },
    { kind: 'proposals-merge', bridge: BRIDGE, proposals: [Q1, Q2], text: 'both' },
    { kind: 'paragraph-status', paragraph: P3, status: 'agreed' },
    { kind: 'position-take', on: Q2, position: 'support' },
    { kind: 'position-take', on: P4, position: null },
    { kind: 'position-take', on: P5, position: 'oppose' },
    { kind: 'proposal-withdraw', proposal: GONE },
    { kind: 'meeting-close' },
  ]
  const acts = waitingActs(
    text,
    commands.map((command, at) => ({ key: String(at), command, at })),
  )
  expect(acts.map(({ what, about }) => `${what}: ${about}`)).toEqual([
    'Accept: KEN’s insertion in 3',
    'Merge into a bridging text: KEN’s insertion in 3, NOR’s insertion in 3',
    'Status of a paragraph: paragraph 3',
    'Support: NOR’s insertion in 3',
    'Take the position back: the heading “Purpose”',
    'Oppose: “The General Assembly,”',
    'Withdraw: ',
    'Close the meeting: ',
  ])
})

test('14.18 the count of agreed paragraphs counts what the room has, and not one’s own private ones', () => {
  const status = {
    status: 'agreed' as const,
    by: KEN,
    person: '',
    at: 0,
    pending: [],
    placement: false,
    earlier: [],
  }
  const agreed = { ...block({ id: 'p1' }), status }
  const open = block({ id: 'p2', label: '2' })
  const tabled = block({ id: Q1, places: [place(row({ id: Q1 }))] })
  const draft = block({ id: Q2, places: [place({ ...row({ id: Q2 }), space: KEN })] })
  expect(agreedOf(board(agreed, open))).toEqual([{ kind: 'paragraph', agreed: 1, all: 2 }])
  expect(agreedOf(board(agreed, open, tabled, draft))).toEqual([{ kind: 'paragraph', agreed: 1, all: 3 }])
})
