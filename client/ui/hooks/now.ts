import { createValue } from '#client/observable.ts'
import { useValue } from './use-value.ts'

const TICK = 30_000

const now = createValue(Date.now())
setInterval(() => now.set(Date.now()), TICK)

/** The present time for relative times such as "5 min ago". Updated twice a minute for all cards together. */
export const useNow = (): number => useValue(now)
