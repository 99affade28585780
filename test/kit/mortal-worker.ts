import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

/** Loaded into a server by --import: its store's workers die as soon as there is a file of this name in DATA_DIR. */
export const DEATH = 'die'

if (!isMainThread) {
  const order = join(process.env['DATA_DIR'] ?? '.', DEATH)
  setInterval(() => {
    if (existsSync(order)) process.exit(9)
  }, 10).unref()
}
