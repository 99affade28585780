import type { Span } from './anchor.ts'
import type { OpenProposal } from './proposals.ts'

/** A proposal with its span in the text of its host. */
export interface Stretch extends Span {
  readonly proposal: OpenProposal
}

/** One proposal's part of a bracket; `last` when no other part of it follows. */
export interface Part {
  readonly proposal: OpenProposal
  readonly span: Span
  readonly last: boolean
}

export type Nesting =
  | (Span & { readonly kind: 'point'; readonly proposal: OpenProposal })
  | (Span & { readonly kind: 'range'; readonly parts: readonly Part[]; readonly inner: readonly Nesting[] })

interface Open extends Span, Part {}

/**
 * Arranges stretches of one text as brackets that nest: same words share a bracket, a longer stretch encloses the
 * shorter ones that start in it, and one that reaches beyond is cut there. Points at a stretch's edge stay outside.
 * The stretches come oldest first, and that order is kept among equals.
 */
export function nest(stretches: readonly Stretch[]): Nesting[] {
  const points = stretches.filter(({ start, end }) => start === end)
  const ranges = stretches
    .filter(({ start, end }) => start < end)
    .map(({ proposal, start, end }): Open => ({ proposal, start, end, span: { start, end }, last: true }))
  return arrange(ranges, points)
}

/** By start, longer first; Array.sort is stable, so age decides between equals. */
const order = (a: Span, b: Span): number => a.start - b.start || b.end - a.end

function arrange(ranges: readonly Open[], points: readonly Stretch[]): Nesting[] {
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
    nested.push({ kind: 'range', start, end, parts, inner: arrange(inner, inside) })
    queue = later.sort(order)
  }
  for (const { proposal, start } of rest) nested.push({ kind: 'point', start, end: start, proposal })
  // At one offset: points first (they stand before a bracket that opens there, and behind one that closed there).
  return nested.sort((a, b) => a.start - b.start || a.end - b.end)
}
