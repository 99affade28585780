import { isOpenBracket, paragraphOf } from '#shared/document/agreement.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { headOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { belowIn } from '#shared/model/family.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'

/** The open brackets of each paragraph, found by asking every proposal where it is; sorted by id. */
export function openBrackets(od: OutcomeDocument): ReadonlyMap<ParagraphId, readonly ProposalId[]> {
  const found = new Map<ParagraphId, ProposalId[]>()
  for (const id of [...od.proposals.keys()].sort() as ProposalId[]) {
    const paragraph = isOpenBracket(od, id) ? paragraphOf(od, id) : null
    if (paragraph === null) continue
    const anchor = headOf(od, id)?.kind === 'join' ? od.anchors.get(id) : undefined
    // A merger also takes in the words of the next paragraph, so it is on both.
    const next = anchor?.kind === 'whole' && anchor.other ? [anchor.other] : []
    const whole = od.anchors.get(id)
    const shown = paragraphsInOrder(od)
    const below = whole?.kind === 'whole' && whole.below ? belowIn(shown, paragraph) : []
    for (const on of [paragraph, ...next, ...below.map((facts) => facts.id)])
      found.set(on, [...(found.get(on) ?? []), id])
  }
  return found
}
