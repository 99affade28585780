import { expect, test } from 'vitest'
import { Room, delegate, facilitator } from '#test/kit/drafting.ts'
import { histories } from '#test/kit/histories.ts'
import { randomCommand } from '#test/kit/negotiating.ts'
import { propose } from '#test/kit/negotiated.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 2)
const STEPS = 60
const TEXTS = ['one two three four five six', 'seven eight nine ten', 'eleven twelve thirteen', 'fourteen']

/** Delegations and a facilitator type, offline for as long as it takes, while everything else is done to the text. */
function history(seed: number): number {
  const room = new Room(new Random(seed + 300_000), TEXTS)
  const { random } = room
  for (const name of ['KEN', 'NOR', 'G77']) room.seat(delegate(name.toLowerCase(), name))
  room.seat(facilitator('fay'))
  for (let step = 0; step < STEPS; step++) {
    const drafter = random.pick(room.drafters)
    const dice = random.next()
    if (dice < 0.45) propose(room, drafter, String.fromCharCode(0x4e00 + step))
    else if (dice < 0.6) drafter.deliver(1 + random.int(4))
    else if (dice < 0.7) drafter.send(random.chance(0.5))
    else {
      const asked = randomCommand({ od: room.od, random, now: room.now() })
      if (asked) room.command(asked.command, asked.actor)
    }
  }
  room.settleDown()
  for (const { seat, code, message, informed } of room.refusals)
    if (code !== 'closed' || informed)
      throw new Error(`seed ${seed}: ${seat} was refused: ${code}, ${message}`)
  const texts = room.drafters.map((drafter) => drafter.text())
  for (const text of texts) expect(text, `seed ${seed}`).toBe(texts[0])
  return room.refusals.length
}

test('7.3 whatever is done to the text, only what came too late for a decision or an agreement is refused', () => {
  let refused = 0
  for (const seed of seedsUpTo(HISTORIES)) refused += history(seed)
  if (HISTORIES > 0) expect(refused).toBeGreaterThan(0)
})
