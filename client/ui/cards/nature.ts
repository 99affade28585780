import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposal.ts'
import { strings } from '../strings.ts'

/** On a paragraph as a whole, without wording: what it wants is all in its name. */
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
