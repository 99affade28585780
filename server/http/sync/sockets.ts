import type { Limits } from '../../room/limits/limits.ts'
import type { Visitor } from '../../room/session/session.ts'

/** Most sockets of one address without a session; they are only told why they are closed. */
const STRANGERS = 64

/** Counts the open sockets of each invitation and each address. */
export class SocketCount {
  readonly #limits: Limits
  readonly #open = new Map<string, number>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Counts a socket. Returns a function to call once when it closes; null when there are too many. */
  enter({ invitation, address }: Pick<Visitor, 'invitation' | 'address'>): (() => void) | null {
    const { socketsPerInvitation, socketsPerAddress } = this.#limits
    return this.#enter([
      [`invitation ${invitation}`, socketsPerInvitation],
      [`address ${address}`, socketsPerAddress],
    ])
  }

  /** The same for a socket without a session. */
  enterStranger(address: string): (() => void) | null {
    return this.#enter([[`stranger ${address}`, STRANGERS]])
  }

  /** The number of keys counted. */
  get size(): number {
    return this.#open.size
  }

  #enter(limits: readonly (readonly [key: string, limit: number])[]): (() => void) | null {
    if (limits.some(([key, limit]) => (this.#open.get(key) ?? 0) >= limit)) return null
    for (const [key] of limits) this.#open.set(key, (this.#open.get(key) ?? 0) + 1)
    return () => {
      for (const [key] of limits) this.#leave(key)
    }
  }

  #leave(key: string): void {
    const left = (this.#open.get(key) ?? 1) - 1
    if (left > 0) this.#open.set(key, left)
    else this.#open.delete(key)
  }
}
