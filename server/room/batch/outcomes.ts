import type { DocumentId } from '#shared/model/ids.ts'
import type { CommandOutcome, Store } from '../../store/port.ts'
import type { RoomChange } from './work.ts'

/** The outcomes in the log of those commands whose keys were executed before. Rejects with `StoreError`. */
export async function earlierOutcomes(
  store: Pick<Store, 'outcomes'>,
  document: DocumentId,
  changes: readonly RoomChange[],
): Promise<readonly CommandOutcome[]> {
  const keys = changes.flatMap((work) => (work.kind === 'command' ? [work.key] : []))
  return keys.length > 0 ? store.outcomes(document, keys) : []
}
