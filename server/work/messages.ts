import type { JobKind } from './jobs.ts'

/** The messages between the server and a worker thread. */
export interface JobRequest {
  readonly id: number
  readonly kind: JobKind
  readonly asked: unknown
}

export type JobAnswer =
  | { readonly id: number; readonly ok: true; readonly done: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string }

/**
 * What came of a job. `busy`: too many jobs of this payer wait already. `timed-out`: it took too long and was given up.
 * `failed`: it threw, or its thread ended. In every case the next job finds a working thread.
 */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: 'busy' | 'timed-out' | 'failed'; readonly message: string }
