import { CHAIN_LIMIT } from '../../model/proposal.ts'
import type { ParagraphId } from '../../model/ids.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf, makerOf } from '../schema.ts'

/**
 * Where what stands on a paragraph is shown: there; but where the decision that made the paragraph was taken back, on the one
 * that it was made from. Its identity is that of the proposal which made it.
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
