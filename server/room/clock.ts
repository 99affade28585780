/** Time, injected: tests move it by hand. */
export interface Clock {
  /** Milliseconds since 1970 by the machine's clock. It may jump, also backwards, when the clock is corrected. */
  now(): number
  /** Milliseconds since some moment of the process; never decreases. For durations and rates. */
  monotonic(): number
  /** Calls `run` once after so many milliseconds. The returned function cancels it. */
  after(milliseconds: number, run: () => void): () => void
}

/** The real clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
