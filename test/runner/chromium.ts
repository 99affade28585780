import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './command.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const HINT = 'Install Chromium (on Debian: apt-get install chromium) or set CHROMIUM_PATH to it.'

export type Found = { readonly path: string } | { readonly missing: string }

/** The browser that the end-to-end tests drive: found, or installed where we may, or named as missing. */
export async function findChromium(): Promise<Found> {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '')
    return runnable(given)
      ? { path: given }
      : { missing: `CHROMIUM_PATH names ${given}, which cannot be run.` }
  const found = onPath()
  if (found !== null) return { path: found }
  if (process.getuid?.() !== 0 || !isDebian()) return { missing: `Chromium is missing. ${HINT}` }
  console.log('Chromium is missing; installing it with apt-get.')
  const installed =
    (await apt('update')) && (await apt('install', '-y', '--no-install-recommends', 'chromium'))
  if (!installed) return { missing: `Chromium is missing and apt-get could not install it. ${HINT}` }
  // For text outside the fonts the client brings along; the tests do without.
  await apt('install', '-y', '--no-install-recommends', 'fonts-noto-core')
  const path = onPath()
  return path === null ? { missing: `apt-get installed no Chromium that can be run. ${HINT}` } : { path }
}

const apt = async (...words: readonly string[]): Promise<boolean> =>
  (await run({
    program: 'apt-get',
    arguments: ['-q', ...words],
    minutes: 10,
    environment: { DEBIAN_FRONTEND: 'noninteractive' },
  })) === 0

function onPath(): string | null {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return paths.find(runnable) ?? null
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}
