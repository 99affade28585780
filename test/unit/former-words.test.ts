import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { ClockList } from '#shared/document/text/clock-list.ts'
import { FormerWords } from '#shared/document/text/former-words.ts'
import { Random } from '#test/kit/random.ts'

/** Deletes 99 of every 100 characters from `start` to `end`, in one transaction. */
function thin(text: Y.Text, start: number, end: number): void {
  const hundred = [{ retain: 1 }, { delete: 99 }]
  text.applyDelta([{ retain: start }, ...Array.from({ length: (end - start) / 100 }, () => hundred).flat()])
}

it('a list by clock answers as a sorted array does, in whatever order entries come and go', () => {
  const random = new Random(7)
  const list = new ClockList<{ clock: number; name: number }>()
  const plain = new Map<number, { clock: number; name: number }>()
  const most = 4_000
  for (let step = 0; step < 12_000; step++) {
    // Ascending first, then anywhere; it grows, and in the end it is emptied again.
    const clock = step < 1_500 ? step * 2 : random.int(most)
    const entry = { clock, name: step }
    if (random.int(12_000) > step) {
      list.set(entry)
      plain.set(clock, entry)
    } else {
      expect(list.remove(clock)).toBe(plain.get(clock))
      plain.delete(clock)
    }
    if (step % 40 > 0) continue
    const clocks = [...plain.keys()].sort((a, b) => a - b)
    for (let at = -1; at <= most; at += 97) {
      expect(list.upTo(at)).toBe(plain.get(clocks.findLast((known) => known <= at) ?? -1))
      expect(list.after(at)).toBe(plain.get(clocks.find((known) => known > at) ?? -1))
    }
  }
  for (const clock of plain.keys()) expect(list.remove(clock)?.clock).toBe(clock)
  expect(list.after(-1)).toBeUndefined()
})

it('of very many deleted characters the oldest are forgotten, whichever place they had in the text', () => {
  const doc = new Y.Doc()
  const former = new FormerWords(doc)
  const text = doc.getText('words')
  text.insert(0, 'abcdefghij'.repeat(100_000))
  const at = (clock: number) => former.at([doc.clientID, clock])
  thin(text, 500_000, 1_000_000)
  expect(at(500_001)).toEqual({ unit: 'b', at: 2 })
  thin(text, 0, 500_000)
  const known = Array.from({ length: 10_000 }, (_, range) => at(range * 100 + 1) !== null)
  // Each range counts 115 units of a million.
  const gone = 10_000 - 8_695
  expect(known).toEqual(known.map((_, range) => range < 5_000 || range >= 5_000 + gone))
  expect(at(2)).toEqual({ unit: 'c', at: 3 })
  expect(at(999_999)).toEqual({ unit: 'j', at: 2 })
})

it('what one update deletes in several transactions is one deletion', () => {
  const doc = new Y.Doc()
  const former = new FormerWords(doc)
  const text = doc.getText('words')
  text.insert(0, 'abcdef')
  const at = (clock: number) => former.at([doc.clientID, clock])?.at
  text.delete(5, 1)
  former.beginOne()
  text.delete(4, 1)
  text.delete(0, 1)
  former.endOne()
  text.delete(0, 1)
  const [first, second, third] = [at(5)!, at(4)!, at(1)!]
  expect(at(0)).toBe(second)
  expect(second).toBeGreaterThan(first)
  expect(third).toBeGreaterThan(second)
})
