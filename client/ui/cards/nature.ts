import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposals/proposal.ts'
import { strings } from '../strings.ts'

/** Kinds of proposals on a whole paragraph, without wording, which their name describes completely. */
const WORDLESS: ReadonlySet<ProposalNature> = new Set([
  'delete-paragraph',
  'move',
  'indent',
  'outdent',
  'split',
  'join',
  'reservation',
  'choice',
  'unknown',
])

export const isWordless = (nature: ProposalNature): boolean => WORDLESS.has(nature)

/** "insertion", "move after 7", "merge with 8", "bridging text". */
export function natureOf({ nature, other, under, sources, below }: ProposalRow): string {
  const words = strings.proposals.nature
  if (sources.length > 0) return words.bridging
  if (nature === 'unknown') return words.unknown
  const all = (what: string): string => (below === null ? what : strings.paragraph.below(what, below))
  if (nature === 'move')
    return all(other === '' ? words.moveFirst : under ? words.moveBelow(other) : words.moveAfter(other))
  if (nature === 'indent' || nature === 'outdent') return all(strings.natures[nature])
  if (nature === 'join' && other) return words.joinWith(other)
  return all(strings.natures[nature])
}

const ON_WORDS: ReadonlySet<ProposalNature> = new Set([
  'insertion',
  'deletion',
  'replacement',
  'heading-change',
])

/** The proposals that can be merged with `row`, itself included: tabled ones on the words of the same host. */
export const mergeable = (rows: readonly ProposalRow[], row: ProposalRow): readonly ProposalRow[] =>
  ON_WORDS.has(row.nature)
    ? rows.filter((other) => other.host === row.host && other.space === null && ON_WORDS.has(other.nature))
    : []
