import { expect, it } from 'vitest'
import { ClockList } from '#shared/document/text/clock-list.ts'
import { Random } from '#test/kit/random.ts'

/** Clocks far apart, so that there are questions between them; in runs, so that several blocks fill and empty. */
it('a list by clocks answers as a sorted array does, whatever comes and goes', () => {
  const random = new Random(9)
  const list = new ClockList<{ clock: number; name: number }>()
  const model = new Map<number, { clock: number; name: number }>()
  for (let step = 0; step < 6_000; step++) {
    const clock = 3 * random.int(1_500)
    if (step < 2_500 || random.chance(0.3)) {
      const entry = { clock, name: step }
      list.set(entry)
      model.set(clock, entry)
    } else {
      expect(list.remove(clock)).toBe(model.get(clock))
      model.delete(clock)
    }
    if (step % 20 !== 0) continue
    const sorted = [...model.keys()].sort((a, b) => a - b)
    // At, before and after what is there, also after what has just gone.
    for (const asked of [clock - 1, clock, clock + 1, random.int(4_600)]) {
      const before = sorted.findLast((one) => one <= asked)
      const behind = sorted.find((one) => one > asked)
      expect(list.upTo(asked)).toBe(before === undefined ? undefined : model.get(before))
      expect(list.after(asked)).toBe(behind === undefined ? undefined : model.get(behind))
    }
  }
})

it('a list by clocks finds its first entry after the one before it is gone', () => {
  const list = new ClockList<{ clock: number }>()
  for (const clock of [10, 20, 30]) list.set({ clock })
  list.remove(10)
  expect(list.upTo(15)).toBeUndefined()
  expect(list.after(15)).toEqual({ clock: 20 })
})
