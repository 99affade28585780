import { expect, test } from 'vitest'
import type { SendOutcome } from '#client/net/command-queue.ts'
import { decide, undoLast } from '#client/ui/state/decide.ts'
import { createDesk } from '#client/ui/state/desk.ts'
import { strings } from '#client/ui/strings.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import { block, board, place, row } from './ui-board.ts'

const Q1 = 'q1' as ProposalId

/** A facilitator before one open bracket, whose server answers when it is told to. */
function facilitating() {
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
    now: () => 0,
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
