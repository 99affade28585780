import { expect, test } from 'vitest'
import type { SendOutcome } from '#client/net/command-queue.ts'
import { decide, merge } from '#client/ui/state/decide.ts'
import { undoDecision, undoLast } from '#client/ui/state/undo-decision.ts'
import { createDesk } from '#client/ui/state/desk.ts'
import { setCondition, takeOver } from '#client/ui/state/stand.ts'
import type { DecidedRow } from '#shared/document/composition/board.ts'
import type { ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import type { Role } from '#shared/model/role.ts'
import { block, board, place, row } from './ui-board.ts'

const [Q1, Q2, BRIDGE] = ['q1', 'q2', 'q9'] as [ProposalId, ProposalId, ProposalId]
const DONE = { ok: true, affected: [] } as const

/** Somebody whose server answers late, and who can put the focus elsewhere meanwhile. */
function waiting(role: Role = 'facilitator') {
  const answers: ((outcome: SendOutcome) => void)[] = []
  let focus = 'card'
  const participant = (role === 'facilitator' ? 'Co-Facilitators' : 'KEN') as ParticipantId
  const desk = createDesk(
    { person: 'p' as PersonId, name: 'Ilse', role, participant },
    {
      execute: () => new Promise<SendOutcome>((resolve) => answers.push(resolve)),
      now: () => 0,
      newProposal: () => BRIDGE,
      consequences: () => [],
      proposedBelow: () => [],
      renumbered: () => new Map(),
      noteFocus: () => {
        const began = focus
        return () => focus === began
      },
    },
  )
  const [first, second] = [row({ id: Q1 }), row({ id: Q2, by: 'NOR' })]
  desk.board.set(board(block({ places: [place(first), place(second)] })))
  const decided = { ...first, decision: {}, block: null } as unknown as DecidedRow
  return {
    desk,
    rows: [first, second] as const,
    decided,
    asked: () => answers.length,
    answer: () => answers.shift()?.(DONE),
    clickIntoText: () => {
      focus = 'text'
    },
  }
}

type Waiting = ReturnType<typeof waiting>

/** What asks the server, and afterwards puts the focus on a card. */
const ACTS: Readonly<
  Record<string, { role?: Role; to: ProposalId; run: (at: Waiting) => Promise<unknown> }>
> = {
  decision: { to: Q2, run: ({ desk }) => decide(desk, Q1, { kind: 'accept' }) },
  'taking back': { to: Q1, run: ({ desk }) => undoDecision(desk, Q1) },
  merger: { to: BRIDGE, run: ({ desk, rows }) => merge(desk, rows, 'both') },
  condition: {
    role: 'delegation',
    to: Q1,
    run: ({ desk, rows }) => setCondition(desk, rows[0], { text: 'agreed', on: null }),
  },
  'taking over': { to: Q1, run: ({ desk, decided }) => takeOver(desk, decided, 'KEN' as ParticipantId) },
}

for (const [name, { role, to, run }] of Object.entries(ACTS)) {
  test(`14.15 the answer to a ${name} moves the focus on while it is where it was`, async () => {
    const at = waiting(role)
    at.desk.select(Q1)
    const done = run(at)
    at.answer()
    await done
    expect(at.desk.focusWanted.get()).toMatchObject({ id: to })
    expect(at.desk.focusWanted.get()?.still()).toBe(true)
  })

  test(`14.15 … and the answer to a ${name} takes none from whoever types elsewhere meanwhile`, async () => {
    const at = waiting(role)
    at.desk.select(Q1)
    const done = run(at)
    at.clickIntoText()
    at.answer()
    await done
    expect(at.desk.focusWanted.get()?.still() ?? false).toBe(false)
  })

  test(`14.15 … nor, after a ${name}, a card that is drawn later than its answer came`, async () => {
    const at = waiting(role)
    at.desk.select(Q1)
    const done = run(at)
    at.answer()
    await done
    at.clickIntoText()
    expect(at.desk.focusWanted.get()?.still()).toBe(false)
  })
}

test('14.15 an undo that waits for the decision before it counts from its key', async () => {
  const at = waiting()
  at.desk.select(Q1)
  const decided = decide(at.desk, Q1, { kind: 'not-retain' })
  const undone = undoLast(at.desk)
  at.clickIntoText()
  at.answer()
  await decided
  await expect.poll(() => at.asked()).toBe(1)
  at.answer()
  await undone
  expect(at.desk.focusWanted.get()?.still() ?? false).toBe(false)
})

test('14.15 a late answer closes no form that was opened on another card meanwhile', async () => {
  const at = waiting()
  at.desk.select(Q1)
  const done = decide(at.desk, Q1, { kind: 'accept' })
  at.desk.select(Q2)
  at.desk.task.set({ kind: 'reword', proposal: Q2 })
  at.answer()
  await done
  expect(at.desk.task.get()).toEqual({ kind: 'reword', proposal: Q2 })
  expect(at.desk.current.get()).toBe(Q2)
})

test('14.15 a late answer to a merger closes no other panel', async () => {
  const at = waiting()
  at.desk.panel.set('merge')
  const done = merge(at.desk, at.rows, 'both')
  at.desk.panel.set('history')
  at.answer()
  await done
  expect(at.desk.panel.get()).toBe('history')
})
