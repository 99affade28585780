import { describe, expect, test } from 'vitest'
import { filterBlocks, heatOf } from '#client/ui/outline/filter.ts'
import type { PlainFilter } from '#client/ui/outline/filter.ts'
import { inConflict, stopAfterDecision, step, stopAt, stopOnLeaving, stopsOf } from '#client/ui/state/walk.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { block, board, place, row } from './ui-board.ts'

const q = (id: string) => id as ProposalId

const text = board(
  block({ id: 'p1', kind: 'heading', label: '' }),
  block({
    id: 'p2',
    places: [place(row({ id: 'q1' })), place(row({ id: 'q2' }), row({ id: 'q3', by: 'EU' }))],
  }),
  block({ id: 'p3', kind: 'separator', label: '' }),
  block({ id: 'p4', kind: 'heading', label: '' }),
  block({ id: 'p5' }),
  block({ id: 'p6', places: [place(row({ id: 'q4', by: 'EU' }))] }),
)
const stops = stopsOf(text)

/** The bracket that somebody is at who leaves the text at a paragraph, and the one from which she goes on. */
function leave(at: string | null, current: string | null): (string | null)[] {
  const { stop, next } = stopOnLeaving(text, current as ProposalId | null, at as ParagraphId | null)
  return [stop?.row.id ?? null, next?.row.id ?? null]
}

const shown = (kind: PlainFilter, mine = 'KEN', changed: readonly string[] = []) =>
  filterBlocks(
    text,
    { kind },
    { mine: mine as ParticipantId, changed: new Set(changed as ParagraphId[]) },
  ).map((each) => each.id)

describe('going through the open brackets', () => {
  test('in the order of the text', () => {
    expect(stops.map((stop) => stop.row.id)).toEqual(['q1', 'q2', 'q3', 'q4'])
  })

  test('14.19 whoever leaves the text is at a bracket of her own paragraph, or at none', () => {
    expect(leave('p2', 'q2')).toEqual(['q2', 'q2'])
    expect(leave('p2', 'q4')).toEqual(['q1', 'q1'])
    expect(leave('p5', 'q2')).toEqual([null, 'q4'])
    expect(leave('p5', null)).toEqual([null, 'q4'])
    expect(leave('p6', null)).toEqual(['q4', 'q4'])
    expect(leave(null, 'q3')).toEqual(['q3', 'q3'])
  })

  test('next and previous; the ends do not wrap around', () => {
    expect(step(stops, q('q2'), 1)?.row.id).toBe('q3')
    expect(step(stops, q('q2'), -1)?.row.id).toBe('q1')
    expect(step(stops, q('q4'), 1)).toBeNull()
    expect(step(stops, q('q1'), -1)).toBeNull()
  })

  test('without a current one it begins at the near end', () => {
    expect(step(stops, null, 1)?.row.id).toBe('q1')
    expect(step(stops, null, -1)?.row.id).toBe('q4')
    expect(step([], null, 1)).toBeNull()
  })

  test('after a decision: on to the next, at the end of the text back to the one before', () => {
    expect(stopAfterDecision(stops, q('q2'))).toBe('q3')
    expect(stopAfterDecision(stops, q('q4'))).toBe('q3')
    expect(stopAfterDecision(stops.slice(0, 1), q('q1'))).toBeNull()
  })

  test('finds where a proposal stands', () => {
    expect(stopAt(text, q('q4'))?.block.id).toBe('p6')
    expect(stopAt(text, q('q9'))).toBeNull()
    expect(stopAt(text, null)).toBeNull()
  })
})

describe('filters of the outline', () => {
  test('undecided keeps the headings that something is under', () => {
    expect(shown('undecided')).toEqual(['p1', 'p2', 'p4', 'p6'])
  })

  test('in conflict: two participants on the same words', () => {
    expect(inConflict(place(row({ by: 'KEN' }), row({ by: 'KEN' })))).toBe(false)
    expect(shown('conflict')).toEqual(['p1', 'p2'])
  })

  test('mine', () => {
    expect(shown('mine')).toEqual(['p1', 'p2'])
    expect(shown('mine', 'EU')).toEqual(['p1', 'p2', 'p4', 'p6'])
  })

  test('12.1 what changed since one last looked', () => {
    expect(shown('changed', 'KEN', ['p5'])).toEqual(['p4', 'p5'])
    expect(shown('changed')).toEqual([])
  })

  test('everything is everything', () => {
    expect(shown('everything')).toHaveLength(6)
  })

  test('heat rises with what is open', () => {
    expect([0, 1, 2, 3, 4, 6, 7, 40].map(heatOf)).toEqual([0, 1, 2, 2, 3, 3, 4, 4])
  })
})
