import { createHash } from 'node:crypto'

/**
 * The hash chain: each row's hash covers everything in the row and the hash before it, so that no row can be changed,
 * dropped from the middle or put in another order unnoticed.
 *
 *     hash = SHA-256( previous ‖ length of head (4 bytes, big endian) ‖ head ‖ bytes )
 *     head = JSON array [document, sequence, kind, actor, at, key, command, result], as UTF-8
 *
 * `actor`, `command` and `result` enter as the very text that is stored, so no re-serialisation can alter them.
 */
export interface ChainedRow {
  readonly document: string
  readonly sequence: number
  readonly kind: string
  readonly actor: string
  readonly at: number
  readonly key: string | null
  readonly command: string | null
  readonly result: string | null
  readonly bytes: Uint8Array
}

/** What the first row's `previous` is. */
export const CHAIN_START = '0'.repeat(64)

export function rowHash(previous: string, row: ChainedRow): string {
  const head = Buffer.from(
    JSON.stringify([
      row.document,
      row.sequence,
      row.kind,
      row.actor,
      row.at,
      row.key,
      row.command,
      row.result,
    ]),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return createHash('sha256')
    .update(Buffer.from(previous, 'hex'))
    .update(length)
    .update(head)
    .update(row.bytes)
    .digest('hex')
}

export const bytesHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * A short hash over the values of a row that is in no chain, because it is changed or deleted in time: no bit of it can
 * turn unnoticed. 128 bits, hexadecimal.
 */
export const seal = (...values: readonly (string | number | null)[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32)
