const FIRST = 500
const LONGEST = 30_000

/**
 * How long to wait before try number `attempt` (from 0). Half of it is random: after a restart of the server a room
 * of a thousand must not come back in one instant.
 */
export function retryDelay(attempt: number, random: () => number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10))
  return Math.round(full * (0.5 + random() / 2))
}
