import { expect, it } from 'vitest'
import { UnknownCallers } from '#server/room/limits/unknown-callers.ts'
import { FakeTime } from '#test/kit/fake-time.ts'

function open(burst: number) {
  const time = new FakeTime()
  const callers = new UnknownCallers({ burst, perSecond: 1 }, time)
  const ask = (address: string, session: string | null, known: boolean) =>
    callers.lookUp(address, session, () => Promise.resolve(known), Boolean)
  return { time, callers, ask }
}

it('an address may be wrong so often, many times at once or one after the other, and again later', async () => {
  const { time, ask } = open(3)
  const answers = await Promise.all([1, 2, 3, 4].map((i) => ask('here', `forged ${i}`, false)))
  expect(answers).toEqual([false, false, false, null])
  expect(await ask('here', null, false)).toBeNull()
  expect(await ask('elsewhere', null, false)).toBe(false)
  time.advance(1_000)
  expect(await ask('here', 'forged 5', false)).toBe(false)
  expect(await ask('here', 'forged 6', false)).toBeNull()
})

it('sessions that are somebody’s cost nothing, and are known among any number of forged ones', async () => {
  const { ask } = open(2)
  for (let i = 0; i < 10; i++) expect(await ask('here', `good ${i}`, true)).toBe(true)
  for (let i = 0; i < 2; i++) expect(await ask('here', `forged ${i}`, false)).toBe(false)
  expect(await ask('here', 'good 3', true)).toBe(true)
  expect(await ask('here', 'good, not seen before', true)).toBeNull()
  expect(await ask('here', 'good 4', false)).toBe(false)
  expect(await ask('here', 'good 4', false)).toBeNull()
})

const broken = () => Promise.reject(new Error('no disk'))

it('a store that cannot be read is nobody’s fault', async () => {
  const { callers, ask } = open(1)
  for (let i = 0; i < 3; i++)
    await expect(callers.lookUp('here', 'good', broken, Boolean)).rejects.toThrow('no disk')
  expect(await ask('here', 'good', true)).toBe(true)
})

it('only so many addresses and sessions are remembered', async () => {
  const { callers, ask } = open(1)
  for (let i = 0; i < 31_000; i++) await ask(`address ${i}`, `session ${i}`, true)
  expect(callers.size).toBe(30_000)
  expect(await ask('address 1', 'session 30999', true)).toBe(true)
})
