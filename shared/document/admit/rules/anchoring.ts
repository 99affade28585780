import type * as Y from 'yjs'
import { isProposalId } from '../../../model/ids.ts'
import type { HostId, ParagraphId, ProposalId } from '../../../model/ids.ts'
import { DEPTH_LIMIT, isBlockKind, isOnWords, isRequest } from '../../../model/proposals/proposal.ts'
import type { Anchor, ItemId, TypedHead, WordAnchor } from '../../../model/proposals/proposal.ts'
import { closingCells, takesBehind } from '../../tables.ts'
import { anchoredTo } from '../../open.ts'
import { headOf, hostText, isTabled } from '../../schema.ts'
import type { Id } from '../decode/decode.ts'
import { cutsAfter, cutsBefore } from '../structs/pairs.ts'
import { containerOf, placeOfId } from '../structs/place.ts'
import type { Container } from '../structs/container.ts'
import type { Anchoring, Review } from '../review.ts'
import type { AdmissionCode } from '../verdict.ts'

type OnText = WordAnchor

/**
 * Judges the anchors that an update writes. Each must name characters of a text that exists, fit the proposal's
 * kind, and make no cycle and no chain of more than `DEPTH_LIMIT` amendments.
 */
export function judgeAnchorings(review: Review): AdmissionCode | null {
  if (review.anchorings.length === 0) return null
  let cells: ReadonlySet<ParagraphId> | undefined
  const closing = () => (cells ??= closingCells(review.od))
  for (const anchoring of review.anchorings) {
    const code = judgeAnchor(review, anchoring, closing)
    if (code) return code
  }
  return judgeDepth(review)
}

function judgeAnchor(
  review: Review,
  { proposal, anchor }: Anchoring,
  closing: () => ReadonlySet<ParagraphId>,
): AdmissionCode | null {
  const { od } = review
  const head = review.created.get(proposal)?.head ?? headOf(od, proposal)
  if (head ? !fits(head, anchor) : anchor.kind === 'after') return 'wrong-shape'
  if (!review.elsewhere && !od.paragraphs.has(anchor.paragraph)) return 'unknown-item'
  if (anchor.kind === 'after' && !takesBehind(od, anchor.paragraph, closing)) return 'not-allowed'
  if (!isOnWords(anchor)) return null
  if (!namesItsParagraph(anchor, od.anchors.get(proposal))) return 'wrong-shape'
  const text = textOf(review, anchor.host)
  if (!text) return review.elsewhere ? null : 'unknown-item'
  if (anchor.kind === 'point') return anchor.at && judgeItem(review, anchor.at, text, cutsAfter)
  return judgeItem(review, anchor.start, text, cutsBefore) ?? judgeItem(review, anchor.end, text, cutsAfter)
}

/**
 * Whether an anchor fits the kind of proposal. An alternative stays with its paragraph, a footnote with the one that its mark was
 * put in. A proposal without a wording is anchored by the server, except that a split may be re-anchored to a point.
 */
function fits({ kind, paragraph, block }: TypedHead, anchor: Anchor): boolean {
  if (isBlockKind(kind)) {
    const isFree = kind === 'paragraph' && block?.kind !== 'note'
    return anchor.kind === 'after' && (isFree || anchor.paragraph === paragraph)
  }
  return isRequest(kind) ? kind === 'split' && anchor.kind === 'point' : isOnWords(anchor)
}

/**
 * On base text, `paragraph` must be the host. An anchor for which the server has recorded another paragraph
 * keeps that.
 */
function namesItsParagraph(anchor: OnText, before: Anchor | undefined): boolean {
  if (isProposalId(anchor.host) || anchor.host === anchor.paragraph) return true
  return before?.paragraph === anchor.paragraph && isOnWords(before) && before.host === anchor.host
}

const isCopy = ({ od }: Review, host: HostId): boolean => isProposalId(host) && isTabled(od, host)

function textOf(review: Review, host: HostId): Container | null {
  const created = isProposalId(host) ? review.created.get(host) : undefined
  if (created) return created.content
  // The host is a draft that was tabled. The room holds it under other identities, so this copy's characters do
  // not count.
  if (isCopy(review, host)) return null
  const text = hostText(review.od, host)
  return text ? containerOf(review, text as Y.AbstractType<unknown>) : null
}

/** The character must belong to the host's own text, because accepting the proposal cuts the text there. */
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
 * Judges the depth of amendments. Two anchors for one proposal may be written concurrently and either may win.
 * So every host that a proposal has now, or gets in this update, counts: no chain over any of them may exceed
 * `DEPTH_LIMIT`. A cycle counts as infinitely deep.
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
    // In a private space, the amendments of a host in the room may be known before the host is.
    const fresh = review.created.has(id) && !review.elsewhere
    const moved = !fresh && !(written.size === 1 && before && written.has(hostOf(before)))
    if (moved && up + below(id, 0) > DEPTH_LIMIT) return 'too-deep'
  }
  return null
}

/** Returns the host of an anchor; for one that is not on words, the paragraph. */
export const hostOf = (anchor: Anchoring['anchor']): HostId =>
  isOnWords(anchor) ? anchor.host : anchor.paragraph

/** What a chain of amendments goes on to from a proposal. */
type Links = (id: ProposalId) => Iterable<HostId>

function hostsOf(review: Review, written: ReadonlyMap<ProposalId, Set<HostId>>, id: ProposalId): HostId[] {
  // Only the room knows where the original stands now.
  if (isCopy(review, id)) return []
  const before = review.od.anchors.get(id)
  const hosts = [...(written.get(id) ?? [])]
  if (before) hosts.push(hostOf(before))
  return hosts
}

/** Returns a function from a proposal to its amendments: those that there are, and those that the update makes. */
function amendmentsOf({ od }: Review, written: ReadonlyMap<ProposalId, Set<HostId>>): Links {
  const added = new Map<HostId, ProposalId[]>()
  for (const [id, hosts] of written)
    for (const host of hosts) {
      const there = added.get(host)
      if (there) there.push(id)
      else added.set(host, [id])
    }
  return (id) => [...anchoredTo(od, id), ...(added.get(id) ?? [])]
}

/** Returns the length of the longest chain of proposals from one, or a number beyond the limit for a cycle. */
function longest(links: Links): (id: ProposalId, taken: number) => number {
  const found = new Map<ProposalId, number>()
  const measure = (id: ProposalId, taken: number): number => {
    const before = found.get(id)
    if (before !== undefined) return before
    if (taken > DEPTH_LIMIT) return Infinity
    let length = 0
    for (const next of links(id))
      if (isProposalId(next)) length = Math.max(length, 1 + measure(next, taken + 1))
    found.set(id, length)
    return length
  }
  return measure
}
