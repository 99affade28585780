import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Whether an address is a trusted proxy, whose `X-Forwarded-*` headers are believed. */
export type IsTrustedProxy = (address: string | undefined) => boolean

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/** Whether a configured entry is valid: an IP address, a network such as `10.0.0.0/8`, or `loopback`. */
export function isProxyEntry(entry: string): boolean {
  if (entry === 'loopback') return true
  const [address = '', prefix, ...rest] = entry.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

/** `entries`: each valid for {@link isProxyEntry}. */
export function trustedProxies(entries: readonly string[]): IsTrustedProxy {
  const list = new BlockList()
  for (const entry of entries.flatMap((one) => (one === 'loopback' ? LOOPBACK : [one]))) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const version = isIP(address ?? '')
    return version !== 0 && list.check(address ?? '', version === 6 ? 'ipv6' : 'ipv4')
  }
}

interface Came extends Pick<IncomingMessage, 'headers'> {
  readonly socket: { readonly remoteAddress?: string | undefined }
}

const NOBODY: IsTrustedProxy = () => false

/**
 * The host that a request or upgrade asked for: its `Host` header, or what a trusted proxy says that it was.
 * Undefined when it names none.
 */
export function hostHeaderOf(request: Came, isTrusted: IsTrustedProxy = NOBODY): string | undefined {
  return forwarded(request, 'x-forwarded-host', isTrusted) ?? request.headers.host
}

/** The scheme of a request. `https` only if a trusted proxy says so, because the server itself speaks HTTP. */
export function schemeOf(request: Came, isTrusted: IsTrustedProxy = NOBODY): 'http' | 'https' {
  return forwarded(request, 'x-forwarded-proto', isTrusted) === 'https' ? 'https' : 'http'
}

/** The last value of a forwarding header, which the nearest proxy has set; earlier values may come from anybody. */
function forwarded({ headers, socket }: Came, name: string, isTrusted: IsTrustedProxy): string | undefined {
  const said = headers[name]
  if (typeof said !== 'string' || !isTrusted(socket.remoteAddress)) return undefined
  return said.split(',').at(-1)?.trim()
}

/** The client's address: the last address on the request's way that is not a trusted proxy's. */
export function addressOf({ headers, socket }: Came, isTrusted: IsTrustedProxy = NOBODY): string {
  const nearest = socket.remoteAddress ?? ''
  const said = headers['x-forwarded-for']
  const way = typeof said === 'string' ? said.split(',').map((one) => one.trim()) : []
  return [...way, nearest].findLast((address, i) => i === 0 || !isTrusted(address)) ?? nearest
}
