import { createHash } from 'node:crypto'
import type { RandomBytes } from '#shared/model/ids.ts'

/** Tokens of links and sessions. The store keeps only their hashes. */

/**
 * A new token: 192 random bits, URL-safe. It never begins with a dash, which a command line would take for an option.
 */
export function newToken(random: RandomBytes): string {
  const token = Buffer.from(random(24)).toString('base64url')
  return token.startsWith('-') ? newToken(random) : token
}

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The public id of an invitation, which gives no access: the first 16 hexadecimal digits of its token's hash. */
export const invitationId = (hash: string): string => hash.slice(0, 16)

/** Whether a value has the form of a token; any other value need not be looked up. */
export const isTokenShaped = (value: string): boolean => /^[A-Za-z0-9_-]{16,128}$/.test(value)
