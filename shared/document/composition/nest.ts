import type { Span } from '../text/anchor.ts'
import type { OpenProposal } from './proposals.ts'

/** A proposal with its span in the text of its host. */
export interface PlacedProposal extends Span {
  readonly proposal: OpenProposal
}

/** One proposal's part of a bracket. `last`: no later part of the same proposal follows. */
export interface Part {
  readonly proposal: OpenProposal
  readonly span: Span
  readonly last: boolean
}

export type Nesting =
  | (Span & { readonly kind: 'point'; readonly proposal: OpenProposal; readonly span: Span })
  | (Span & { readonly kind: 'range'; readonly parts: readonly Part[]; readonly inner: readonly Nesting[] })

interface Open extends Span, Part {}

/**
 * How deeply brackets nest in one text at most. Deeper ones are shown at its end, as if their words were
 * deleted, because a text with a thousand overlapping ranges could not be drawn by a browser. Exported for tests.
 */
export const NEST_LIMIT = 16

/**
 * Arranges spans of one text as nested brackets. `stretches` come oldest first; that order is kept among
 * equals.
 *
 * - Spans of exactly the same words share one bracket.
 * - A longer span encloses the shorter ones that begin in it. A span that reaches beyond its enclosing one is
 *   cut there, so the result always nests.
 * - A point at the edge of a span is outside its bracket.
 */
export function nest(stretches: readonly PlacedProposal[]): Nesting[] {
  const points = stretches.filter(({ start, end }) => start === end)
  const ranges = stretches
    .filter(({ start, end }) => start < end)
    .map(({ proposal, start, end }): Open => ({ proposal, start, end, span: { start, end }, last: true }))
  return arrange(ranges, points, 0)
}

/** By start, the longer first. The sort is stable, so among equals the older comes first. */
const order = (a: Span, b: Span): number => a.start - b.start || b.end - a.end

function arrange(ranges: readonly Open[], points: readonly PlacedProposal[], depth: number): Nesting[] {
  if (depth === NEST_LIMIT)
    return [...points, ...ranges.filter(({ last }) => last)].map(asPoint).sort(byPlace)
  const nested: Nesting[] = []
  let queue = ranges.toSorted(order)
  let rest = points
  while (queue.length > 0) {
    const { start, end } = queue[0]!
    const parts = queue.filter((range) => range.start === start && range.end === end)
    const inner: Open[] = []
    const later: Open[] = []
    for (const range of queue) {
      if (range.start === start && range.end === end) continue
      if (range.start >= end) later.push(range)
      else if (range.end <= end) inner.push(range)
      else {
        inner.push({ ...range, end, last: false })
        later.push({ ...range, start: end })
      }
    }
    const inside = rest.filter((point) => point.start > start && point.start < end)
    rest = rest.filter((point) => !inside.includes(point))
    nested.push({ kind: 'range', start, end, parts, inner: arrange(inner, inside, depth + 1) })
    queue = later.sort(order)
  }
  nested.push(...rest.map(asPoint))
  return nested.sort(byPlace)
}

/** At the same offset a point comes before a bracket that opens there. */
const byPlace = (a: Span, b: Span): number => a.start - b.start || a.end - b.end

const asPoint = ({
  proposal,
  start,
  end,
  span = { start, end },
}: PlacedProposal & { span?: Span }): Nesting => ({
  kind: 'point',
  start: end,
  end,
  proposal,
  span,
})
