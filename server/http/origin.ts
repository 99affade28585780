import type { IncomingHttpHeaders } from 'node:http'

/**
 * Cookies go with requests that other sites cause, so those must be told apart. Browsers send an `Origin` with every
 * upgrade and every request that is not a plain GET, or else say in `Sec-Fetch-Site` where it comes from; programs send
 * neither.
 */
export function isOwnOrigin(
  headers: IncomingHttpHeaders,
  host: string | undefined,
  scheme: string,
  publicUrl: string | null,
): boolean {
  const { origin } = headers
  if (origin === undefined) return !FOREIGN.has(headers['sec-fetch-site'] ?? '')
  const from = URL.parse(origin)?.origin
  if (from === undefined || from === 'null') return false
  const known = publicUrl === null ? null : new URL(publicUrl)
  if (known && from === known.origin) return true
  const here = URL.parse(`${scheme}://${host}`)
  // A proxy takes TLS off: under the public name there is no other scheme than the configured one.
  return here !== null && from === here.origin && here.host !== known?.host
}

/** Of another origin, though perhaps of the same registered domain. */
const FOREIGN: ReadonlySet<string> = new Set(['cross-site', 'same-site'])
