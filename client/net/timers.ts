export type Cancel = () => void

/** Time as the network floor sees it: injected, so that tests decide when it passes. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number
  after(ms: number, run: () => void): Cancel
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (ms, run) => {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
}
