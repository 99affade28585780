import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import { belowIn, withWords } from '../../model/family.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import { indexKeys } from '../key-index.ts'
import { isOpen } from '../open.ts'
import { entriesOf, kindOfIssued } from '../records.ts'
import type { IssuedLabel } from '../records.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import { decisionOf, paragraphsInOrder } from '../schema.ts'

/** A paragraph and everything below it, in a document. */

/** Returns a paragraph and everything below it, vacant numbers included, in order; empty when it is not shown. */
export function familyOf(od: OutcomeDocument, head: ParagraphId): readonly ParagraphFacts[] {
  const shown = paragraphsInOrder(od)
  const facts = shown.find(({ id }) => id === head)
  return facts ? [facts, ...belowIn(shown, head)] : []
}

/** Returns the paragraphs with words below this one, in order. */
export const idsBelow = (od: OutcomeDocument, head: ParagraphId): readonly ParagraphId[] =>
  withWords(belowIn(paragraphsInOrder(od), head)).map(({ id }) => id)

/** A number and a place that were issued to a proposal. */
export interface IssuedTo {
  readonly proposal: ProposalId
  readonly issued: IssuedLabel
}

/**
 * Returns the numbers and places among a family that were issued to proposals of which no paragraph stands there: those that
 * are open, and those that ended and may be opened again. In no particular order.
 */
export function issuedAmong(od: OutcomeDocument, family: readonly ParagraphFacts[]): IssuedTo[] {
  const [head] = family
  const last = family.at(-1)
  if (!head || !last) return []
  const next = paragraphsInOrder(od).find(({ order }) => order > last.order)
  const found: IssuedTo[] = []
  for (const [proposal, issued] of entriesOf(od, 'label')) {
    const { order, level = 0 } = issued
    if (kindOfIssued(issued) === 'note') continue
    const isThere = order > head.order && (!next || order < next.order)
    const isBelow =
      head.kind === 'heading' ? !issued.heading || level > head.level : level > head.level && !issued.heading
    if (isThere && isBelow && !hasEffect(od, proposal)) found.push({ proposal, issued })
  }
  return found
}

const hasEffect = (od: OutcomeDocument, proposal: ProposalId): boolean =>
  (decisionOf(od, proposal)?.effect.kind ?? 'none') !== 'none'

/** The open proposals to delete or move a paragraph with everything below it, each with its paragraph. */
export function* openOnFamilies(od: OutcomeDocument): Generator<readonly [ProposalId, ParagraphId]> {
  for (const id of onFamilies(od.anchors, 'below') as readonly ProposalId[]) {
    const anchor = od.anchors.get(id)
    if (anchor && isOpen(od, id)) yield [id, anchor.paragraph]
  }
}

const onFamilies = indexKeys<Anchor>((_, anchor) =>
  anchor.kind === 'whole' && anchor.below ? ['below'] : [],
)

/** The open deletions and moves, with everything below, of what a paragraph is below; by that paragraph. */
export type OpenAbove = ReadonlyMap<ParagraphId, readonly ProposalId[]>

/** Reads the order of the text once, and only when there are such proposals. */
export function openAbove(od: OutcomeDocument): OpenAbove {
  const families = [...openOnFamilies(od)]
  if (families.length === 0) return NONE
  const shown = paragraphsInOrder(od)
  const found = new Map<ParagraphId, ProposalId[]>()
  for (const [head, proposals] of Map.groupBy(families, ([, paragraph]) => paragraph))
    for (const { id } of belowIn(shown, head)) {
      const known = found.get(id) ?? []
      for (const [proposal] of proposals) known.push(proposal)
      found.set(id, known)
    }
  return found
}

const NONE: OpenAbove = new Map()
