import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'

/** Keys that are remembered; the one counted longest ago is forgotten first. */
const REMEMBERED = 5_000

/**
 * How often each key came in its window of time: what the rate limiter counts by. Its own store goes by the machine's
 * clock, and when that is set back by an hour, whoever had reached the limit is locked out for an hour.
 */
export function rateWindows(monotonic: () => number): FastifyRateLimitStoreCtor {
  return class RateWindows implements FastifyRateLimitStore {
    readonly #windows = new Map<string, { readonly began: number; readonly count: number }>()

    incr(
      key: string,
      done: (error: Error | null, result?: { current: number; ttl: number }) => void,
      length: number,
    ): void {
      const now = monotonic()
      const before = this.#windows.get(key)
      const began = before && now < before.began + length ? before.began : now
      const count = before?.began === began ? before.count + 1 : 1
      this.#windows.delete(key)
      this.#windows.set(key, { began, count })
      const [oldest] = this.#windows.keys()
      if (oldest !== undefined && this.#windows.size > REMEMBERED) this.#windows.delete(oldest)
      done(null, { current: count, ttl: began + length - now })
    }

    child(): FastifyRateLimitStore {
      return new RateWindows()
    }
  }
}
