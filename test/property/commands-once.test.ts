import { histories } from '#test/kit/histories.ts'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Command } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { House } from '#test/kit/room.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

/** Each history opens a database of its own. */
const HISTORIES = histories(1 / 30)

test('13.1 a deciding command repeated with its key, at once or later, is answered alike and does nothing', async () => {
  let executed = 0
  let refused = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const random = new Random(seed)
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const ids = [0, 0, 1, 1, 2, 2].map((paragraph, i) => kenya.propose(` word${i}`, paragraph))
    await kenya.saved()
    const chair = house.actor('facilitator')
    const ask = (command: Command, key: number) =>
      house.registry.command(house.document, {
        actor: chair,
        key: `key-${String(key).padStart(5, '0')}`,
        command,
      })
    const asked: { command: Command; answer: unknown }[] = []
    for (let step = 0; step < 12; step++) {
      const command = asSeen(kenya.od, someCommand(random, ids))
      const [answer, again] = await Promise.all([ask(command, step), ask(command, step)])
      expect(again, `seed ${seed}: ${command.kind}`).toEqual(answer)
      asked.push({ command, answer })
      if (answer?.ok) executed++
      else refused++
      const earlier = random.int(asked.length)
      const before = Y.encodeStateVector(kenya.od.doc)
      expect(await ask(asked[earlier]!.command, earlier), `seed ${seed}`).toEqual(asked[earlier]!.answer)
      expect(Y.encodeStateVector(kenya.od.doc)).toEqual(before)
    }
  }
  expect(executed).toBeGreaterThan(HISTORIES * 3)
  expect(refused).toBeGreaterThan(HISTORIES)
})

function someCommand(random: Random, ids: readonly ProposalId[]): Command {
  const proposal = random.pick(ids)
  const x = random.next()
  if (x < 0.3) return { kind: 'proposal-accept', proposal }
  if (x < 0.4) return { kind: 'proposal-not-retain', proposal }
  if (x < 0.6) {
    const bridge = newProposalId((length) => random.bytes(length))
    const proposals = [proposal, random.pick(ids)]
    return { kind: 'proposals-merge', bridge, proposals, text: ' bridging' }
  }
  return { kind: 'decision-undo', proposal }
}
