import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type { WordAnchor } from '../model/proposal.ts'
import { isOnWords } from '../model/proposal.ts'
import type { OutcomeDocument } from './schema.ts'
import { contentOf, decisionOf, headOf, paragraphFacts } from './schema.ts'

/** Questions about open proposals. Each of them reads all anchors once, so its cost grows with their number. */

export const isOpen = (od: OutcomeDocument, id: ProposalId): boolean =>
  headOf(od, id) !== undefined && decisionOf(od, id) === undefined

/** Whether a host takes changes: a paragraph that is not removed, or an open proposal. */
export function isLiveHost(od: OutcomeDocument, host: HostId): boolean {
  if (isProposalId(host)) return isOpen(od, host)
  const facts = paragraphFacts(od, host)
  return facts !== undefined && !facts.removed
}

export interface OpenOn {
  readonly id: ProposalId
  readonly anchor: WordAnchor
}

/** Returns the open proposals on the words of a host, in no particular order. */
export const openOn = (od: OutcomeDocument, host: HostId): OpenOn[] =>
  placedOn(od, host).filter(({ id }) => isOpen(od, id))

/**
 * Returns all proposals anchored to the words of a host, open ones and those that ended without a change of
 * text. The latter may be reopened, so their anchors must be moved with the words too.
 */
export function placedOn(od: OutcomeDocument, host: HostId): OpenOn[] {
  const found: OpenOn[] = []
  for (const [key, anchor] of od.anchors.entries()) {
    const id = key as ProposalId
    if (isOnWords(anchor) && anchor.host === host && isPlaced(od, id)) found.push({ id, anchor })
  }
  return found
}

/** Whether a proposal's anchor counts: it is open, or ended without a change of text and may be reopened. */
export function isPlaced(od: OutcomeDocument, id: ProposalId): boolean {
  const effect = decisionOf(od, id)?.effect.kind ?? 'none'
  return headOf(od, id) !== undefined && (effect === 'none' || effect === 'merged-into')
}

/**
 * False for an emptied insertion without amendments: it is not shown, so nobody is told that a decision
 * affected it.
 */
export const isShown = (od: OutcomeDocument, { id, anchor }: OpenOn): boolean =>
  anchor.kind === 'range' || (contentOf(od, id)?.length ?? 0) > 0 || openOn(od, id).length > 0

/** Returns the open proposals for paragraphs after this one. */
export function openAfter(od: OutcomeDocument, paragraph: ParagraphId): ProposalId[] {
  const found: ProposalId[] = []
  for (const [id, anchor] of od.anchors.entries()) {
    if (anchor.kind === 'after' && anchor.paragraph === paragraph && isOpen(od, id as ProposalId))
      found.push(id as ProposalId)
  }
  return found
}
