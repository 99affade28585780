import type { StoreErrorCode } from './port.ts'

/** The messages between the store and its worker thread. */
export interface WorkerOptions {
  readonly directory: string
}

export interface StoreRequest {
  readonly id: number
  readonly operation: string
  readonly values: readonly unknown[]
}

export type StoreReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: StoreErrorCode; readonly message: string }
