import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type { WordAnchor } from '../model/proposal.ts'
import { isOnWords } from '../model/proposal.ts'
import type { OutcomeDocument } from './schema.ts'
import { contentOf, decisionOf, headOf, paragraphFacts } from './schema.ts'

/** Questions about open proposals that commands ask: each looks through all anchors, once. */

export const isOpen = (od: OutcomeDocument, id: ProposalId): boolean =>
  headOf(od, id) !== undefined && decisionOf(od, id) === undefined

/** A host takes changes while it is shown: a paragraph that is not removed, or an open proposal. */
export function isLiveHost(od: OutcomeDocument, host: HostId): boolean {
  if (isProposalId(host)) return isOpen(od, host)
  const facts = paragraphFacts(od, host)
  return facts !== undefined && !facts.removed
}

export interface OpenOn {
  readonly id: ProposalId
  readonly anchor: WordAnchor
}

/** The open proposals on the words of a host. */
export const openOn = (od: OutcomeDocument, host: HostId): OpenOn[] =>
  placedOn(od, host).filter(({ id }) => isOpen(od, id))

/** With them those that ended without a change of text: they may be reopened, and their place goes where it went. */
export function placedOn(od: OutcomeDocument, host: HostId): OpenOn[] {
  const found: OpenOn[] = []
  for (const [key, anchor] of od.anchors.entries()) {
    const id = key as ProposalId
    if (isOnWords(anchor) && anchor.host === host && isPlaced(od, id)) found.push({ id, anchor })
  }
  return found
}

export function isPlaced(od: OutcomeDocument, id: ProposalId): boolean {
  const effect = decisionOf(od, id)?.effect.kind ?? 'none'
  return headOf(od, id) !== undefined && (effect === 'none' || effect === 'merged-into')
}

/** An insertion that was emptied again is nothing: nobody is told that a decision affected it. */
export const saysSomething = (od: OutcomeDocument, { id, anchor }: OpenOn): boolean =>
  anchor.kind === 'range' || (contentOf(od, id)?.length ?? 0) > 0 || openOn(od, id).length > 0

/** The open new paragraphs proposed after a paragraph. */
export function openAfter(od: OutcomeDocument, paragraph: ParagraphId): ProposalId[] {
  const found: ProposalId[] = []
  for (const [id, anchor] of od.anchors.entries()) {
    if (anchor.kind === 'after' && anchor.paragraph === paragraph && isOpen(od, id as ProposalId))
      found.push(id as ProposalId)
  }
  return found
}
