import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposal.ts'

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
