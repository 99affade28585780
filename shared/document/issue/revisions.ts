import { CHAIN_LIMIT } from '../../model/proposals/proposal.ts'
import type { Decision } from '../../model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'
import type { OutcomeDocument } from '../schema.ts'
import { decisionOf } from '../schema.ts'
import { entriesOf, recordGet } from '../records.ts'

/** The revisions of a document, and which decisions were taken and which paragraphs changed between two of them. */

/** Returns the revisions, oldest first. They are numbered from 1 without gaps. */
export function revisionsOf(od: OutcomeDocument): Revision[] {
  const found: Revision[] = []
  for (let next = recordGet(od, 'revision/1'); next; next = recordGet(od, `revision/${next.number + 1}`))
    found.push(next)
  return found
}

/**
 * Returns the revision whose numbers depend on a decision about a paragraph as a whole, which can then no
 * longer be taken back. Returns null for a decision on words, which can be taken back at any time.
 */
export function issuedSince(od: OutcomeDocument, decided: ProposalId): Revision | null {
  switch (decisionOf(od, decided)?.effect.kind) {
    case undefined:
    case 'none':
    case 'merged':
    case 'merged-into':
      return null
    case 'paragraph-added':
    case 'paragraph-vacated':
    case 'paragraph-moved':
    case 'paragraph-split':
    case 'paragraphs-joined':
    case 'family-changed':
  }
  return revisionsOf(od).find((revision) => !isDecidedAfter(od, decided, revision)) ?? null
}

/** Everything executed in one batch has the same time. Then the order in which the record was written decides. */
function isDecidedAfter(od: OutcomeDocument, decided: ProposalId, { number, at }: Revision): boolean {
  const decision = decisionOf(od, decided)
  if (!decision || decision.at !== at) return decision !== undefined && decision.at > at
  const [written, issued] = [`decision/${decided}`, `revision/${number}`].map(
    (key) => od.record._map.get(key)?.id,
  )
  return written !== undefined && issued?.client === written.client && written.clock > issued.clock
}

/** An accepted proposal and the paragraphs that it changed. */
export interface ChangedBy {
  readonly proposal: ProposalId
  readonly decision: Decision
  readonly paragraphs: readonly ParagraphId[]
}

/**
 * Returns the paragraphs whose text, place or number a decision changed, and the decision that made the change.
 * For an amendment that is the decision on the wording it amends; for a merged proposal, that on the bridging
 * text. Null when nothing has changed yet.
 */
export function touchedBy(
  od: OutcomeDocument,
  proposal: ProposalId,
): { readonly by: ProposalId; readonly paragraphs: readonly ParagraphId[] } | null {
  let by = proposal
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    const effect = decisionOf(od, by)?.effect
    switch (effect?.kind) {
      case undefined:
      case 'none':
        return null
      case 'merged':
        if (!isProposalId(effect.host)) return { by, paragraphs: [effect.host] }
        by = effect.host
        break
      case 'merged-into':
        by = effect.bridge
        break
      case 'paragraph-added':
      case 'paragraph-vacated':
      case 'paragraph-moved':
        return { by, paragraphs: [effect.paragraph] }
      case 'paragraph-split':
        return { by, paragraphs: [effect.paragraph, effect.into] }
      case 'paragraphs-joined':
        return { by, paragraphs: [effect.paragraph, effect.from] }
      case 'family-changed':
        return { by, paragraphs: effect.parts.map(({ paragraph }) => paragraph) }
    }
  }
  return null
}

/** Returns what changed the text since a revision (null: since the beginning), in the order of the decisions. */
export function touchedSince(od: OutcomeDocument, revision: Revision | null): ChangedBy[] {
  const found: (ChangedBy & { readonly effective: number })[] = []
  for (const [proposal, decision] of entriesOf(od, 'decision')) {
    const touched = touchedBy(od, proposal)
    if (!touched || (revision && !isDecidedAfter(od, touched.by, revision))) continue
    const effective = recordGet(od, `decision/${touched.by}`)?.at ?? 0
    found.push({ proposal, decision, paragraphs: touched.paragraphs, effective })
  }
  return found.sort((a, b) => a.effective - b.effective || a.decision.at - b.decision.at)
}
