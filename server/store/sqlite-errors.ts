import { StoreError } from './port.ts'

/** What SQLite's result codes mean to the server. */

const BUSY = 5
const READ_ONLY = 8
const CORRUPT = 11
const FULL = 13
const NOT_A_DATABASE = 26
/** Extended codes: the disk gave back something else than was written, or nothing. */
const UNREADABLE = new Set([266, 522, 8_458])
/** Extended codes: the disk took nothing. The last is the shared memory beside the log, which must be allocated. */
const UNWRITABLE = new Set([778, 1_034, 1_290, 1_546, 4_874])

/** The extended code; 0 where it is no error of SQLite's. */
const codeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0

/** The low byte says what happened, the rest at what. */
const primary = (error: unknown): number => codeOf(error) & 0xff

export const isBusy = (error: unknown): boolean => primary(error) === BUSY

/** The disk is full, or takes nothing: of SQLite and of the system. */
export const isUnwritable = (error: unknown): boolean =>
  primary(error) === FULL ||
  primary(error) === READ_ONLY ||
  UNWRITABLE.has(codeOf(error)) ||
  (error instanceof Error && 'code' in error && SYSTEM.has(String(error.code)))

const SYSTEM = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])

/** A page is not what was written, or holds a number that none was: what stands on others can still be read. */
export const isDamage = (error: unknown): boolean =>
  primary(error) === CORRUPT ||
  primary(error) === NOT_A_DATABASE ||
  UNREADABLE.has(codeOf(error)) ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE')

export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  if (primary(error) === FULL) return new StoreError('unwritable', "Not saved: the server's disk is full.")
  if (isUnwritable(error))
    return new StoreError('unwritable', "Not saved: the server's disk cannot be written.")
  const message = error instanceof Error ? error.message : String(error)
  return new StoreError(isDamage(error) ? 'damaged' : 'failed', message)
}

/** The answer, or `instead` where it stands on a damaged page. */
export function unlessDamaged<T>(read: () => T, instead: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isDamage(error)) throw error
    return instead()
  }
}
