import type { CloseReason } from '#shared/protocol/close.ts'

/** All that a room knows of a connection's other end. */
export interface RoomSocket {
  send(frame: Uint8Array): void
  close(reason: CloseReason): void
  /** Bytes handed over that have not left yet. */
  readonly bufferedAmount: number
}
