import type * as Y from 'yjs'
import { isProposalId } from '../../model/ids.ts'
import type { HostId, ProposalId } from '../../model/ids.ts'
import { isOnWords } from '../../model/proposal.ts'
import { isInAgreed } from '../agreement.ts'
import { contentOf, headOf, isAgreedParagraph } from '../schema.ts'
import { hostOf } from './anchoring.ts'
import { containerOf } from './place.ts'
import type { Anchoring, Review } from './review.ts'
import { indexAt } from '../text/search.ts'
import type { AdmissionCode } from './verdict.ts'

/**
 * An agreed paragraph takes no proposal, neither on its words nor inside something on them; that it takes no text is
 * judged where the text is written. What stands there already, decided or emptied, may follow words that were brought
 * back, but become nothing else.
 */
export function judgeAgreed(review: Review): AdmissionCode | null {
  const { od, anchorings, orphaned, loosened, unanchored } = review
  const shut = shutHosts(review)
  if (anchorings.some((anchoring) => comesIn(review, anchoring, shut))) return 'closed'
  const anchored = new Set(anchorings.map(({ proposal }) => proposal))
  // Shown at the end of the paragraph that it was proposed on.
  if ([...orphaned].some((id) => !anchored.has(id) && isInAgreed(od, id))) return 'closed'
  for (const id of [...loosened, ...unanchored])
    if (!anchored.has(id) && fallsIntoAgreed(review, id)) return 'closed'
  return null
}

/** Its anchor goes and words of it stay: they would be shown on the paragraph that its head names. */
function fallsIntoAgreed(review: Review, id: ProposalId): boolean {
  const { od, created } = review
  const paragraph = (created.get(id)?.head ?? headOf(od, id))?.paragraph
  return paragraph !== undefined && isAgreedParagraph(od, paragraph) && keepsWords(review, id)
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

/** Deleted by this update, all of it. */
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
  // Put back by somebody else while its author took it away: the server takes it away again.
  if (!before) return !repair
  return !isOnWords(before) || before.host !== anchor.host || before.kind !== anchor.kind
}

/** In an agreed paragraph, also through proposals that this update creates; each is followed once. */
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
    // Circles and chains that are too deep were refused before.
    const shut = creation.head?.kind === 'text' && (hosts.get(host) ?? []).some(isShut)
    found.set(host, shut)
    return shut
  }
  return isShut
}
