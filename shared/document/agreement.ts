import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import { isPutIn } from '../model/decision.ts'
import { CHAIN_LIMIT, isOnWords } from '../model/proposal.ts'
import type { Anchor } from '../model/proposal.ts'
import type { OutcomeDocument } from './schema.ts'
import { anchorOf, contentOf, decisionOf, headOf, isAgreedParagraph } from './schema.ts'
import { recordGet } from './records.ts'

/** What stands on which paragraph: agreement needs that nothing does, and from then on nothing may. */

/**
 * The paragraph whose text a host is part of, now or, where it was accepted, where its words went. Null for a proposed
 * new paragraph and what is in it: that stands beside the paragraph it comes after.
 */
export function paragraphOf(od: OutcomeDocument, host: HostId): ParagraphId | null {
  let current = host
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (!isProposalId(current)) return current
    const effect = decisionOf(od, current)?.effect
    const anchor = anchorOf(od, current)
    const head = headOf(od, current)
    if (isPutIn(effect)) current = effect.kind === 'merged' ? effect.host : effect.paragraph
    else if (head?.kind === 'paragraph') return null
    else if (!anchor) return head?.paragraph ?? null
    else if (isOnWords(anchor)) current = anchor.host
    else return anchor.paragraph
  }
  return null
}

/** In an agreed paragraph, itself or as part of what is proposed on it. */
export function isInAgreed(od: OutcomeDocument, host: HostId): boolean {
  const paragraph = paragraphOf(od, host)
  return paragraph !== null && isAgreedParagraph(od, paragraph)
}

/**
 * The open brackets by paragraph: what is proposed on its words, amendments included, on it as a whole, or in its place;
 * also amendments of what was closed, until somebody says what becomes of them. Not what was emptied again.
 */
export const openBrackets = (od: OutcomeDocument): ReadonlyMap<ParagraphId, readonly ProposalId[]> =>
  bracketsBy(od, () => true)

/** The same of one paragraph, without looking more closely at what stands elsewhere. */
export const openBracketsOn = (od: OutcomeDocument, paragraph: ParagraphId): readonly ProposalId[] =>
  bracketsBy(od, (anchor) => mayStandOn(anchor, paragraph)).get(paragraph) ?? []

/** False: an open proposal with this anchor stands on another paragraph for certain. */
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
    if (decisionOf(od, id) || !isSomething(od, id, amendments)) continue
    const paragraph = paragraphOf(od, id)
    if (paragraph === null) continue
    note(paragraph, id)
    // Joining takes the words of the next paragraph in, too.
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

/** An insertion that was emptied again is nothing, unless something stands in it. */
function isSomething(od: OutcomeDocument, id: ProposalId, amendments: Amendments, depth = 0): boolean {
  const anchor = od.anchors.get(id)
  if (anchor && anchor.kind !== 'point') return true
  if (recordGet(od, `affected/${id}`) || (contentOf(od, id)?.length ?? 0) > 0) return true
  return (
    depth < CHAIN_LIMIT && (amendments.get(id) ?? []).some((on) => isSomething(od, on, amendments, depth + 1))
  )
}
