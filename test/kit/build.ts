import { execFileSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const BUILT = join(ROOT, 'dist/client/index.html')

/**
 * The interface as the server serves it, built before the first browser opens it; only when it is not up to date. By a
 * process of its own: in this one React would be built for development, which is not what is served, and twice as slow.
 */
export default function buildInterface(): void {
  const sources = globSync('{client,shared}/**/*.{ts,tsx,css,html,svg}', { cwd: ROOT })
  const newest = Math.max(...sources.map((path) => statSync(join(ROOT, path)).mtimeMs))
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built >= newest) return
  const vite = join(ROOT, 'node_modules/.bin/vite')
  execFileSync(vite, ['build', '--logLevel', 'error'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
