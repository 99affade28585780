import type { CloseReason } from '#shared/protocol/close.ts'
import { CLOSE } from '#shared/protocol/close.ts'

/** `other-person`: this browser has meanwhile followed another person's link to the same document. */
export type StopReason = CloseReason | 'other-person'

export interface ConnectionStatus {
  readonly connection: 'connecting' | 'online' | 'offline' | 'stopped'
  /** True until the server has acknowledged everything that was done here. */
  readonly unsaved: boolean
  /** Something is unsaved because the server's disk takes nothing just now: it is sent again and again. */
  readonly unwritable?: boolean
  /** Why it stopped for good. */
  readonly reason?: StopReason
  /** While offline: when it will be tried again, in milliseconds since 1970. */
  readonly retryAt?: number
}

export const sameStatus = (a: ConnectionStatus, b: ConnectionStatus): boolean =>
  a.connection === b.connection &&
  a.unsaved === b.unsaved &&
  a.unwritable === b.unwritable &&
  a.reason === b.reason &&
  a.retryAt === b.retryAt

/** The name of a permanent close code; a code of a newer server counts as an ended session. */
export function closeReason(code: number): CloseReason {
  for (const [name, close] of Object.entries(CLOSE)) {
    if (close.code === code) return name as CloseReason
  }
  return 'unauthorised'
}
