import { isProposalId } from '../../../model/ids.ts'
import type { HostId, ProposalId } from '../../../model/ids.ts'
import { isOnWords } from '../../../model/proposals/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '../../../model/proposals/proposal.ts'
import { isOwnedBy } from '../../attribution.ts'
import { decisionOf, headOf, isTabled } from '../../schema.ts'
import { sameAnchor } from '../../text/anchor.ts'
import type { Id } from '../decode/decode.ts'
import { idKey, may } from '../review.ts'
import type { Review } from '../review.ts'
import { isRestored } from './restored.ts'
import type { AdmissionCode, Moved } from '../verdict.ts'

/**
 * Judges repairs of anchors. Undo brings deleted words back as new characters, and whoever may do that also
 * re-anchors the proposals on the old characters: other people's, and decided ones, because these may be
 * reopened.
 *
 * A repair may do only this: each character of the new anchor is the old one or the old one brought back
 * (`restored.ts`); the kind, host and paragraph stay; no anchor is removed.
 */

/** Consecutive clocks of one client, stored or new. */
export interface ItemRange extends Id {
  readonly length: number
}

/**
 * Returns null when the actor owns the proposal and it is open, or when this update creates it; else why it may
 * not be written.
 */
export function ownAndOpen(review: Review, id: ProposalId): AdmissionCode | null {
  if (review.created.has(id)) return null
  if (!isOwnedBy(review.od, id, review.actor)) return 'not-allowed'
  return decisionOf(review.od, id) || isTabled(review.od, id) ? 'closed' : null
}

/**
 * Whether the actor may repair the proposal's anchor: on base text whoever may edit it, on a wording its owner.
 * A proposal without an anchor was taken back by its author while others brought the words back. Their repair
 * is accepted, and the server removes the anchor again.
 */
export function mayRepair(review: Review, id: ProposalId): boolean {
  const anchor = review.od.anchors.get(id)
  if (!anchor) return headOf(review.od, id)?.kind === 'text' && may(review, 'propose')
  return isOnWords(anchor) && isHostOf(review, anchor.host)
}

const isHostOf = (review: Review, host: HostId): boolean =>
  isProposalId(host) ? isOwnedBy(review.od, host, review.actor) : may(review, 'edit-base')

/** Collects an anchor that the update deletes while it repairs others. */
export function noteErased(
  { repairs }: Review,
  proposal: ProposalId,
  { client, clock, length }: ItemRange,
): void {
  repairs.erased.push({ proposal, id: idKey(client, clock + length - 1) })
}

/**
 * Judges all repairs of the update together, once everything else was visited. Fills `repairs.proved` and
 * `repairs.unproved`.
 */
export function judgeRepairs(review: Review): AdmissionCode | null {
  const { erased, overwritten } = review.repairs
  const repaired = new Set(review.anchorings.map(({ proposal }) => proposal))
  // When two repairs are concurrent, one deletes the other's anchor without having named it as overwritten.
  const trusted = may(review, 'edit-base')
  for (const { proposal, id } of erased)
    if (!overwritten.has(id) && !(trusted && repaired.has(proposal))) return whyNot(review, proposal)
  for (const { proposal, anchor, repair } of review.anchorings)
    if (repair && !isRepair(review, proposal, anchor)) return whyNot(review, proposal)
  return null
}

/**
 * An author who re-anchors their own proposal while it is being decided gets `closed`, so that their work is
 * offered back.
 */
const whyNot = (review: Review, id: ProposalId): AdmissionCode => ownAndOpen(review, id) ?? 'not-allowed'

/** Whether kind, host and paragraph are unchanged and each character is the old one or the old one brought back. */
function isRepair(review: Review, id: ProposalId, after: Anchor): boolean {
  const before = review.od.anchors.get(id)
  if (!isOnWords(after)) return false
  if (!before) return isHostOf(review, after.host)
  if (!isOnWords(before) || before.host !== after.host || before.paragraph !== after.paragraph) return false
  const restored = charactersOf(before, after)?.map(([from, to]) => isRestored(review, from, to)) ?? ['no']
  if (restored.every((each) => each === 'proved')) review.repairs.proved.add(id)
  else if (restored.includes('no') && knowsAnchor(review, id)) return false
  else review.repairs.unproved.set(id, before)
  return true
}

/** Returns the actor's own open proposals whose anchor the update writes or removes. */
export function movedBy(review: Review): Map<ProposalId, Moved> {
  const { od, anchorings, loosened, unanchored } = review
  const moved = new Map<ProposalId, Moved>()
  const written = Map.groupBy(anchorings, ({ proposal }) => proposal)
  for (const id of new Set([...written.keys(), ...loosened, ...unanchored])) {
    if (review.created.has(id) || ownAndOpen(review, id)) continue
    const before = od.anchors.get(id) ?? null
    const after = written.get(id) ?? []
    const broughtBack = before !== null && after.every(({ anchor }) => isProved(review, before, anchor))
    moved.set(id, { before, broughtBack })
  }
  return moved
}

/** Whether the new anchor is the same, or is proved to be on the same characters, brought back. */
function isProved(review: Review, before: Anchor, after: Anchor): boolean {
  if (sameAnchor(before, after)) return true
  if (!isOnWords(before) || !isOnWords(after)) return false
  if (before.host !== after.host || before.paragraph !== after.paragraph) return false
  const characters = charactersOf(before, after)
  return characters?.every(([from, to]) => isRestored(review, from, to) === 'proved') === true
}

/**
 * Whether the update was written with knowledge of the present anchor. If not, somebody may have set that
 * concurrently.
 */
function knowsAnchor({ od, repairs }: Review, id: ProposalId): boolean {
  const last = od.anchors._map.get(id)?.lastId
  return last !== undefined && repairs.overwritten.has(idKey(last.client, last.clock))
}

/** Pairs each character of one anchor with that of the other; null when the anchors are of different kinds. */
function charactersOf(before: WordAnchor, after: WordAnchor): [ItemId, ItemId][] | null {
  if (before.kind === 'range' && after.kind === 'range')
    return [
      [before.start, after.start],
      [before.end, after.end],
    ]
  if (before.kind !== 'point' || after.kind !== 'point') return null
  if (before.at === null || after.at === null) return before.at === after.at ? [] : null
  return [[before.at, after.at]]
}
