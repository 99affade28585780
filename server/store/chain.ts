import { createHash } from 'node:crypto'

/**
 * The hash chain of a log. Each row's hash covers the whole row and the hash of the row before, so changing, removing
 * or reordering rows is noticed. Removing rows at the end is noticed by comparing with a head kept elsewhere.
 *
 *     hash = SHA-256( previous ‖ length of head (4 bytes, big endian) ‖ head ‖ bytes )
 *     head = JSON array [document, sequence, kind, actor, at, key, command, result], as UTF-8
 *
 * `actor`, `command` and `result` are hashed as the text that is stored, and are never parsed and written again.
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

/** The `previous` of the first row. */
export const CHAIN_START = '0'.repeat(64)

/** The hash of a row after one with the hash `previous`, hexadecimal. */
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
 * A short hash over the values of a row that is in no hash chain because it may be changed or deleted. It reveals
 * accidental damage to the row. 128 bits, hexadecimal.
 */
export const seal = (...values: readonly (string | number | null)[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32)
