import { StoreError } from '../port.ts'

/** What SQLite's result codes mean to the server. */

const BUSY = 5
const READ_ONLY = 8
const CORRUPT = 11
const FULL = 13
const NOT_A_DATABASE = 26
/** Extended result codes of failed reads: the disk returned other data than were written, or too few, or none. */
const UNREADABLE = new Set([266, 522, 8_458])
/** Extended result codes of failed writes; the last is of the shared-memory file, which must be allocated. */
const UNWRITABLE = new Set([778, 1_034, 1_290, 1_546, 4_874])

/** SQLite's extended result code; 0 for any other error. */
const codeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0

/** SQLite's primary result code, which is the low byte of the extended one. */
const primary = (error: unknown): number => codeOf(error) & 0xff

export const isBusy = (error: unknown): boolean => primary(error) === BUSY

/** Whether an error of SQLite or of the operating system says that the disk is full or cannot be written. */
export const isUnwritable = (error: unknown): boolean =>
  primary(error) === FULL ||
  primary(error) === READ_ONLY ||
  UNWRITABLE.has(codeOf(error)) ||
  (error instanceof Error && 'code' in error && SYSTEM.has(String(error.code)))

const SYSTEM = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])

/**
 * Whether an error says that a page of the database is damaged. Data on other pages can still be read. Node reports a
 * stored number that is out of range, which this program never writes, with `ERR_OUT_OF_RANGE`.
 */
export const isDamage = (error: unknown): boolean =>
  primary(error) === CORRUPT ||
  primary(error) === NOT_A_DATABASE ||
  UNREADABLE.has(codeOf(error)) ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE')

/**
 * Any error as a {@link StoreError}. The message of `unwritable` is shown to people; the others are for the operator.
 */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  if (primary(error) === FULL) return new StoreError('unwritable', "Not saved: the server's disk is full.")
  if (isUnwritable(error))
    return new StoreError('unwritable', "Not saved: the server's disk cannot be written.")
  const message = error instanceof Error ? error.message : String(error)
  return new StoreError(isDamage(error) ? 'damaged' : 'failed', message)
}

/** What `read` returns, or what `instead` returns when `read` met a damaged page. Other errors are thrown on. */
export function unlessDamaged<T>(read: () => T, instead: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isDamage(error)) throw error
    return instead()
  }
}
