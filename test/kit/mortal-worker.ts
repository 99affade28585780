import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread, workerData } from 'node:worker_threads'

/** Loaded into a server by --import: its store's workers die as soon as there is a file of this name in DATA_DIR. */
export const DEATH = 'die'
/** With a file of this name they hang, as in a disk that does not answer. */
export const HANG = 'hang'
/** A worker that is about to hang makes a file of this name. */
export const HANGING = 'hanging'

const inDataDir = (what: string) => join(process.env['DATA_DIR'] ?? '.', what)
const ordered = (what: string) => existsSync(inDataDir(what))

function hang(): void {
  writeFileSync(inDataDir(HANGING), '')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

// Other workers than the store's are given no directory.
if (!isMainThread && workerData?.directory) {
  setInterval(() => {
    if (ordered(DEATH)) process.exit(9)
    if (ordered(HANG)) hang()
  }, 10).unref()
}
