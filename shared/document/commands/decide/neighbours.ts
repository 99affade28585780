import type * as Y from 'yjs'
import type { MovedAnchor } from '../../../model/proposals/decision.ts'
import type { HostId, ProposalId } from '../../../model/ids.ts'
import type { Anchor, ItemId } from '../../../model/proposals/proposal.ts'
import type { Span } from '../../text/anchor.ts'
import { itemAt, offsetAfter, probesOf, readHost, spanOf } from '../../text/anchor.ts'
import type { OpenOn } from '../../open.ts'
import { openOn } from '../../open.ts'
import { byAgeIn } from '../../age.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { hostText } from '../../schema.ts'

/** The other proposals on a text that accepting a proposal changes, and where they are anchored afterwards. */

export interface OnSpan extends OpenOn {
  readonly span: Span
}

/**
 * Returns the open proposals on a host, without `except`, each with its span in the text as it is now. Those
 * whose anchor does not resolve are left out.
 */
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
  /** Deleting the span leaves none of the words that it is about. */
  readonly inside: boolean
  /**
   * Which end of its anchor lies in the span. A point, and a range whose words are deleted already, has its
   * `end` there when it stands at the end of the span.
   */
  readonly cut: 'start' | 'end' | null
  readonly gone: boolean
}

/**
 * Returns the proposals whose anchors accepting proposal `id` touches by deleting `stretch` (UTF-16 offsets of the host) and
 * inserting its wording there: those that lose words, and those that stand at its end and must stay behind the wording. At
 * a mere insertion (an empty stretch) a point at the same place counts only when `id` is the older of the two, because
 * it is then shown behind it.
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
 * Re-anchors a neighbour after the decision; returns the anchor before and after. The new words stand from
 * `start` to `end`.
 *
 * - A range that lay partly in the deleted words keeps the rest of its words. It never covers the new words,
 *   since its author did not speak of them.
 * - A range whose words had all been deleted before ends with the last of them that stands before the new words. It
 *   keeps the others, which may be brought back.
 * - A point right behind the deleted words is anchored right behind the new ones. One on a deleted character that
 *   stands behind the new words is there already and keeps its character, which may be brought back.
 */
export function stepAside(
  od: OutcomeDocument,
  host: Y.Text,
  { start, end }: Span,
  { id, anchor, cut, gone }: Neighbour,
): MovedAnchor {
  const before = (offset: number): ItemId | null => (offset === 0 ? null : itemAt(host, offset - 1))
  let to: Anchor = anchor
  if (anchor.kind === 'point') {
    const isBehind = start < end && offsetAfter(host, anchor.at) === end
    if (!isBehind) to = { ...anchor, at: before(end) }
  } else if (gone && anchor.kind === 'range')
    to = { ...anchor, end: lastBefore(host, anchor, itemAt(host, start)) }
  else if (cut === 'start') to = { ...anchor, start: itemAt(host, end) ?? anchor.start }
  else to = { ...anchor, end: before(start) ?? anchor.end }
  od.anchors.set(id, to)
  return { proposal: id, from: anchor, to }
}

/**
 * Re-anchors a range whose exact words were replaced to the words that replaced them: its proponent now asks
 * for other words in place of these. Returns an empty list when nothing was inserted.
 */
export function moveToReplacement(
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

/**
 * Returns the last character of a range, deleted or not, that stands before the newer one; the range's own last one where
 * the newer one is not in it.
 */
function lastBefore(
  host: Y.Text,
  { start, end }: Extract<Anchor, { kind: 'range' }>,
  newer: ItemId | null,
): ItemId {
  let last: ItemId | null = null
  for (let item = host._start; item; item = item.right) {
    if (newer && holds(item, newer) && last) return item.id.clock < newer[1] ? [newer[0], newer[1] - 1] : last
    if (holds(item, end)) return end
    if (last || holds(item, start)) last = [item.id.client, item.id.clock + item.length - 1]
  }
  return end
}

const holds = ({ id, length }: Y.Item, [client, clock]: ItemId): boolean =>
  id.client === client && clock >= id.clock && clock < id.clock + length
