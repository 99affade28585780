import { setTimeout as delay } from 'node:timers/promises'
import { PATIENCE } from './patience.ts'

/** Resolves when it is so; fails, saying what was awaited, when it never becomes so. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limit = PATIENCE,
): Promise<void> {
  const end = Date.now() + limit
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never came: ${what}`)
    await delay(5)
  }
}
