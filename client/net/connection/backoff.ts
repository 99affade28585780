const FIRST = 500
const LONGEST = 30_000

/**
 * Milliseconds to wait before try number `attempt` (from 0): doubling, up to 30 seconds. Half of it is random, so that
 * after a restart of the server a thousand clients do not reconnect at the same instant.
 */
export function retryDelay(attempt: number, random: () => number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10))
  return Math.round(full * (0.5 + random() / 2))
}
