import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

/** Loaded into a server by --import: its store's workers die as soon as there is a file of this name in DATA_DIR. */
export const DEATH = 'die'
/** With a file of this name they hang, as in a disk that does not answer. */
export const HANG = 'hang'

const ordered = (what: string) => existsSync(join(process.env['DATA_DIR'] ?? '.', what))

if (!isMainThread) {
  setInterval(() => {
    if (ordered(DEATH)) process.exit(9)
    if (ordered(HANG)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }, 10).unref()
}
