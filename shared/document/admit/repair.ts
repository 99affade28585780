import * as Y from 'yjs'
import { isProposalId } from '../../model/ids.ts'
import type { HostId, ProposalId } from '../../model/ids.ts'
import { isOnWords } from '../../model/proposal.ts'
import type { Anchor, ItemId } from '../../model/proposal.ts'
import { isOwnedBy } from '../attribution.ts'
import { decisionOf, headOf, isTabled } from '../schema.ts'
import type { Id } from './decode.ts'
import { knownState, storedItem } from './place.ts'
import { idKey, may } from './review.ts'
import type { Review } from './review.ts'
import { indexAt } from './search.ts'
import type { AdmissionCode } from './verdict.ts'

/**
 * Undoing a deletion brings the words back as new characters; whoever may do that re-anchors what stood on the old
 * ones: other people's proposals, and decided ones too, for they may be reopened. So much and no more: the host stays,
 * no anchor is taken away, and those who may not edit base text touch only an anchor that has lost a character, or
 * that the same person has put there before.
 */

/** What stands somewhere, known or new. */
export interface Units extends Id {
  readonly length: number
}

/** Null: it is the actor's own and open, or made by this very update. */
export function ownAndOpen(review: Review, id: ProposalId): AdmissionCode | null {
  if (review.created.has(id)) return null
  if (!isOwnedBy(review.od, id, review.actor)) return 'not-allowed'
  return decisionOf(review.od, id) || isTabled(review.od, id) ? 'closed' : null
}

/**
 * Base text: whoever may edit it. A wording: its owner. Where the anchor is gone, its author has taken the proposal
 * back while others brought the words back: what they write then comes to nothing, but they are not refused for it.
 */
export function mayRepair(review: Review, id: ProposalId): boolean {
  const anchor = review.od.anchors.get(id)
  if (!anchor) return headOf(review.od, id)?.kind === 'text' && may(review, 'propose')
  return isOnWords(anchor) && isHostOf(review, anchor.host)
}

const isHostOf = (review: Review, host: HostId): boolean =>
  isProposalId(host) ? isOwnedBy(review.od, host, review.actor) : may(review, 'edit-base')

export function noteErased(
  { repairs }: Review,
  proposal: ProposalId,
  { client, clock, length }: Units,
): void {
  repairs.erased.push({ proposal, id: idKey(client, clock + length - 1) })
}

export function judgeRepairs(review: Review): AdmissionCode | null {
  const { erased, overwritten } = review.repairs
  const repaired = new Set(review.anchorings.map(({ proposal }) => proposal))
  // Where two repairs meet, one deletes the other without having followed it.
  const trusted = may(review, 'edit-base')
  for (const { proposal, id } of erased)
    if (!overwritten.has(id) && !(trusted && repaired.has(proposal))) return 'not-allowed'
  for (const { proposal, anchor, repair } of review.anchorings)
    if (repair && !isRepair(review, proposal, anchor)) return 'not-allowed'
  return null
}

function isRepair(review: Review, id: ProposalId, after: Anchor): boolean {
  const before = review.od.anchors.get(id)
  if (!isOnWords(after)) return false
  if (!before) return isHostOf(review, after.host)
  if (!isOnWords(before) || before.host !== after.host) return false
  const writer = review.od.anchors._map.get(id)?.id.client
  if (may(review, 'edit-base') || (writer !== undefined && review.ownerOf(writer) === review.actor.person))
    return true
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
