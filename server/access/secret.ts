import { createHmac } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '#shared/model/ids.ts'
import type { Store } from '../store/port.ts'
import { giveName } from '../store/whole-file.ts'

/**
 * The file with the data directory's secret, hexadecimal. Aliases of unattributed rounds are computed from it; with
 * another secret nobody could tell any more which delegations they stand for. The database holds its fingerprint, and
 * a server with another secret refuses to open it.
 */
export const SECRET_FILE = 'secret'
const LENGTH = 32

/** Thrown when data and secret do not belong together. The message tells the operator what to do. */
export class SecretProblem extends Error {}

type SecretStore = Pick<Store, 'secret' | 'adoptSecret'>

/**
 * The secret of these data. It is made at the first start, and its fingerprint is stored if the data have none. Rejects
 * with {@link SecretProblem} when the secret is missing, damaged, or belongs to other data.
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

/** Why the directory's secret is not that of its data, as a sentence; null when it is. */
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

/** A fingerprint that identifies a secret without revealing it: 64 hexadecimal digits. */
export const secretFingerprint = (secret: Uint8Array): string =>
  createHmac('sha256', secret).update('informals: fingerprint of the secret').digest('hex')

/**
 * Makes the secret, or reads the one that another process has just made; two processes get the same one. On a file
 * system without hard links the later process may find the file unfinished, and throws {@link SecretProblem}.
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

/** Reads the directory's secret; null when there is none. Throws {@link SecretProblem} when the file is damaged. */
function readSecret(dataDir: string): Uint8Array | null {
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

/** Parses a secret; null when the text is not one. */
export function decodeSecret(text: string): Uint8Array | null {
  const secret = Buffer.from(text.trim(), 'hex')
  return secret.length === LENGTH ? secret : null
}

/** Makes the data belong to the directory's secret, whatever they belonged to; its fingerprint, or null without one. */
export async function adoptSecret(store: SecretStore, dataDir: string): Promise<string | null> {
  const secret = readSecret(dataDir)
  if (!secret) return null
  await store.adoptSecret(secretFingerprint(secret))
  return secretFingerprint(secret)
}

/** Makes a new secret for the data and returns its fingerprint. A former secret is kept under another file name. */
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
