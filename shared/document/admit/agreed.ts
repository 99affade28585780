import { isProposalId } from '../../model/ids.ts'
import type { HostId } from '../../model/ids.ts'
import { DEPTH_LIMIT, isOnWords } from '../../model/proposal.ts'
import { isInAgreed } from '../agreement.ts'
import { hostOf } from './anchoring.ts'
import type { Anchoring, Review } from './review.ts'
import type { AdmissionCode } from './verdict.ts'

/**
 * An agreed paragraph takes no proposal, neither on its words nor inside something on them; that it takes no text is
 * judged where the text is written. What stands there already, decided or emptied, may follow words that were brought
 * back, but become nothing else.
 */
export function judgeAgreed(review: Review): AdmissionCode | null {
  const { od, anchorings, adrift } = review
  if (anchorings.some((anchoring) => comesIn(review, anchoring))) return 'closed'
  const anchored = new Set(anchorings.map(({ proposal }) => proposal))
  // Shown at the end of the paragraph that it was proposed on.
  return [...adrift].some((id) => !anchored.has(id) && isInAgreed(od, id)) ? 'closed' : null
}

function comesIn(review: Review, { proposal, anchor, repair }: Anchoring): boolean {
  if (!isOnWords(anchor) || !isShut(review, anchor.host, 0)) return false
  const before = review.created.has(proposal) ? undefined : review.od.anchors.get(proposal)
  // Put back by somebody else while its author took it away: the server takes it away again.
  if (!before) return !repair
  return !isOnWords(before) || before.host !== anchor.host || before.kind !== anchor.kind
}

/** Also through proposals that this update creates. */
function isShut(review: Review, host: HostId, depth: number): boolean {
  const creation = isProposalId(host) ? review.created.get(host) : undefined
  if (!creation) return isInAgreed(review.od, host)
  if (creation.head?.kind !== 'text' || depth > DEPTH_LIMIT) return false
  return review.anchorings.some(
    ({ proposal, anchor }) => proposal === host && isShut(review, hostOf(anchor), depth + 1),
  )
}
