import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import { isInsertion } from '../model/decision.ts'
import { CHAIN_LIMIT, isOnWords } from '../model/proposal.ts'
import type { Anchor } from '../model/proposal.ts'
import type { OutcomeDocument } from './schema.ts'
import { anchorOf, contentOf, decisionOf, headOf, isAgreedParagraph } from './schema.ts'
import { recordGet } from './records.ts'

/**
 * Which paragraph a proposal is on. A paragraph can be agreed only when no open bracket is on it, and an agreed
 * paragraph takes no proposal.
 */

/**
 * Returns the paragraph whose text a host is part of; for an accepted wording, the one that its words are in
 * now. Null for a proposed new paragraph and everything on it, since that is beside a paragraph and not part of
 * it.
 */
export function paragraphOf(od: OutcomeDocument, host: HostId): ParagraphId | null {
  let current = host
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (!isProposalId(current)) return current
    const effect = decisionOf(od, current)?.effect
    const anchor = anchorOf(od, current)
    const head = headOf(od, current)
    if (isInsertion(effect)) current = effect.kind === 'merged' ? effect.host : effect.paragraph
    else if (head?.kind === 'paragraph') return null
    else if (!anchor) return head?.paragraph ?? null
    else if (isOnWords(anchor)) current = anchor.host
    else return anchor.paragraph
  }
  return null
}

/** Whether a host is an agreed paragraph or a proposal that is part of one. */
export function isInAgreed(od: OutcomeDocument, host: HostId): boolean {
  const paragraph = paragraphOf(od, host)
  return paragraph !== null && isAgreedParagraph(od, paragraph)
}

/**
 * Returns the open brackets of each paragraph: proposals on its words, their amendments, proposals on it as a
 * whole and alternatives to it. An amendment of a closed proposal counts until somebody decides about it.
 * Emptied insertions do not count.
 */
export const openBrackets = (od: OutcomeDocument): ReadonlyMap<ParagraphId, readonly ProposalId[]> =>
  bracketsBy(od, () => true)

/** The same for one paragraph. Proposals that are certainly elsewhere are not read. */
export const openBracketsOn = (od: OutcomeDocument, paragraph: ParagraphId): readonly ProposalId[] =>
  bracketsBy(od, (anchor) => mayStandOn(anchor, paragraph)).get(paragraph) ?? []

/** Returns false only when an open proposal with this anchor is certainly on another paragraph. */
function mayStandOn(anchor: Anchor, paragraph: ParagraphId): boolean {
  if (isOnWords(anchor)) return isProposalId(anchor.host) || anchor.host === paragraph
  return anchor.paragraph === paragraph || (anchor.kind === 'whole' && anchor.other === paragraph)
}

function bracketsBy(
  od: OutcomeDocument,
  concerns: (anchor: Anchor) => boolean,
): ReadonlyMap<ParagraphId, readonly ProposalId[]> {
  const amendments = amendmentsIn(od)
  const found = new Map<ParagraphId, ProposalId[]>()
  const note = (paragraph: ParagraphId, id: ProposalId) => {
    const there = found.get(paragraph)
    if (there) there.push(id)
    else found.set(paragraph, [id])
  }
  for (const key of od.proposals.keys()) {
    const id = key as ProposalId
    const anchor = od.anchors.get(id)
    if (anchor && !concerns(anchor)) continue
    if (decisionOf(od, id) || !isShown(od, id, amendments)) continue
    const paragraph = paragraphOf(od, id)
    if (paragraph === null) continue
    note(paragraph, id)
    // A merger also takes in the words of the next paragraph, so it is on both.
    if (headOf(od, id)?.kind === 'join' && anchor?.kind === 'whole' && anchor.other) note(anchor.other, id)
  }
  return found
}

type Amendments = ReadonlyMap<HostId, readonly ProposalId[]>

function amendmentsIn(od: OutcomeDocument): Amendments {
  const found = new Map<HostId, ProposalId[]>()
  for (const [key, anchor] of od.anchors.entries()) {
    const id = key as ProposalId
    if (!isOnWords(anchor) || !isProposalId(anchor.host) || decisionOf(od, id)) continue
    const there = found.get(anchor.host)
    if (there) there.push(id)
    else found.set(anchor.host, [id])
  }
  return found
}

/** False for an emptied insertion without proposals on it: it is not shown. */
function isShown(od: OutcomeDocument, id: ProposalId, amendments: Amendments, depth = 0): boolean {
  const anchor = od.anchors.get(id)
  if (anchor && anchor.kind !== 'point') return true
  if (recordGet(od, `affected/${id}`) || (contentOf(od, id)?.length ?? 0) > 0) return true
  return (
    depth < CHAIN_LIMIT && (amendments.get(id) ?? []).some((on) => isShown(od, on, amendments, depth + 1))
  )
}
