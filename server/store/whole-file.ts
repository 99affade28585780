import { closeSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'

/** Error codes of file systems without hard links: exFAT, network shares, some mounts in containers. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV']

/**
 * Gives a complete file its final name in the same directory. Never replaces a file: throws `EEXIST` when the name is
 * taken. With hard links the name never shows an incomplete file. Without them the name is first reserved by an empty
 * file, which the complete one then replaces. `from` may still exist afterwards, or not.
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
