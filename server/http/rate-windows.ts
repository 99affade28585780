import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'

/** Most keys remembered. The one counted longest ago is forgotten first. */
const REMEMBERED = 5_000

/**
 * The rate limiter's store: counts the requests of each key in a window of time. The limiter's default store uses the
 * machine's clock; when that is set back by an hour, it would lock out for an hour whoever had reached the limit.
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
