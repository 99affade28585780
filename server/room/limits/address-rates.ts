import type { Clock } from '../clock.ts'
import { Bucket, type Rate } from './limits.ts'

/** Most addresses remembered. The one counted longest ago is forgotten first; it then has a full allowance again. */
const ADDRESSES = 10_000

/** Limits how often each network address may do something. Addresses are given as `accountOf` returns them. */
export class AddressRates {
  readonly #rate: Rate
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #addresses = new Map<string, Bucket>()

  constructor(rate: Rate, clock: Pick<Clock, 'monotonic'>) {
    this.#rate = rate
    this.#clock = clock
  }

  /** Counts one use. False, and nothing counted, when the address has no allowance left. */
  take(address: string): boolean {
    return this.#bucketOf(address).take(this.#clock.monotonic(), 1)
  }

  /** Undoes one {@link take}. */
  giveBack(address: string): void {
    this.#bucketOf(address).charge(this.#clock.monotonic(), -1)
  }

  /** The number of addresses remembered. */
  get size(): number {
    return this.#addresses.size
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
}
