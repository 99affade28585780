import { closeSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'

/** Those with which file systems answer that know no hard links: exFAT, network shares, some containers' mounts. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV']

/**
 * Gives a whole file of the same directory its name, and never takes the name from another: throws `EEXIST` where there is
 * one. With hard links the name is never seen with less than the whole. Without, the name is reserved by an empty file,
 * which the whole one replaces at once. `from` may be gone afterwards.
 */
export function giveName(
  from: string,
  to: string,
  link: (from: string, to: string) => void = linkSync,
): void {
  try {
    link(from, to)
  } catch (error) {
    if (!NO_LINKS.includes(codeOf(error))) throw error
    closeSync(openSync(to, 'wx', 0o600))
    try {
      renameSync(from, to)
    } catch (failure) {
      rmSync(to, { force: true })
      throw failure
    }
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
