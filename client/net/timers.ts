export type Cancel = () => void

/** Time, injected so that tests control it. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls `run` once after so many milliseconds, unless cancelled. */
  after(ms: number, run: () => void): Cancel
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (ms, run) => {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
}
