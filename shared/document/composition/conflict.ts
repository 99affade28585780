import type { Span } from '../text/anchor.ts'

/**
 * What is in dispute about the same words of one text: stretches that overlap, and points at the same place. Whatever
 * touches at an edge only is no dispute: a stretch beside a stretch, a point before or behind one.
 *
 * The sets come in the order of the text, and so does what is in each.
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
