import * as Y from 'yjs'
import { isProposalId } from '../../model/ids.ts'
import type { ProposalId } from '../../model/ids.ts'
import type { Anchor, ItemId } from '../../model/proposal.ts'
import { headOf } from '../schema.ts'
import { knownState, storedItem } from './place.ts'
import { idKey, may } from './review.ts'
import type { Review } from './review.ts'
import { indexAt } from './search.ts'
import type { AdmissionCode } from './verdict.ts'

/**
 * Undoing a deletion brings the words back as new characters; whoever may do that re-anchors what stood on the old
 * ones, other people's proposals too. So much and no more: the host stays, an anchor that has lost no character is
 * not touched, and none is taken away.
 */

export function isForeign(review: Review, id: ProposalId): boolean {
  return !review.created.has(id) && headOf(review.od, id)?.by !== review.participant
}

/** Base text: whoever may edit it. A wording: its owner. */
export function mayRepair(review: Review, id: ProposalId): boolean {
  const anchor = review.od.anchors.get(id)
  if (!anchor || anchor.kind === 'after') return false
  if (!isProposalId(anchor.host)) return may(review, 'edit-base')
  return review.participant !== null && headOf(review.od, anchor.host)?.by === review.participant
}

export function noteErased({ repairs }: Review, client: number, clock: number, length: number): void {
  repairs.erased.push(idKey(client, clock + length - 1))
}

export function judgeRepairs(review: Review): AdmissionCode | null {
  const { erased, overwritten } = review.repairs
  if (!erased.every((id) => overwritten.has(id))) return 'not-allowed'
  for (const { proposal, anchor, repair } of review.anchorings)
    if (repair && !isRepair(review, review.od.anchors.get(proposal), anchor)) return 'not-allowed'
  return null
}

function isRepair(review: Review, before: Anchor | undefined, after: Anchor): boolean {
  if (!before || before.kind === 'after' || after.kind === 'after' || before.host !== after.host) return false
  const items = before.kind === 'point' ? [before.at] : [before.start, before.end]
  return items.some((item) => item !== null && isLost(review, item))
}

/** Deleted, already or by this update. */
function isLost(review: Review, [client, clock]: ItemId): boolean {
  if (clock >= knownState(review, client)) return false
  const item = storedItem(review, { client, clock })
  if (!(item instanceof Y.Item) || item.deleted) return true
  const ranges = review.deletes.get(client) ?? []
  const range = ranges[indexAt(ranges, clock)]
  return range !== undefined && range.clock <= clock && clock < range.clock + range.length
}
