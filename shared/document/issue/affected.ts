import type { ProposalId } from '../../model/ids.ts'
import type { Affected } from '../../model/proposals/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordDelete, recordGet, recordSet } from '../records.ts'

/**
 * Flags on proposals that a decision has affected. Several decisions can affect one proposal: the latest flag
 * is shown and the earlier ones are kept under it. Taking a decision back removes its own flag, in whatever
 * order that happens. A flag is kept while its proposal is decided, and shown again when that decision is taken
 * back.
 */

/** Sets a flag on top of the ones that a proposal has. */
export function markAffected(od: OutcomeDocument, id: ProposalId, { by, effect }: Affected): void {
  const under = recordGet(od, `affected/${id}`)
  recordSet(od, `affected/${id}`, under ? { by, effect, under } : { by, effect })
}

/** Removes the flag that the decision on `by` has set, whether it is shown or covered. */
export function unmarkAffected(od: OutcomeDocument, id: ProposalId, by: ProposalId): void {
  const affected = recordGet(od, `affected/${id}`)
  if (!affected) return
  const left = without(affected, by)
  if (left) recordSet(od, `affected/${id}`, left)
  else recordDelete(od, `affected/${id}`)
}

function without(affected: Affected, by: ProposalId): Affected | undefined {
  const under = affected.under && without(affected.under, by)
  if (affected.by === by) return under
  const { effect } = affected
  return under ? { by: affected.by, effect, under } : { by: affected.by, effect }
}
