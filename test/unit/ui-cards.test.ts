import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { densityOf } from '#client/ui/margin/density.ts'
import { goneFrom, stillGone } from '#client/ui/margin/shown-cards.ts'
import { blocksBetween } from '#client/ui/margin/near-blocks.ts'
import { shownPlaces } from '#client/ui/margin/shown-cards.ts'
import { CARD_GAP, stack } from '#client/ui/margin/stack.ts'
import type { StackItem } from '#client/ui/margin/stack.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { block, place, row } from './ui-board.ts'

const every20 = (index: number) => ({ top: index * 20, bottom: index * 20 + 18 })

const item = (top: number, height: number, slotStart = 0, slotEnd = 10_000): StackItem => ({
  top,
  height,
  slotStart,
  slotEnd,
})

describe('cards of the margin', () => {
  test('each stands level with its bracket where there is room', () => {
    expect(stack([item(10, 50), item(200, 50)])).toEqual([10, 200])
  })

  test('two on one line: the second makes way', () => {
    expect(stack([item(10, 50), item(10, 50)], -1, 8)).toEqual([10, 68])
  })

  test('the last one of a paragraph moves up rather than beside the next paragraph', () => {
    expect(stack([item(100, 80, 0, 150)])).toEqual([70])
  })

  test('the current one stays level and the others make way, upwards too', () => {
    expect(stack([item(100, 50), item(110, 50), item(120, 50)], 1, 10)).toEqual([50, 110, 170])
  })

  test('none is pushed above the top of the text', () => {
    expect(stack([item(0, 50), item(10, 50)], 1, 10)).toEqual([0, 60])
  })

  test('whatever the brackets, no card lies on another and all keep their order', () => {
    const items = fc
      .array(fc.tuple(fc.nat(2_000), fc.integer({ min: 20, max: 300 }), fc.nat(400)), { maxLength: 40 })
      .map((raw) =>
        raw
          .sort((a, b) => a[0] - b[0])
          .map(([top, height, room]) => item(top, height, Math.max(0, top - room), top + height + room)),
      )
    fc.assert(
      fc.property(items, fc.integer({ min: -1, max: 45 }), (cards, pinned) => {
        const tops = stack(cards, pinned)
        for (let i = 1; i < cards.length; i++)
          expect(tops[i]).toBeGreaterThanOrEqual((tops[i - 1] ?? 0) + (cards[i - 1]?.height ?? 0) + CARD_GAP)
        for (const top of tops) expect(top).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('density', () => {
  test('a paragraph with room shows its cards in full', () => {
    expect(densityOf(block({ places: [place(row())] }), 200)).toEqual({ slim: false, reserve: 0 })
  })

  test('many on a short paragraph shrink to a line each, and room is kept for them', () => {
    const crowded = block({ places: Array.from({ length: 9 }, (_, i) => place(row({ id: `q${i}` }))) })
    const density = densityOf(crowded, 120)
    expect(density.slim).toBe(true)
    expect(density.reserve).toBeGreaterThan(0)
    expect(densityOf(crowded, 5_000).slim).toBe(false)
  })
})

const heightNeeded = (...rows: readonly [ReturnType<typeof row>, ...ReturnType<typeof row>[]]) =>
  Array.from({ length: 400 }, (_, height) => height).find(
    (height) => densityOf(block({ places: [place(...rows)] }), height).reserve === 0,
  ) ?? Infinity

describe('density of what is said of proposals', () => {
  const entry = { participant: 'EU', person: '', at: 0, position: 'support', earlier: [] } as const
  const supported = { ...row(), positions: [{ ...entry, participant: entry.participant as ParticipantId }] }
  test('3.1 positions need a line, and so does the heading of a set', () => {
    expect(heightNeeded(supported)).toBeGreaterThan(heightNeeded(row()))
    const apart = [place(row()), place(row({ id: 'q2' }))]
    const together = [place(row(), row({ id: 'q2' }))]
    expect(densityOf(block({ places: together }), 0).reserve).not.toBe(
      densityOf(block({ places: apart }), 0).reserve,
    )
  })
})

describe('the blocks near what is seen', () => {
  test('are those that touch the stretch', () => {
    expect(blocksBetween(100, every20, 95, 145)).toEqual({ first: 4, last: 7 })
  })

  test('may be none', () => {
    expect(blocksBetween(0, every20, 0, 100)).toEqual({ first: 0, last: -1 })
  })

  test('blocks that this view does not show do not lead astray', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.nat(900),
        fc.nat(400),
        (hidden, from, length) => {
          const extent = (index: number) => (hidden[index] ? null : every20(index))
          const range = blocksBetween(hidden.length, extent, from, from + length)
          hidden.forEach((isHidden, index) => {
            if (isHidden) return
            const { top, bottom } = every20(index)
            const touches = bottom >= from && top <= from + length
            if (touches) expect(range.first <= index && index <= range.last).toBe(true)
            else expect(range.first <= index && index <= range.last).toBe(false)
          })
        },
      ),
    )
  })
})

describe('what a view shows', () => {
  const ken = 'KEN' as ParticipantId
  const mixed = place(row({ id: 'q1', by: 'EU' }), row({ id: 'q2', by: 'KEN' }))

  test('my delegation: only the rows of mine, the same object every time', () => {
    const blocks = block({ places: [mixed, place(row({ id: 'q3', by: 'EU' }))] })
    const [first, ...more] = shownPlaces(blocks, 'mine', ken)
    expect(first?.rows.map((each) => each.id)).toEqual(['q2'])
    expect(more).toEqual([])
    expect(shownPlaces(blocks, 'mine', ken)[0]).toBe(first)
  })

  test('without brackets there are no cards', () => {
    expect(shownPlaces(block({ places: [mixed] }), 'clean', ken)).toEqual([])
    expect(shownPlaces(block({ places: [mixed] }), 'base', ken)).toEqual([])
  })

  test('a row that was decided leaves; one that moved to another block does not', () => {
    const before = [
      block({ id: 'p1', places: [place(row({ id: 'q1' }), row({ id: 'q2' }))] }),
      block({ id: 'p2', places: [] }),
    ]
    const after = [block({ id: 'p1', places: [] }), block({ id: 'p2', places: [place(row({ id: 'q2' }))] })]
    const gone = goneFrom(before, after)
    expect(gone.map((each) => [each.block, each.place.rows.map((one) => one.id)])).toEqual([['p1', ['q1']]])
    expect(stillGone(gone, after)).toEqual(gone)
    // Undone at once: the card that fades makes way for the one that is back.
    expect(stillGone(gone, before)).toEqual([])
  })
})
