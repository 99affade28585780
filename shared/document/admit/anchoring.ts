import type * as Y from 'yjs'
import { isProposalId } from '../../model/ids.ts'
import type { HostId, ProposalId } from '../../model/ids.ts'
import { DEPTH_LIMIT, isBlockKind, isOnWords } from '../../model/proposal.ts'
import type { Anchor, ItemId, TypedHead, WordAnchor } from '../../model/proposal.ts'
import { isRequest } from '../composition/requests.ts'
import { headOf, hostText, isTabled } from '../schema.ts'
import type { Id } from './decode.ts'
import { cutsAfter, cutsBefore } from './pairs.ts'
import { containerOf, placeOfId } from './place.ts'
import type { Container } from './place.ts'
import type { Anchoring, Review } from './review.ts'
import type { AdmissionCode } from './verdict.ts'

type OnText = WordAnchor

/** The anchors that an update writes: each must stand on what is there, and none too deep or in a circle. */
export function judgeAnchorings(review: Review): AdmissionCode | null {
  if (review.anchorings.length === 0) return null
  for (const anchoring of review.anchorings) {
    const code = judgeAnchor(review, anchoring)
    if (code) return code
  }
  return judgeDepth(review)
}

function judgeAnchor(review: Review, { proposal, anchor }: Anchoring): AdmissionCode | null {
  const { od } = review
  const head = review.created.get(proposal)?.head ?? headOf(od, proposal)
  if (head ? !fits(head, anchor) : anchor.kind === 'after') return 'wrong-shape'
  if (!review.elsewhere && !od.paragraphs.has(anchor.paragraph)) return 'unknown-item'
  if (!isOnWords(anchor)) return null
  if (!namesItsParagraph(anchor, od.anchors.get(proposal))) return 'wrong-shape'
  const text = textOf(review, anchor.host)
  if (!text) return review.elsewhere ? null : 'unknown-item'
  if (anchor.kind === 'point') return anchor.at && judgeItem(review, anchor.at, text, cutsAfter)
  return judgeItem(review, anchor.start, text, cutsBefore) ?? judgeItem(review, anchor.end, text, cutsAfter)
}

/** An alternative stays with its paragraph; what is asked without words has its place from the server. */
function fits({ kind, paragraph }: TypedHead, anchor: Anchor): boolean {
  if (isBlockKind(kind))
    return anchor.kind === 'after' && (kind === 'paragraph' || anchor.paragraph === paragraph)
  return isRequest(kind) ? kind === 'split' && anchor.kind === 'point' : isOnWords(anchor)
}

/** On base text the paragraph is the host; unless the server has put it there with another, which then stays. */
function namesItsParagraph(anchor: OnText, before: Anchor | undefined): boolean {
  if (isProposalId(anchor.host) || anchor.host === anchor.paragraph) return true
  return before?.paragraph === anchor.paragraph && isOnWords(before) && before.host === anchor.host
}

const isCopy = ({ od }: Review, host: HostId): boolean => isProposalId(host) && isTabled(od, host)

function textOf(review: Review, host: HostId): Container | null {
  const created = isProposalId(host) ? review.created.get(host) : undefined
  if (created) return created.content
  // It lives on in the room, as other characters: a copy knows none of them.
  if (isCopy(review, host)) return null
  const text = hostText(review.od, host)
  return text ? containerOf(review, text as Y.AbstractType<unknown>) : null
}

/** It must be of that very text: an accepted proposal cuts there. */
function judgeItem(
  review: Review,
  [client, clock]: ItemId,
  text: Container,
  cuts: (review: Review, id: Id) => boolean,
): AdmissionCode | null {
  const id = { client, clock }
  const place = placeOfId(review, id)
  if (place?.container !== text || place.key !== null) return 'unknown-item'
  return cuts(review, id) ? 'wrong-shape' : null
}

/**
 * Two anchors for one proposal may meet, written at the same time, and either may win. So every host that a proposal
 * has now or has in this update counts, and no chain of any of them may be too long. A circle is endless.
 */
function judgeDepth(review: Review): AdmissionCode | null {
  const hosts = new Map<ProposalId, Set<HostId>>()
  for (const { proposal, anchor } of review.anchorings) {
    if (!isOnWords(anchor)) continue
    const known = hosts.get(proposal) ?? new Set()
    hosts.set(proposal, known.add(anchor.host))
  }
  const above = longest((id) => hostsOf(review, hosts, id))
  const below = longest(amendmentsOf(review, hosts))
  for (const [id, written] of hosts) {
    const up = above(id, 0)
    if (up > DEPTH_LIMIT) return 'too-deep'
    const before = review.od.anchors.get(id)
    // Amendments of what was elsewhere may be here before it.
    const fresh = review.created.has(id) && !review.elsewhere
    const moved = !fresh && !(written.size === 1 && before && written.has(hostOf(before)))
    if (moved && up + below(id, 0) > DEPTH_LIMIT) return 'too-deep'
  }
  return null
}

export const hostOf = (anchor: Anchoring['anchor']): HostId =>
  isOnWords(anchor) ? anchor.host : anchor.paragraph

type Steps = (id: ProposalId) => Iterable<HostId>

function hostsOf(review: Review, written: ReadonlyMap<ProposalId, Set<HostId>>, id: ProposalId): HostId[] {
  // Where it stands now only the room knows.
  if (isCopy(review, id)) return []
  const before = review.od.anchors.get(id)
  const hosts = [...(written.get(id) ?? [])]
  if (before) hosts.push(hostOf(before))
  return hosts
}

/** From a proposal to its amendments: listed once, and only when asked, for it takes a pass over all anchors. */
function amendmentsOf(review: Review, written: ReadonlyMap<ProposalId, Set<HostId>>): Steps {
  let amendments: Map<HostId, ProposalId[]> | null = null
  const list = (): Map<HostId, ProposalId[]> => {
    const map = new Map<HostId, ProposalId[]>()
    const add = (host: HostId, id: ProposalId) => {
      const there = map.get(host)
      if (there) there.push(id)
      else map.set(host, [id])
    }
    for (const [id, anchor] of review.od.anchors.entries()) add(hostOf(anchor), id as ProposalId)
    for (const [id, hosts] of written) for (const host of hosts) add(host, id)
    return map
  }
  return (id) => (amendments ??= list()).get(id) ?? []
}

/** The length of the longest chain from a proposal, through proposals; more than the limit is as good as endless. */
function longest(steps: Steps): (id: ProposalId, taken: number) => number {
  const found = new Map<ProposalId, number>()
  const measure = (id: ProposalId, taken: number): number => {
    const before = found.get(id)
    if (before !== undefined) return before
    if (taken > DEPTH_LIMIT) return Infinity
    let length = 0
    for (const next of steps(id))
      if (isProposalId(next)) length = Math.max(length, 1 + measure(next, taken + 1))
    found.set(id, length)
    return length
  }
  return measure
}
