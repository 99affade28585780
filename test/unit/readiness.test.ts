import { expect, it } from 'vitest'
import { readinessOf } from '#server/operate/readiness.ts'
import { StoreError } from '#server/store/port.ts'
import { FakeTime } from '#test/kit/fake-time.ts'

const ROOM = () => Promise.resolve(1e12)

it('17.10 all is well where the disk has room, and the store writes', async () => {
  const ask = readinessOf({
    store: { probe: () => Promise.resolve() },
    clock: new FakeTime(),
    freeBytes: ROOM,
  })
  expect(await ask()).toEqual({ ready: true, checks: { disk: 'ok', store: 'ok', worker: 'ok' } })
})

it.each([
  ['a disk that is nearly full', () => Promise.resolve(), () => Promise.resolve(1_000_000), 'disk'],
  ['a disk that cannot be asked', () => Promise.resolve(), () => Promise.reject(new Error('gone')), 'disk'],
  ['a disk that is full', () => Promise.reject(new StoreError('unwritable', 'Not saved.')), ROOM, 'store'],
  ['a store that fails', () => Promise.reject(new StoreError('failed', '/secret/path')), ROOM, 'store'],
])("17.10 %s is said, and nothing that is nobody's business", async (_what, probe, freeBytes, part) => {
  const readiness = await readinessOf({ store: { probe }, clock: new FakeTime(), freeBytes })()
  const wrong = Object.entries(readiness.checks).filter(([, check]) => check !== 'ok')
  expect(readiness.ready).toBe(false)
  expect(wrong.map(([name]) => name)).toEqual([part])
  expect(JSON.stringify(readiness)).not.toContain('/')
})

it('17.10 a thread that does not answer is said, and asked once a second, however many want to know', async () => {
  const time = new FakeTime()
  let asked = 0
  const probe = () => new Promise<void>(() => asked++)
  const ask = readinessOf({ store: { probe }, clock: time, freeBytes: ROOM })
  const answers = Promise.all([ask(), ask()])
  time.advance(2_000)
  expect((await answers).map(({ checks }) => checks.worker)).toEqual(
    Array(2).fill("The store's thread does not answer."),
  )
  expect(asked).toBe(1)
  void ask()
  expect(asked).toBe(2)
})
