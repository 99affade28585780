import type { CloseReason } from '#shared/protocol/close.ts'

/** What a room needs of a connection's socket. */
export interface RoomSocket {
  send(frame: Uint8Array): void
  close(reason: CloseReason): void
  /** Bytes given to `send` that the network has not taken yet. */
  readonly bufferedAmount: number
}
