import type { ProposalId } from '../../model/ids.ts'
import type { Affected } from '../../model/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordDelete, recordGet, recordSet } from '../records.ts'

/**
 * Flags of proposals that a decision affected. Several decisions may affect one: the last is shown, and each takes its
 * own flag along when it is taken back, in whatever order. A flag stays while its bearer is decided, and shows again
 * when that is taken back.
 */

export function markAffected(od: OutcomeDocument, id: ProposalId, { by, effect }: Affected): void {
  const under = recordGet(od, `affected/${id}`)
  recordSet(od, `affected/${id}`, under ? { by, effect, under } : { by, effect })
}

/** The flag that the decision on `by` set. */
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
