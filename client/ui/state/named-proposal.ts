import { referenceOf } from '../paragraph/status.ts'
import { strings } from '../strings.ts'
import { nameOf } from './names.ts'
import type { Stop } from './walk.ts'

/** "KEN’s insertion in 12", "KEN’s move of paragraph 2 with everything below (5)". */
export const namedProposal = ({ row, block }: Stop): string =>
  strings.proposalIn(nameOf(row.proponent), row.nature, referenceOf(block), row.below)
