import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposal.ts'

const ON_WORDS: ReadonlySet<ProposalNature> = new Set([
  'insertion',
  'deletion',
  'replacement',
  'heading-change',
])

/** Those that can become one bridging text with `row`, itself included: on the words of the same text, and on the table. */
export const mergeable = (rows: readonly ProposalRow[], row: ProposalRow): readonly ProposalRow[] =>
  ON_WORDS.has(row.nature)
    ? rows.filter((other) => other.host === row.host && other.space === null && ON_WORDS.has(other.nature))
    : []
