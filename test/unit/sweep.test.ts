import { expect, it } from 'vitest'
import { sweepDaily } from '#server/access/sweep.ts'
import { FakeTime } from '#test/kit/fake-time.ts'

const DAY = 86_400_000

it('expired sessions are swept at the start and every day, also after a day on which it failed', async () => {
  const time = new FakeTime()
  const swept: number[] = []
  const problems: unknown[] = []
  const store = {
    sweepVisits: (now: number) => {
      swept.push(now)
      return swept.length === 2 ? Promise.reject(new Error('full')) : Promise.resolve(0)
    },
  }
  const start = time.now()
  const stop = sweepDaily({ store, clock: time, report: (problem) => problems.push(problem) })
  time.advance(3 * DAY)
  expect(swept.map((at) => at - start)).toEqual([0, DAY, 2 * DAY, 3 * DAY])
  await expect.poll(() => problems).toHaveLength(1)
  stop()
  time.advance(DAY)
  expect(swept).toHaveLength(4)
})
