import { expect, it } from 'vitest'
import { Alarm } from '#server/room/alarm.ts'
import { FakeTime } from '#test/kit/fake-time.ts'

const HOUR = 3_600_000

function set(clock: FakeTime) {
  const rung: number[] = []
  return { alarm: new Alarm(clock, () => rung.push(clock.now())), rung }
}

it('9.5 rings when the moment has come, once, also after many hours', () => {
  const time = new FakeTime()
  const { alarm, rung } = set(time)
  const at = time.now() + 200 * HOUR
  alarm.set(at)
  time.advance(200 * HOUR - 1)
  expect(rung).toEqual([])
  time.advance(1)
  expect(rung).toEqual([at])
  alarm.set(at)
  time.advance(HOUR)
  expect(rung).toEqual([at])
})

it('rings at once for a moment that has passed', () => {
  const time = new FakeTime()
  const { alarm, rung } = set(time)
  alarm.set(time.now() - 5)
  expect(rung).toEqual([time.now()])
})

it('rings for the last moment it was set to, and for none when it is put off', () => {
  const time = new FakeTime()
  const { alarm, rung } = set(time)
  alarm.set(time.now() + 10)
  const later = time.now() + 30
  alarm.set(later)
  time.advance(100)
  expect(rung).toEqual([later])
  alarm.set(time.now() + 10)
  alarm.set(null)
  expect(time.pending).toBe(0)
})

it('asks the clock again when a timer goes off early', () => {
  const time = new FakeTime()
  const rung: number[] = []
  const hasty = {
    now: () => time.now(),
    monotonic: () => time.monotonic(),
    after: (ms: number, run: () => void) => time.after(Math.ceil(ms / 2), run),
  }
  const at = time.now() + 1_000
  new Alarm(hasty, () => rung.push(time.now())).set(at)
  time.advance(999)
  expect(rung).toEqual([])
  time.advance(1)
  expect(rung).toEqual([at])
})

it('9.5 rings within a second when the clock leaps past the moment', () => {
  const time = new FakeTime()
  const { alarm, rung } = set(time)
  const at = time.now() + 2 * HOUR
  alarm.set(at)
  time.advance(HOUR)
  time.leap(3 * HOUR)
  expect(rung).toEqual([])
  time.advance(1_000)
  expect(rung).toHaveLength(1)
})

it('waits for a moment that a clock set back puts off', () => {
  const time = new FakeTime()
  const { alarm, rung } = set(time)
  const at = time.now() + 10_000
  alarm.set(at)
  time.leap(-HOUR)
  time.advance(HOUR)
  expect(rung).toEqual([])
  time.advance(10_000)
  expect(rung).toEqual([at])
})
