import type * as Y from 'yjs'
import { isProposalId } from '../../../model/ids.ts'
import type { HostId, ProposalId } from '../../../model/ids.ts'
import { isOnWords } from '../../../model/proposals/proposal.ts'
import { isInAgreed } from '../../agreement.ts'
import { contentOf, headOf, isAgreedParagraph } from '../../schema.ts'
import { hostOf } from './anchoring.ts'
import { containerOf } from '../structs/place.ts'
import type { Anchoring, Review } from '../review.ts'
import { indexAt } from '../../text/search.ts'
import type { AdmissionCode } from '../verdict.ts'

/**
 * Refuses an update that would put a proposal on an agreed paragraph, on its words or inside a proposal on
 * them. (Writing its text is refused where the text is judged, in `rules.ts`.) A proposal that is there
 * already, decided or emptied, may follow words that were brought back; it may not become anything else.
 */
export function judgeAgreed(review: Review): AdmissionCode | null {
  const { od, anchorings, orphaned, loosened, unanchored } = review
  const shut = shutHosts(review)
  if (anchorings.some((anchoring) => comesIn(review, anchoring, shut))) return 'agreed'
  const anchored = new Set(anchorings.map(({ proposal }) => proposal))
  // Words written in a proposal without an anchor are shown at the end of the paragraph that its head names.
  if ([...orphaned].some((id) => !anchored.has(id) && isInAgreed(od, id))) return 'agreed'
  for (const id of [...loosened, ...unanchored])
    if (!anchored.has(id) && fallsIntoAgreed(review, id)) return 'agreed'
  return null
}

/**
 * Whether the update removes the proposal's anchor but leaves some of its words, and these would then be shown
 * on the agreed paragraph that its head names. A proposed new paragraph is shown behind that one instead.
 */
function fallsIntoAgreed(review: Review, id: ProposalId): boolean {
  const { od, created } = review
  const head = created.get(id)?.head ?? headOf(od, id)
  if (!head || head.kind === 'paragraph') return false
  return isAgreedParagraph(od, head.paragraph) && keepsWords(review, id)
}

function keepsWords(review: Review, id: ProposalId): boolean {
  const content = contentOf(review.od, id)
  const container =
    review.created.get(id)?.content ?? (content && containerOf(review, content as Y.AbstractType<unknown>))
  if (container && (review.growth.get(container) ?? 0) > 0) return true
  for (let item = content?._start ?? null; item !== null; item = item.right)
    if (item.countable && !item.deleted && !isErased(review, item)) return true
  return false
}

/** Whether this update deletes the whole item. */
function isErased({ deletes }: Review, { id: { client, clock }, length }: Y.Item): boolean {
  const ranges = deletes.get(client) ?? []
  const range = ranges[indexAt(ranges, clock)]
  return range !== undefined && range.clock <= clock && clock + length <= range.clock + range.length
}

function comesIn(
  review: Review,
  { proposal, anchor, repair }: Anchoring,
  isShut: (host: HostId) => boolean,
): boolean {
  if (!isOnWords(anchor) || !isShut(anchor.host)) return false
  const before = review.created.has(proposal) ? undefined : review.od.anchors.get(proposal)
  // Its author removed the anchor while somebody else brought the words back. The server removes it again
  // (`revived`).
  if (!before) return !repair
  return !isOnWords(before) || before.host !== anchor.host || before.kind !== anchor.kind
}

/**
 * Returns a test for whether a host is in an agreed paragraph, also through proposals that this update creates.
 * Each host is followed once.
 */
function shutHosts({ od, created, anchorings }: Review): (host: HostId) => boolean {
  const hosts = new Map<HostId, HostId[]>()
  for (const { proposal, anchor } of anchorings) {
    if (!created.has(proposal)) continue
    const known = hosts.get(proposal)
    if (known) known.push(hostOf(anchor))
    else hosts.set(proposal, [hostOf(anchor)])
  }
  const found = new Map<HostId, boolean>()
  const isShut = (host: HostId): boolean => {
    const known = found.get(host)
    if (known !== undefined) return known
    const creation = isProposalId(host) ? created.get(host) : undefined
    if (!creation) return isInAgreed(od, host)
    // This ends: cycles and chains that are too deep were refused before.
    const shut = creation.head?.kind === 'text' && (hosts.get(host) ?? []).some(isShut)
    found.set(host, shut)
    return shut
  }
  return isShut
}
