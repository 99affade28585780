import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposal.ts'
import { strings } from '../strings.ts'

/** Kinds of proposals on a whole paragraph, without wording, which their name describes completely. */
const WORDLESS: ReadonlySet<ProposalNature> = new Set([
  'delete-paragraph',
  'move',
  'split',
  'join',
  'reservation',
])

export const isWordless = (nature: ProposalNature): boolean => WORDLESS.has(nature)

/** "insertion", "move after 7", "merge with 8", "bridging text". */
export function natureOf({ nature, other, sources }: ProposalRow): string {
  const words = strings.negotiating.nature
  if (sources.length > 0) return words.bridging
  if (nature === 'move') return other ? words.moveAfter(other) : words.moveFirst
  if (nature === 'join' && other) return words.joinWith(other)
  return strings.natures[nature]
}
