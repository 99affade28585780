import { AddressRates } from './address-rates.ts'
import type { Clock } from '../clock.ts'
import type { Rate } from './limits.ts'

/** Most sessions remembered. The one seen longest ago is forgotten first. */
const SESSIONS = 20_000

/**
 * Limits the requests of each address with an unknown session, or with none. Each costs a read of the store that no
 * invitation can be charged for. Sessions that were valid lately are exempt: a whole hall may share an address, and one
 * guest must not lock out the others.
 */
export class UnknownCallers {
  readonly #addresses: AddressRates
  readonly #good = new Set<string>()

  constructor(rate: Rate, clock: Pick<Clock, 'monotonic'>) {
    this.#addresses = new AddressRates(rate, clock)
  }

  /** Whether a session or link token, given by its hash, was valid when it was last looked up. */
  isFamiliar(session: string): boolean {
    return this.#good.has(session)
  }

  /**
   * Calls `find` and resolves with what it found; `isKnown` says whether that is a known caller. Resolves with null,
   * and does not call `find`, when the address has had too many unknown callers. `address`: as `accountOf` gives it.
   * `session`: the hash of the token presented; null for none. Rejects as `find` does.
   */
  async lookUp<T>(
    address: string,
    session: string | null,
    find: () => Promise<T>,
    isKnown: (found: T) => boolean,
  ): Promise<T | null> {
    const isFamiliar = session !== null && this.isFamiliar(session)
    // Charged in advance, so that concurrent requests cannot exceed the limit. Given back for a known caller.
    if (!isFamiliar && !this.#addresses.take(address)) return null
    let isStranger = false
    try {
      const found = await find()
      isStranger = !isKnown(found)
      if (session !== null) this.#note(session, !isStranger)
      return found
    } finally {
      // Also given back when the store could not be read.
      if (!isFamiliar && !isStranger) this.#addresses.giveBack(address)
    }
  }

  /** The number of addresses and sessions remembered. */
  get size(): number {
    return this.#addresses.size + this.#good.size
  }

  #note(session: string, known: boolean): void {
    this.#good.delete(session)
    if (known) this.#good.add(session)
    const [oldest] = this.#good
    if (oldest !== undefined && this.#good.size > SESSIONS) this.#good.delete(oldest)
  }
}
