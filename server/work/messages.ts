import type { Result } from '#shared/model/result.ts'
import type { JobKind } from './jobs.ts'

/** The messages between the server and a worker thread. */
export interface JobRequest {
  readonly id: number
  readonly kind: JobKind
  readonly asked: unknown
}

export interface JobAnswer {
  readonly id: number
  readonly outcome: Outcome<unknown>
}

/**
 * What came of a job. `busy`: too many jobs of this payer wait already. `timed-out`: it took too long and was given up.
 * `failed`: it threw, or its thread ended. In every case the next job finds a working thread.
 */
export type Outcome<T> = Result<{ value: T }, 'busy' | 'timed-out' | 'failed'>
