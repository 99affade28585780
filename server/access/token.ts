import { createHash } from 'node:crypto'
import type { RandomBytes } from '#shared/model/ids.ts'

/** Secrets of links and sessions. The store keeps their hashes only. */

/** 192 random bits, URL-safe; never begins with a dash, for then a command line would take it for an option. */
export function newToken(random: RandomBytes): string {
  const token = Buffer.from(random(24)).toString('base64url')
  return token.startsWith('-') ? newToken(random) : token
}

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** What an invitation goes by, which opens nothing: the first 16 hexadecimal digits of its token's hash. */
export const invitationId = (hash: string): string => hash.slice(0, 16)

/** Anything else need not be looked up. */
export const isTokenShaped = (value: string): boolean => /^[A-Za-z0-9_-]{16,128}$/.test(value)
