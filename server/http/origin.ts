import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request may have been caused by another site, whose requests carry cookies too. Browsers send `Origin` with
 * every upgrade and every request other than a plain GET, or else `Sec-Fetch-Site`. Programs send neither, and are
 * allowed.
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
  // A proxy may terminate TLS, so under the public name only the configured scheme is valid.
  return here !== null && from === here.origin && here.host !== known?.host
}

/** Values of `Sec-Fetch-Site` for other origins, including those of the same registered domain. */
const FOREIGN: ReadonlySet<string> = new Set(['cross-site', 'same-site'])
