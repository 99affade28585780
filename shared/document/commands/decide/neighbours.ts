import type * as Y from 'yjs'
import type { MovedAnchor } from '../../../model/decision.ts'
import type { HostId, ProposalId } from '../../../model/ids.ts'
import type { Anchor, ItemId } from '../../../model/proposal.ts'
import type { Span } from '../../text/anchor.ts'
import { itemAt, probesOf, readHost, spanOf } from '../../text/anchor.ts'
import type { OpenOn } from '../../open.ts'
import { openOn } from '../../open.ts'
import { byAgeIn } from '../../age.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { hostText } from '../../schema.ts'

/** What else stands on the text that a decision changes. */

export interface OnSpan extends OpenOn {
  readonly span: Span
}

/** The open proposals of a host, except one, where they stand now. */
export function othersOn(od: OutcomeDocument, host: HostId, except: ProposalId): OnSpan[] {
  const text = hostText(od, host)
  if (!text) return []
  const others = openOn(od, host).filter((other) => other.id !== except)
  const probes = others.map(({ anchor }) => probesOf(anchor))
  const { offsets } = readHost(text, probes.flat())
  let next = 0
  return others.flatMap((other, index): OnSpan[] => {
    const span = spanOf(other.anchor, offsets.slice(next, (next += probes[index]!.length)))
    return span ? [{ ...other, span }] : []
  })
}

export interface Neighbour extends OpenOn {
  /** Nothing of what it is about is left once the stretch is deleted. */
  readonly inside: boolean
  /** Which end of it the stretch takes; a point, or a range whose words are gone, has it at the stretch's end. */
  readonly cut: 'start' | 'end' | null
  readonly gone: boolean
}

/**
 * Those that a stretch of the text, once deleted for `id`, takes something from, and those that stand behind it: what
 * is shown after it stays after it.
 */
export function neighboursOf(
  od: OutcomeDocument,
  id: ProposalId,
  stretch: Span,
  others: readonly OnSpan[],
): Neighbour[] {
  return others.flatMap(({ id: other, anchor, span }): Neighbour[] => {
    const startIn = span.start >= stretch.start && span.start < stretch.end
    const endIn = span.end > stretch.start && span.end <= stretch.end
    const inside = startIn && endIn
    const atEnd = span.end === stretch.end
    const gone = anchor.kind === 'range' && span.start === span.end
    const found = { id: other, anchor, gone }
    if (gone && atEnd) return [{ ...found, inside: false, cut: 'end' }]
    if (anchor.kind === 'range') {
      const cut = inside ? null : startIn ? 'start' : 'end'
      return startIn || endIn ? [{ ...found, inside, cut }] : []
    }
    if (atEnd && (endIn || isOlder(od, id, other))) return [{ ...found, inside: false, cut: 'end' }]
    return endIn ? [{ ...found, inside: true, cut: null }] : []
  })
}

function isOlder(od: OutcomeDocument, id: ProposalId, than: ProposalId): boolean {
  return byAgeIn(od)(id, than) < 0
}

/**
 * A range that lay partly in the deleted words is about the rest of its words: nobody asked about the new ones, also
 * where they went in among words that were gone already. A point that stood right behind the deleted words stands right
 * behind the new ones, which stand from `start` to `end` now.
 */
export function step(
  od: OutcomeDocument,
  host: Y.Text,
  { start, end }: Span,
  { id, anchor, cut, gone }: Neighbour,
): MovedAnchor {
  const before = (offset: number): ItemId | null => (offset === 0 ? null : itemAt(host, offset - 1))
  let to: Anchor = anchor
  if (anchor.kind === 'point') to = { ...anchor, at: before(end) }
  else if (gone) to = { ...anchor, end: anchor.start }
  else if (cut === 'start') to = { ...anchor, start: itemAt(host, end) ?? anchor.start }
  else to = { ...anchor, end: before(start) ?? anchor.end }
  od.anchors.set(id, to)
  return { proposal: id, from: anchor, to }
}

/** A range whose words another wording took the place of is about that wording now: it asks for something else instead. */
export function standAgainst(
  od: OutcomeDocument,
  host: Y.Text,
  { start, end }: Span,
  { id, anchor }: Neighbour,
): MovedAnchor[] {
  const [first, last] = start < end ? [itemAt(host, start), itemAt(host, end - 1)] : []
  if (anchor.kind !== 'range' || !first || !last) return []
  const to: Anchor = { ...anchor, start: first, end: last }
  od.anchors.set(id, to)
  return [{ proposal: id, from: anchor, to }]
}
