import { createHmac } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '#shared/model/ids.ts'
import type { Store } from '../store/port.ts'
import { giveName } from '../store/whole-file.ts'

/**
 * The data directory's own secret, hexadecimal: aliases of unattributed rounds are made from it, so that with another one
 * nobody could say any more who is who. The database knows its fingerprint and is opened by no server that has another.
 */
export const SECRET_FILE = 'secret'
const LENGTH = 32

/** The data and the secret do not belong together; the message says what to do. */
export class SecretProblem extends Error {}

type SecretStore = Pick<Store, 'secret' | 'adoptSecret'>

/**
 * The secret of these data. Made the first time, and adopted where the data know of none. Rejects with a
 * {@link SecretProblem} where it is missing, damaged or another one.
 */
export async function secretOf(
  store: SecretStore,
  dataDir: string,
  random: RandomBytes,
): Promise<Uint8Array> {
  const { fingerprint, served } = await store.secret()
  const kept = readSecret(dataDir)
  if (!kept && (fingerprint !== null || served)) throw new SecretProblem(missing(dataDir))
  const secret = kept ?? makeSecret(dataDir, random)
  if (fingerprint === null) await store.adoptSecret(secretFingerprint(secret))
  else if (fingerprint !== secretFingerprint(secret)) throw new SecretProblem(another(dataDir))
  return secret
}

/** Whether the directory's secret is that of its data: a sentence that says why not, or null. */
export async function secretFault(store: SecretStore, dataDir: string): Promise<string | null> {
  const { fingerprint } = await store.secret()
  if (fingerprint === null) return null
  try {
    const secret = readSecret(dataDir)
    if (!secret) return missing(dataDir)
    return secretFingerprint(secret) === fingerprint ? null : another(dataDir)
  } catch (error) {
    if (error instanceof SecretProblem) return error.message
    throw error
  }
}

const missing = (dataDir: string): string =>
  `The file “${SECRET_FILE}” in ${dataDir} is missing. Without it nobody can say who is who in unattributed rounds. ${RESTORE}`

const another = (dataDir: string): string =>
  `The file “${SECRET_FILE}” in ${dataDir} is not the one that belongs to its database. ${RESTORE}`

const RESTORE =
  'Put back the one that was there when the database was last used: every backup holds it. If it is lost for good, “informals secret --renew” makes a new one.'

/** What tells secrets apart, and gives away nothing of them: 64 hexadecimal digits. */
export const secretFingerprint = (secret: Uint8Array): string =>
  createHmac('sha256', secret).update('informals: fingerprint of the secret').digest('hex')

/**
 * Two processes that do so at once end with the same one. Without hard links the later of them may find it unfinished, and
 * throws a {@link SecretProblem}.
 */
function makeSecret(dataDir: string, random: RandomBytes): Uint8Array {
  const path = join(dataDir, SECRET_FILE)
  const fresh = `${path}.${Buffer.from(random(8)).toString('hex')}`
  writeFileSync(fresh, Buffer.from(random(LENGTH)).toString('hex'), { mode: 0o600, flag: 'wx' })
  try {
    giveName(fresh, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(fresh, { force: true })
  }
  const made = readSecret(dataDir)
  if (!made) throw new SecretProblem(`The secret in ${path} cannot be read.`)
  return made
}

/** Null when there is none. Throws a {@link SecretProblem} when it is no secret. */
export function readSecret(dataDir: string): Uint8Array | null {
  const path = join(dataDir, SECRET_FILE)
  try {
    return decodeSecret(readFileSync(path, 'utf8')) ?? damaged(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function damaged(path: string): never {
  throw new SecretProblem(`The secret in ${path} is damaged. ${RESTORE}`)
}

/** Null: it is none. */
export function decodeSecret(text: string): Uint8Array | null {
  const secret = Buffer.from(text.trim(), 'hex')
  return secret.length === LENGTH ? secret : null
}

/** The data belong to the directory's secret from now on, whatever was before. Null: there is none. */
export async function adoptSecret(store: SecretStore, dataDir: string): Promise<string | null> {
  const secret = readSecret(dataDir)
  if (!secret) return null
  await store.adoptSecret(secretFingerprint(secret))
  return secretFingerprint(secret)
}

/** Makes a new secret, which the data belong to then; the old one, if there is any, stays beside it under another name. */
export async function renewSecret(
  store: SecretStore,
  dataDir: string,
  random: RandomBytes,
  now: number,
): Promise<string> {
  const path = join(dataDir, SECRET_FILE)
  try {
    renameSync(path, `${path}.until-${new Date(now).toISOString().replaceAll(':', '-')}`)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  const fingerprint = secretFingerprint(makeSecret(dataDir, random))
  await store.adoptSecret(fingerprint)
  return fingerprint
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
