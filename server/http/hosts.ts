import { hostname, networkInterfaces } from 'node:os'
import { isIPv4 } from 'node:net'

/**
 * Whether the server goes by the name in a `Host` header; the port does not matter. Any other name was given to it by
 * somebody else, who could so read its answers from a page of his own, or get his own address into an invitation link.
 */
export type KnowsHost = (host: string | undefined) => boolean

export interface Addresses {
  /** Without a slash at the end; null: not configured. */
  readonly publicUrl: string | null
  /** What the server listens on: a name or address of this machine, or all of them. */
  readonly host: string
  /** The names and addresses of this machine, asked for when a host is neither configured nor loopback. */
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

/** As a URL has it: in lower case, addresses in their one form. Null: it is no host. */
function nameIn(header: string | undefined): string | null {
  if (header === undefined || !HEADER.test(header)) return null
  return URL.parse(`http://${header}`)?.hostname ?? null
}

const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '[::1]' ||
  (isIPv4(name) && name.startsWith('127.'))

/** They change while the server runs: a laptop goes from one network to another. */
function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const named = hostname()
  return [
    named,
    `${named}.local`,
    ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  ]
}
