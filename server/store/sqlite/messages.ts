import type { Result } from '#shared/model/result.ts'
import type { StoreErrorCode } from '../port.ts'

/** The messages between the store and its worker thread. */
export interface WorkerOptions {
  readonly directory: string
}

export interface StoreRequest {
  readonly id: number
  readonly operation: string
  readonly values: readonly unknown[]
}

export interface StoreReply {
  readonly id: number
  /** What the operation returned, or the {@link StoreError} that it threw. */
  readonly result: Result<{ value: unknown }, StoreErrorCode>
}
