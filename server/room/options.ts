import type { DocumentId, RandomBytes } from '#shared/model/ids.ts'
import type { Store } from '../store/port.ts'
import type { DocumentWork } from '../work/document-work.ts'
import type { Clock } from './clock.ts'
import type { Limits } from './limits/limits.ts'
import type { Quotas } from './limits/quota.ts'
import type { AliasMaker } from './round.ts'

/** What a room needs from outside. All rooms of a process share one set of options. */
export interface RoomOptions {
  readonly store: Store
  readonly clock: Clock
  readonly limits: Limits
  /** Counts what each invitation and each address spends, over all rooms together. */
  readonly quotas: Quotas
  readonly random: RandomBytes
  readonly aliases: AliasMaker
  /** Encodes and slices large documents in a worker thread. */
  readonly away: DocumentWork
  /** Number of log rows after which a new snapshot is made. */
  readonly snapshotEvery: number
  /** Resolves in the next turn of the event loop. Absent: `setImmediate`. */
  readonly nextTurn?: () => Promise<void>
  /** Receives every problem that an operator should know of. Must not throw. */
  readonly report: (problem: RoomProblem) => void
}

/**
 * - `store-failed`: the store could not append or load; nothing of the batch was acknowledged.
 * - `snapshot-failed`: the log is complete, but the document could not be covered by a snapshot.
 * - `fault`: an admitted update or a command broke an invariant; it was left out, and the rest of its batch was kept.
 */
export interface RoomProblem {
  readonly document: DocumentId
  readonly what: 'store-failed' | 'snapshot-failed' | 'fault'
  readonly message: string
}
