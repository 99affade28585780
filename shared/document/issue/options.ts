import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import { withWords } from '../../model/family.ts'
import { isWithin } from '../../model/label-path.ts'
import { optionSets, setHeadedBy } from '../../model/options.ts'
import type { Option, OptionSet } from '../../model/options.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import { isOpen } from '../open.ts'
import { entriesOf } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphsInOrder } from '../schema.ts'

/** The options of a document, of which one is to be chosen. */

export const optionsIn = (od: OutcomeDocument): readonly OptionSet<ParagraphFacts>[] =>
  optionSets(paragraphsInOrder(od))

/** Returns the options among which a paragraph or heading is the first of one; null when it is not. */
export const optionsHeadedBy = (od: OutcomeDocument, head: ParagraphId): OptionSet<ParagraphFacts> | null =>
  setHeadedBy(optionsIn(od), head)

/** Returns what is taken off when an option is chosen: the blocks of all others that have words, in the order of the text. */
export const droppedFor = (set: OptionSet<ParagraphFacts>, chosen: ParagraphId): readonly ParagraphFacts[] =>
  withWords(set.filter(({ head }) => head.id !== chosen).flatMap(({ blocks }) => blocks))

/** Returns the open proposals for paragraphs and headings of an option. In no particular order. */
export function proposedWithin(od: OutcomeDocument, { head, blocks }: Option<ParagraphFacts>): ProposalId[] {
  const [first, last] = [blocks[0]!, blocks.at(-1)!]
  const labels = blocks.flatMap(({ label }) => label ?? [])
  const next = paragraphsInOrder(od).find(({ order }) => order > last.order)
  const found: ProposalId[] = []
  for (const [proposal, { order, label, level = 0 }] of entriesOf(od, 'label')) {
    if (order <= first.order || (next && order >= next.order) || !isOpen(od, proposal)) continue
    // Behind the last of its blocks stands also what comes behind the option.
    const belongs =
      order < last.order ||
      (head.kind === 'paragraph' && level > head.level) ||
      (label !== null && labels.some((one) => isWithin(label, one)))
    if (belongs) found.push(proposal)
  }
  return found
}
