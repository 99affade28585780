import type { ProposalId } from '../../model/ids.ts'
import { belowIn } from '../../model/family.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import { isBlockKind } from '../../model/proposals/proposal.ts'
import { isOpen, openOn } from '../open.ts'
import { entriesOf, kindOfIssued, recordGet } from '../records.ts'
import type { IssuedLabel } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { compareStrings, contentOf, headOf, paragraphsInOrder } from '../schema.ts'

/**
 * Returns the open proposals for what stands below an open proposed paragraph or heading, in the order of the text: the
 * proposed blocks behind it of higher levels, up to the next paragraph of the text. Empty for any other proposal.
 */
export function proposedBelow(od: OutcomeDocument, head: ProposalId): readonly ProposalId[] {
  const place = recordGet(od, `label/${head}`)
  if (!place || headOf(od, head)?.kind !== 'paragraph' || !isOpen(od, head)) return []
  const next = paragraphsInOrder(od).find(({ order }) => order > place.order)
  const behind: Proposed[] = []
  for (const [id, issued] of entriesOf(od, 'label')) {
    const { order } = issued
    if (order > place.order && (!next || order < next.order) && isShownBlock(od, id))
      behind.push(standing(id, issued))
  }
  behind.sort((a, b) => compareStrings(a.order, b.order) || compareStrings(a.id, b.id))
  return belowIn([standing(head, place), ...behind], head).map(({ id }) => id)
}

interface Proposed {
  readonly id: ProposalId
  readonly kind: ParagraphKind
  readonly level: number
  readonly order: string
}

const standing = (id: ProposalId, issued: IssuedLabel): Proposed => ({
  id,
  kind: kindOfIssued(issued),
  level: issued.level ?? 0,
  order: issued.order,
})

/** A block that was emptied is not shown, unless somebody amends it. */
function isShownBlock(od: OutcomeDocument, id: ProposalId): boolean {
  const head = headOf(od, id)
  if (!head || !isBlockKind(head.kind) || !isOpen(od, id)) return false
  return (contentOf(od, id)?.length ?? 0) > 0 || openOn(od, id).length > 0
}
