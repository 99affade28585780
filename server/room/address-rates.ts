import type { Clock } from './clock.ts'
import { Bucket, type Rate } from './limits.ts'

/** Addresses that are remembered: those counted longest ago are forgotten first, and begin with a full allowance. */
const ADDRESSES = 10_000

/** How often each address may do something. Addresses are accounts (accountOf). */
export class AddressRates {
  readonly #rate: Rate
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #addresses = new Map<string, Bucket>()

  constructor(rate: Rate, clock: Pick<Clock, 'monotonic'>) {
    this.#rate = rate
    this.#clock = clock
  }

  /** False when it was too often. */
  take(address: string): boolean {
    return this.#bucketOf(address).take(this.#clock.monotonic(), 1)
  }

  /** What was taken once did not count. */
  giveBack(address: string): void {
    this.#bucketOf(address).charge(this.#clock.monotonic(), -1)
  }

  /** How many addresses are remembered. */
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
