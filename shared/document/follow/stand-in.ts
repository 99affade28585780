import type { ParagraphId } from '../../model/ids.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf, makerOf } from '../schema.ts'

/** Longer than any chain of paragraphs that were made of one another. */
const CHAIN = 64

/**
 * Where what stands on a paragraph is shown: there; but where the decision that made the paragraph was taken back, on the one
 * that it was made from. Its identity is that of the proposal which made it.
 */
export function standInFor(od: OutcomeDocument, paragraph: ParagraphId): ParagraphId {
  let current = paragraph
  for (let steps = 0; steps < CHAIN; steps++) {
    if (od.paragraphs.get(current)?.get('removed') !== true) return current
    const head = headOf(od, makerOf(current))
    if (!head) return current
    current = head.paragraph
  }
  return current
}
