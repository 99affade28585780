import { expect, test } from 'vitest'
import type { SendOutcome } from '#client/net/command-queue.ts'
import { decide } from '#client/ui/state/decide.ts'
import { undoLast } from '#client/ui/state/undo-decision.ts'
import { createDesk } from '#client/ui/state/desk.ts'
import { strings } from '#client/ui/strings.ts'
import { notify } from '#client/ui/state/notify.ts'
import type { DecidedRow } from '#shared/document/composition/board.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import { block, board, place, row } from './ui-board.ts'

const Q1 = 'q1' as ProposalId

/** A facilitator before one open bracket, whose server answers when it is told to. */
function facilitating(now = 0) {
  const asked: Command[] = []
  const answers: ((outcome: SendOutcome) => void)[] = []
  const execute = (command: Command) => {
    asked.push(command)
    return new Promise<SendOutcome>((resolve) => answers.push(resolve))
  }
  const actor = {
    person: 'p' as PersonId,
    name: 'Ilse',
    role: 'facilitator',
    participant: 'Co-Facilitators' as ParticipantId,
  } as const
  let focus = 'card'
  const desk = createDesk(actor, {
    execute,
    now: () => now,
    newProposal: () => Q1,
    consequences: () => [],
    proposedBelow: () => [],
    renumbered: () => new Map(),
    noteFocus: () => {
      const began = focus
      return () => focus === began
    },
  })
  desk.board.set(board(block({ places: [place(row())] })))
  return { desk, asked, answer: (outcome: SendOutcome) => answers.shift()?.(outcome) }
}

test('6.7 undo before the answer waits for it, and then takes that decision back', async () => {
  const { desk, asked, answer } = facilitating()
  const decided = decide(desk, Q1, { kind: 'not-retain' })
  const undone = undoLast(desk)
  expect(asked.map(({ kind }) => kind)).toEqual(['proposal-not-retain'])
  answer({ ok: true, affected: [] })
  await decided
  await expect.poll(() => asked.map(({ kind }) => kind)).toEqual(['proposal-not-retain', 'decision-undo'])
  answer({ ok: true, affected: [] })
  await undone
})

test('… and leaves what was said when the decision was refused', async () => {
  const { desk, asked, answer } = facilitating()
  const decided = decide(desk, Q1, { kind: 'not-retain' })
  const undone = undoLast(desk)
  answer({ ok: false, code: 'already-decided', message: 'It has been decided.' })
  await Promise.all([decided, undone])
  expect(asked).toHaveLength(1)
  expect(desk.notice.get()?.text).toBe('It has been decided.')
})

test('… with nothing decided it says so', async () => {
  const { desk } = facilitating()
  await undoLast(desk)
  expect(desk.notice.get()?.text).toBe(strings.decided.nothingToUndo)
})

const decidedBy = (person: string, id = 'q1', at = 0): DecidedRow => ({
  ...row({ id }),
  block: 'p1' as ParagraphId,
  placing: 0,
  decision: {
    disposition: 'not-retained',
    by: 'Co-Facilitators' as ParticipantId,
    person,
    at,
    effect: { kind: 'none' },
    flagged: [],
  },
})

test('6.7 undo takes back the last decision of the same person, whatever message is shown', async () => {
  const { desk, asked, answer } = facilitating(1_000)
  desk.board.set({
    ...board(block()),
    decided: [decidedBy('Jan', 'q3'), decidedBy('Ilse', 'q2'), decidedBy('Ilse')],
  })
  notify(desk, 'The floor is on paragraph 1.')
  const undone = undoLast(desk)
  await expect.poll(() => asked).toEqual([{ kind: 'decision-undo', proposal: 'q2' }])
  answer({ ok: true, affected: [] })
  await undone
})

test('… and asks for a reason when its first seconds have passed, by either clock', async () => {
  const late = facilitating(60_000)
  late.desk.board.set({ ...board(block()), decided: [decidedBy('Ilse')] })
  await undoLast(late.desk)
  expect(late.asked).toEqual([])
  expect(late.desk.dialog.get()).toEqual({ kind: 'decision-reopen', proposal: Q1 })

  const { desk, answer } = facilitating(1_000)
  desk.board.set({ ...board(block()), decided: [decidedBy('Ilse')] })
  const undone = undoLast(desk)
  await expect.poll(() => desk.busy.get().size).toBe(1)
  answer({ ok: false, code: 'reason-needed', message: 'Say why.' })
  await undone
  expect(desk.dialog.get()).toEqual({ kind: 'decision-reopen', proposal: Q1 })
})
