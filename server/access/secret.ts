import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '#shared/model/ids.ts'

/** The data directory's own secret, hexadecimal: aliases are made from it, so it belongs to every copy of the data. */
const FILE = 'secret'
const LENGTH = 32

/** Makes it the first time; two processes that do so at once end with the same one. */
export function loadSecret(dataDir: string, random: RandomBytes): Uint8Array {
  const path = join(dataDir, FILE)
  const known = read(path)
  if (known) return known
  const fresh = `${path}.${Buffer.from(random(8)).toString('hex')}`
  writeFileSync(fresh, Buffer.from(random(LENGTH)).toString('hex'), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(fresh, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(fresh, { force: true })
  }
  const made = read(path)
  if (!made) throw new Error(`The secret in ${path} cannot be read.`)
  return made
}

function read(path: string): Uint8Array | null {
  try {
    const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
    if (secret.length !== LENGTH) throw new Error(`The secret in ${path} is damaged: restore it from a copy.`)
    return secret
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
