import type { Span } from './anchor.ts'

/**
 * Groups spans of one text that are in dispute: spans that overlap, and points at the same offset. Touching at
 * an edge is no dispute, neither for two spans nor for a span and a point. Returns the groups in the order of
 * the text; the members of each are in that order too.
 */
export function conflictSets<T extends { readonly span: Span }>(placed: readonly T[]): T[][] {
  const sets: T[][] = []
  let end = -1
  for (const member of placed.toSorted(inText)) {
    const current = sets.at(-1)
    const { start } = member.span
    const isPoint = start === member.span.end
    const touches = start < end || (start === end && isPoint && current?.at(-1)?.span.start === start)
    if (current && touches) current.push(member)
    else sets.push([member])
    end = Math.max(touches ? end : -1, member.span.end)
  }
  return sets
}

const inText = (a: { readonly span: Span }, b: { readonly span: Span }): number =>
  a.span.start - b.span.start || a.span.end - b.span.end
