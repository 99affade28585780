import { hostname, networkInterfaces } from 'node:os'
import { isIPv4 } from 'node:net'

/**
 * Whether the name in a `Host` header is this server's; the port does not matter. This prevents DNS rebinding, by
 * which a page of another site could read answers, and foreign addresses in invitation links.
 */
export type KnowsHost = (host: string | undefined) => boolean

export interface Addresses {
  /** Without a slash at the end; null when not configured. */
  readonly publicUrl: string | null
  /** What the server listens on: a name or address of this machine, or a wildcard address. */
  readonly host: string
  /** Returns the names and addresses of this machine. Called for a host that is neither configured nor loopback. */
  readonly ownNames?: () => Iterable<string>
}

export function hostCheck({ publicUrl, host, ownNames = machineNames }: Addresses): KnowsHost {
  const configured = new Set([nameIn(host.includes(':') ? `[${host}]` : host)])
  if (publicUrl !== null) configured.add(new URL(publicUrl).hostname)
  const everywhere = host === '0.0.0.0' || host === '::'
  return (header) => {
    const name = nameIn(header)
    if (name === null) return false
    if (isLoopback(name) || configured.has(name)) return true
    return everywhere && [...ownNames()].some((own) => nameIn(own) === name)
  }
}

const HEADER = /^(?:\[[0-9a-f:.]+\]|[^\s:/\\@?#[\]]+)(?::\d{1,5})?$/i

/** The host's name as in a URL: lower case, addresses in canonical form. Null when it is no valid host. */
function nameIn(header: string | undefined): string | null {
  if (header === undefined || !HEADER.test(header)) return null
  return URL.parse(`http://${header}`)?.hostname ?? null
}

const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '[::1]' ||
  (isIPv4(name) && name.startsWith('127.'))

/** The machine's names and addresses now. They change while the server runs, for example on a laptop. */
function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const named = hostname()
  return [
    named,
    `${named}.local`,
    ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  ]
}
