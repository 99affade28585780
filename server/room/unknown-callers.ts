import { AddressRates } from './address-rates.ts'
import type { Clock } from './clock.ts'
import type { Rate } from './limits.ts'

/** Sessions that are remembered: those seen longest ago are forgotten first. */
const SESSIONS = 20_000

/**
 * How often each address has asked with a session that is nobody's, or with none. That is a read of the store each time,
 * on no invitation's account. Sessions that were good lately are asked for whatever their neighbours do: a whole hall may
 * share an address, and one guest in it must not lock out the others.
 */
export class UnknownCallers {
  readonly #addresses: AddressRates
  readonly #good = new Set<string>()

  constructor(rate: Rate, clock: Pick<Clock, 'monotonic'>) {
    this.#addresses = new AddressRates(rate, clock)
  }

  /** Whether a session, or a link, was somebody's when it was looked up last. By its hash. */
  isFamiliar(session: string): boolean {
    return this.#good.has(session)
  }

  /**
   * Looks up who somebody is; null, and nothing looked up, when too many from there were nobody. `address`: an account's.
   * `session`: the hash of what is presented; null: nothing is. `find` says whether it was somebody's.
   */
  async lookUp<T>(
    address: string,
    session: string | null,
    find: () => Promise<T>,
    isKnown: (found: T) => boolean,
  ): Promise<T | null> {
    const isFamiliar = session !== null && this.isFamiliar(session)
    // Taken before it is known, so that many at once are no more than one after the other.
    if (!isFamiliar && !this.#addresses.take(address)) return null
    let isStranger = false
    try {
      const found = await find()
      isStranger = !isKnown(found)
      if (session !== null) this.#note(session, !isStranger)
      return found
    } finally {
      // A store that cannot be read is nobody's fault.
      if (!isFamiliar && !isStranger) this.#addresses.giveBack(address)
    }
  }

  /** How many addresses and sessions are remembered. */
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
