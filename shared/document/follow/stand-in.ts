import { CHAIN_LIMIT } from '../../model/proposals/proposal.ts'
import type { ParagraphId } from '../../model/ids.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf, makerOf } from '../schema.ts'

/**
 * Returns the paragraph in which proposals on `paragraph` are shown: itself, or, when the decision that made it
 * was taken back, the one it was made from. The id of a paragraph that a proposal made is derived from the
 * proposal's id (`makerOf`), so the way back is known.
 */
export function standInFor(od: OutcomeDocument, paragraph: ParagraphId): ParagraphId {
  let current = paragraph
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (od.paragraphs.get(current)?.get('removed') !== true) return current
    const head = headOf(od, makerOf(current))
    if (!head) return current
    current = head.paragraph
  }
  return current
}
