import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const ROOT = join(import.meta.dirname, '../..')
const BUILT = join(ROOT, 'dist/client/index.html')

/** The interface as the server serves it, built before the first browser opens it; only when it is not up to date. */
export default async function buildInterface(): Promise<void> {
  const sources = globSync('{client,shared}/**/*.{ts,tsx,css,html,svg}', { cwd: ROOT })
  const newest = Math.max(...sources.map((path) => statSync(join(ROOT, path)).mtimeMs))
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built < newest) await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' })
}
