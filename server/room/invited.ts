import { isUnattributed } from '#shared/document/attribution.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import type { Store } from '../store/port.ts'
import type { RoundAliases } from './round.ts'
import type { RoomChange } from './batch/work.ts'

/**
 * Tells `aliases` which delegations hold a link to the document, before a batch in which somebody may write in their
 * names. Only an unattributed round, or a command that may begin one, needs this. The store is read for each such
 * batch, because another process may have issued links. Rejects with `StoreError`.
 */
export async function learnInvited(
  store: Pick<Store, 'invitations'>,
  document: DocumentId,
  od: OutcomeDocument,
  changes: readonly RoomChange[],
  aliases: RoundAliases,
): Promise<void> {
  const starts = changes.some((work) => work.kind === 'command' && work.command.kind === 'policy-set')
  if (!isUnattributed(od) && !starts) return
  if (!changes.some((work) => mayWriteForOthers(work))) return
  const invitations = await store.invitations(document)
  aliases.invite(
    invitations.flatMap(({ role, participant }) =>
      role === 'delegation' && participant !== null ? [participant] : [],
    ),
  )
}

/** Whether the task's author may write in the name of participants other than their own. */
function mayWriteForOthers(work: RoomChange): boolean {
  if (work.kind !== 'update' && work.kind !== 'command') return false
  const { role } = work.kind === 'update' ? work.session.actor : work.actor
  return can(role, 'write-for-others')
}
