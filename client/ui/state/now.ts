import { createStore, useStore } from './store.ts'

const TICK = 30_000

const now = createStore(Date.now())
setInterval(() => now.set(Date.now()), TICK)

/** The time, for "5 min ago": it moves twice a minute, for all cards together. */
export const useNow = (): number => useStore(now)
