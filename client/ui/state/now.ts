import { createStore, useStore } from './store.ts'

const TICK = 30_000

const now = createStore(Date.now())
setInterval(() => now.set(Date.now()), TICK)

/** The present time for relative times such as "5 min ago". Updated twice a minute for all cards together. */
export const useNow = (): number => useStore(now)
