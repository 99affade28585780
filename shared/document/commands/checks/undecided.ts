import type { Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { Disposition } from '../../../model/proposals/decision.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { inSentence } from '../../../model/participant.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { decisionOf, headOf } from '../../schema.ts'

/** Returns a refusal when there is no proposal of this id; else null. */
export const known = (od: OutcomeDocument, id: ProposalId): Refusal | null =>
  headOf(od, id) ? null : refuse('no-such-proposal', 'This proposal does not exist.')

const SPOKEN: Record<Disposition, string> = {
  accepted: 'Accepted',
  'accepted-as-amended': 'Accepted with changes',
  'accepted-in-part': 'Accepted in part',
  merged: 'Merged',
  superseded: 'Superseded',
  'not-retained': 'Not retained',
  withdrawn: 'Withdrawn',
}

/**
 * Returns null while the proposal is open. Returns a refusal when it does not exist, or when it was decided;
 * that one says by whom and when.
 */
export function undecided(od: OutcomeDocument, id: ProposalId): Refusal | null {
  const missing = known(od, id)
  if (missing) return missing
  const decision = decisionOf(od, id)
  if (!decision) return null
  const who = decision.person === '' ? inSentence(decision.by) : `${decision.person} (${decision.by})`
  const when = new Date(decision.at).toISOString()
  const message = `${SPOKEN[decision.disposition]} already by ${who} on ${when.slice(0, 10)} at ${when.slice(11, 19)} UTC.`
  return refuse('already-decided', message)
}
