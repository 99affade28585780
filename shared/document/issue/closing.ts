import type { Decision, Effect } from '../../model/proposals/decision.ts'
import type { ProposalId } from '../../model/ids.ts'
import { isShownOrRequest, openOn } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordSet } from '../records.ts'
import { noteWords } from '../proposed-words.ts'
import { markAffected } from './affected.ts'

/** How a proposal ends without a change of text: the fields of its decision except its effects. */
export type Ending = Omit<Decision, 'effect' | 'flagged' | 'wording'>

/**
 * Ends a proposal and flags its open amendments, because their host is closed; also a request to split the paragraph inside
 * its words, which left the paragraph with them. Returns the flagged ones.
 */
export function close(
  od: OutcomeDocument,
  id: ProposalId,
  ending: Ending,
  effect: Effect = { kind: 'none' },
): ProposalId[] {
  const flagged = openOn(od, id)
    .filter((amendment) => isShownOrRequest(od, amendment))
    .map((amendment) => amendment.id)
  const wording = noteWords(od, id)
  for (const amendment of flagged) markAffected(od, amendment, { by: id, effect: 'host-closed' })
  recordSet(od, `decision/${id}`, { ...ending, wording, effect, flagged })
  return flagged
}
