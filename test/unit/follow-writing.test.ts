import { expect, test } from 'vitest'
import type { Writing } from '#client/editor/contract.ts'
import type { Answer } from '#client/net/api.ts'
import { followWriting } from '#client/ui/document/text/follow-writing.ts'
import { createValue } from '#client/observable.ts'
import type { Board } from '#shared/document/composition/board.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Policy } from '#shared/model/meeting.ts'
import type { Attributions } from '#shared/protocol/http.ts'
import { turn } from '#test/kit/fake-desk.ts'

const KENYA = 'KEN' as ParticipantId
const [OLD, NEW] = ['Delegation-00000old', 'Delegation-00000new'] as ParticipantId[]
const ourselves: Writing = { onBehalfOf: null, space: null }
const forKenya: Writing = { onBehalfOf: KENYA, space: null }

function following(answer: Answer<Attributions>) {
  const told: Writing[] = []
  const writing = createValue<Writing>(ourselves)
  const board = createValue({ policy: null as Policy | null } as Board)
  const stop = followWriting(
    { setWriting: (next) => told.push(next) },
    { writing, board },
    {
      attributions: () => Promise.resolve(answer),
    },
  )
  const start = (attribution: Policy['attribution'], at: number) =>
    board.set({ ...board.get(), policy: { attribution, by: KENYA, person: '', at } })
  return { told, writing, start, stop }
}

const known: Answer<Attributions> = {
  ok: true,
  value: {
    attributions: [
      { alias: OLD!, participant: KENYA },
      { alias: NEW!, participant: KENYA },
    ],
  },
}

test('1.5 a new editor is told at once for whom is written, and of each change', async () => {
  const { told, writing, start } = following(known)
  writing.set(forKenya)
  start('attributed', 1)
  await turn()
  expect(told).toEqual([ourselves, forKenya])
})

test('11.1 in an unattributed round it is told the alias as soon as that is known', async () => {
  const { told, writing, start } = following(known)
  writing.set(forKenya)
  start('unattributed', 1)
  expect(told.at(-1)?.alias, 'nothing can be typed until then').toBeUndefined()
  await turn()
  expect(told.at(-1)).toEqual({ ...forKenya, alias: NEW })
  start('attributed', 2)
  expect(told.at(-1)).toEqual(forKenya)
})

test('11.1 an answer that comes too late, or not at all, tells nothing', async () => {
  const late = following(known)
  late.start('unattributed', 1)
  late.writing.set(forKenya)
  late.writing.set(ourselves)
  await turn()
  expect(late.told.at(-1)).toEqual(ourselves)
  const refused = following({ ok: false, code: 'unreachable', message: 'No.' })
  refused.start('unattributed', 1)
  refused.writing.set(forKenya)
  await turn()
  expect(refused.told.at(-1)?.alias).toBeUndefined()
  const left = following(known)
  left.start('unattributed', 1)
  left.writing.set(forKenya)
  left.stop()
  await turn()
  expect(left.told.at(-1)?.alias).toBeUndefined()
})
