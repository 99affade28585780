import { expect, it } from 'vitest'
import type { OpenProposal } from '#shared/document/composition/proposals.ts'
import { NEST_LIMIT, nest, type Nesting } from '#shared/document/composition/nest.ts'

/** Brackets as a hostile delegation would lay them: its own, on a wording of its own, as many as it likes. */

const MANY = 4_000

const proposals = Array.from({ length: MANY }, (_, i) => ({ id: `q${i}` }) as unknown as OpenProposal)

const depthOf = (nested: readonly Nesting[]): number =>
  Math.max(0, ...nested.map((entry) => (entry.kind === 'range' ? 1 + depthOf(entry.inner) : 0)))

/** How often each proposal is shown for the last time, and the span it is shown with. */
function shownIn(nested: readonly Nesting[], into = new Map<OpenProposal, Nesting['start'][]>()) {
  for (const entry of nested) {
    const parts = entry.kind === 'point' ? [{ ...entry, last: true }] : entry.parts
    for (const { proposal, span, last } of parts)
      if (last) into.set(proposal, [...(into.get(proposal) ?? []), span.start, span.end])
    if (entry.kind === 'range') shownIn(entry.inner, into)
  }
  return into
}

it.each([
  ['around each other', (i: number) => ({ start: 0, end: 2 * MANY - i })],
  ['each reaching beyond the one before', (i: number) => ({ start: i, end: i + MANY })],
  ['on one word', () => ({ start: 3, end: 9 })],
  ['beside each other', (i: number) => ({ start: 2 * i, end: 2 * i + 1 })],
])('thousands of ranges %s nest no deeper than can be drawn, and none is dropped', (_name, spanOf) => {
  const stretches = proposals.map((proposal, i) => ({ proposal, ...spanOf(i) }))
  const nested = nest(stretches)
  expect(depthOf(nested)).toBeLessThanOrEqual(NEST_LIMIT)
  const shown = shownIn(nested)
  expect(stretches.map(({ proposal }) => shown.get(proposal))).toEqual(
    stretches.map(({ start, end }) => [start, end]),
  )
})

it('what would stand too deep is shown at the end of its words', () => {
  const stretches = proposals
    .slice(0, NEST_LIMIT + 2)
    .map((proposal, i) => ({ proposal, start: i, end: 60 - i }))
  let inner = nest(stretches)
  while (inner[0]?.kind === 'range') inner = [...inner[0].inner]
  expect(
    inner.map(({ kind, start, proposal }: Nesting & { proposal?: OpenProposal }) => [kind, start, proposal]),
  ).toEqual([NEST_LIMIT + 1, NEST_LIMIT].map((i) => ['point', 60 - i, proposals[i]]))
})
