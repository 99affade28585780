import type { Clock } from './clock.ts'
import { Bucket, type Rate } from './limits.ts'

/** Addresses and sessions that are remembered: those seen longest ago are forgotten first. */
const ADDRESSES = 10_000
const SESSIONS = 20_000

/**
 * How often each address has asked with a session that is nobody's, or with none. That is a read of the store each time,
 * on no invitation's account. Sessions that were good lately are asked for whatever their neighbours do: a whole hall may
 * share an address, and one guest in it must not lock out the others.
 */
export class Strangers {
  readonly #rate: Rate
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #addresses = new Map<string, Bucket>()
  readonly #good = new Set<string>()

  constructor(rate: Rate, clock: Pick<Clock, 'monotonic'>) {
    this.#rate = rate
    this.#clock = clock
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
    const isFamiliar = session !== null && this.#good.has(session)
    // Taken before it is known, so that many at once are no more than one after the other.
    if (!isFamiliar && !this.#bucketOf(address).take(this.#clock.monotonic(), 1)) return null
    let isStranger = false
    try {
      const found = await find()
      isStranger = !isKnown(found)
      if (session !== null) this.#note(session, !isStranger)
      return found
    } finally {
      // A store that cannot be read is nobody's fault.
      if (!isFamiliar && !isStranger) this.#bucketOf(address).charge(this.#clock.monotonic(), -1)
    }
  }

  /** How many addresses and sessions are remembered. */
  get size(): number {
    return this.#addresses.size + this.#good.size
  }

  #bucketOf(address: string): Bucket {
    const { burst, perSecond } = this.#rate
    const bucket = this.#addresses.get(address) ?? new Bucket(burst, perSecond, this.#clock.monotonic())
    this.#addresses.delete(address)
    this.#addresses.set(address, bucket)
    const [oldest] = this.#addresses.keys()
    if (oldest !== undefined && this.#addresses.size > ADDRESSES) this.#addresses.delete(oldest)
    return bucket
  }

  #note(session: string, known: boolean): void {
    this.#good.delete(session)
    if (known) this.#good.add(session)
    const [oldest] = this.#good
    if (oldest !== undefined && this.#good.size > SESSIONS) this.#good.delete(oldest)
  }
}
