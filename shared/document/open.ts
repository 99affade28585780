import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type { Anchor, WordAnchor } from '../model/proposals/proposal.ts'
import { isOnWords, isRequest } from '../model/proposals/proposal.ts'
import { indexKeys } from './key-index.ts'
import type { OutcomeDocument } from './schema.ts'
import { contentOf, decisionOf, headOf, paragraphFacts } from './schema.ts'

/** Questions about open proposals. The cost of each grows with the number of those on the same host. */

/**
 * Returns the proposals of which a stored anchor names this host or paragraph: on its words, after it, or about it as a
 * whole, also as the other paragraph of a move or a merger. In no particular order.
 */
export const anchoredTo = (od: OutcomeDocument, host: HostId): readonly ProposalId[] =>
  anchorsOf(od.anchors, host) as readonly ProposalId[]

const anchorsOf = indexKeys<Anchor>((_, anchor) => {
  if (isOnWords(anchor)) return [anchor.host]
  return anchor.kind === 'whole' && anchor.other !== null && anchor.other !== anchor.paragraph
    ? [anchor.paragraph, anchor.other]
    : [anchor.paragraph]
})

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
  for (const id of anchoredTo(od, host)) {
    const anchor = od.anchors.get(id)
    if (anchor && isOnWords(anchor) && isPlaced(od, id)) found.push({ id, anchor })
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

/** {@link isShown}, or a request: that has no words of its own. */
export const isShownOrRequest = (od: OutcomeDocument, on: OpenOn): boolean =>
  isShown(od, on) || isRequest(headOf(od, on.id)?.kind ?? 'text')

/** Returns the open proposals for paragraphs after this one. */
export function openAfter(od: OutcomeDocument, paragraph: ParagraphId): ProposalId[] {
  return anchoredTo(od, paragraph).filter((id) => od.anchors.get(id)?.kind === 'after' && isOpen(od, id))
}
