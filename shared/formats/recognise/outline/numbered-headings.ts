import { looksLikeHeading } from '../lines/headings.ts'
import { isNumbered, type Numbered } from './restarts.ts'
import type { Segment } from '../segments/segment.ts'
import { numberOf } from '../markers/series.ts'

/**
 * Returns the numbered segments that are headings: `1. Welcome` above `1. We welcome the reeds.` They are short, are
 * counted among themselves, and the numbers of the paragraphs below them go on, or begin again, as if they were not there.
 */
export function findNumberedHeadings(segments: readonly Segment[]): ReadonlySet<Segment> {
  const following = new Map(segments.map((segment, i) => [segment, segments[i + 1]]))
  const found = segments.filter(isNumbered).filter((segment) => heads(segment, following.get(segment)))
  if (found.length < 2 || found.some((segment, i) => numberOf(segment.marker) !== i + 1)) return new Set()
  const headings = new Set<Segment>(found)
  let last = 0
  for (const segment of segments) {
    if (!isNumbered(segment) || headings.has(segment)) continue
    const number = numberOf(segment.marker)
    if (number !== last + 1 && number !== 1 && segment.marker.suffix + segment.marker.alt === 0)
      return new Set()
    last = number
  }
  return headings
}

/** Whether a numbered segment is short and no sentence, and what follows it is a numbered sentence. */
function heads(segment: Numbered, next: Segment | undefined): boolean {
  return (
    next !== undefined &&
    isNumbered(next) &&
    segment.marker.lead === '' &&
    looksLikeHeading(segment.text) &&
    !looksLikeHeading(next.text)
  )
}
