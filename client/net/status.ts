import type { CloseReason } from '#shared/protocol/close.ts'
import { CLOSE } from '#shared/protocol/close.ts'

/** `other-person`: the browser's session is another person's now, who followed a link to the same document. */
export type StopReason = CloseReason | 'other-person'

export interface ConnectionStatus {
  readonly connection: 'connecting' | 'online' | 'offline' | 'stopped'
  /** Whether something done here has not been acknowledged by the server yet. */
  readonly unsaved: boolean
  /** Whether the server's disk is unwritable. What is unsaved is sent again until it can be stored. */
  readonly unwritable?: boolean
  /** Why the connection has stopped for good. */
  readonly reason?: StopReason
  /** While offline: when the next try is made, milliseconds since 1970. */
  readonly retryAt?: number
}

export const sameStatus = (a: ConnectionStatus, b: ConnectionStatus): boolean =>
  a.connection === b.connection &&
  a.unsaved === b.unsaved &&
  a.unwritable === b.unwritable &&
  a.reason === b.reason &&
  a.retryAt === b.retryAt

/** The reason for a permanent close code. An unknown code (of a newer server) counts as `unauthorised`. */
export function closeReason(code: number): CloseReason {
  for (const [name, close] of Object.entries(CLOSE)) {
    if (close.code === code) return name as CloseReason
  }
  return 'unauthorised'
}
