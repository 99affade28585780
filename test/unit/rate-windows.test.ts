import { expect, it } from 'vitest'
import { rateWindows } from '#server/http/rate-windows.ts'
import { FakeTime } from '#test/kit/fake-time.ts'

const MINUTE = 60_000

function counting() {
  const time = new FakeTime()
  const Windows = rateWindows(() => time.monotonic())
  const windows = new Windows({})
  const count = (key: string) => {
    let counted = 0
    windows.incr(key, (_error, result) => (counted = result?.current ?? 0), MINUTE, 10)
    return counted
  }
  return { time, count }
}

it('17.2 counts in windows of time, each key for itself, whatever the machine says what time it is', () => {
  const { time, count } = counting()
  expect([count('a'), count('a'), count('b')]).toEqual([1, 2, 1])
  time.leap(-60 * MINUTE)
  time.advance(MINUTE - 1)
  expect(count('a')).toBe(3)
  time.advance(1)
  expect(count('a')).toBe(1)
})

it('forgets who came longest ago when there are too many', () => {
  const { count } = counting()
  for (let key = 0; key < 5_000; key++) count(`key ${key}`)
  expect(count('key 0')).toBe(2)
  count('one more')
  expect(count('key 1')).toBe(1)
  expect(count('key 0')).toBe(3)
})
