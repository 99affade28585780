import { describe, expect, test } from 'vitest'
import { ACTS } from '#test/chaos/acts.ts'
import { runHistory } from '#test/chaos/history.ts'
import { seconds } from '#test/kit/patience.ts'

// Five people in five browsers do what people do, over bad lines, while the server is killed. `npm run test:chaos -- SEED
// STEPS HISTORIES` runs others, and more of them.

const setting = (name: string, usual: number): number =>
  Number(process.env[`INFORMALS_CHAOS_${name}`] ?? usual)
const SEED = setting('SEED', 1)
const STEPS = setting('STEPS', 8)
const HISTORIES = setting('HISTORIES', 2)

describe('five people over bad lines see the same, lose nothing and keep their carets', () => {
  const did = new Map<string, number>()
  for (let seed = SEED; seed < SEED + HISTORIES; seed++) {
    test(`seed ${seed}`, { timeout: seconds(60 + 20 * STEPS) }, async () => {
      const told: string[] = []
      try {
        const ran = await runHistory(seed, STEPS, (line) => told.push(line))
        for (const [name, times] of ran.did) did.set(name, (did.get(name) ?? 0) + times)
      } catch (error) {
        console.error(`seed ${seed}, ${STEPS} steps:\n${told.join('\n')}`)
        throw error
      }
    })
  }

  test('their acts did something', () => {
    const acts = [...did.values()].reduce((sum, times) => sum + times, 0)
    // Some acts find nothing to do; how many depends on the pace of the others.
    expect(acts).toBeGreaterThan((HISTORIES * STEPS) / 2)
    // Enough of them for each act to have come up.
    if (HISTORIES * STEPS >= 2_000)
      expect([...did.keys()].sort()).toEqual(ACTS.map(({ name }) => name).sort())
    if (process.env['INFORMALS_CHAOS_SEED'])
      console.log([...did].map(([name, times]) => `${name}: ${times}`).join(' · '))
  })
})
