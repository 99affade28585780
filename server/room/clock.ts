/** Time, injected: tests move it by hand. */
export interface Clock {
  /** Milliseconds since 1970, as the machine's clock says: it may leap, forwards and back, when it is put right. */
  now(): number
  /** Milliseconds since some moment of the process: never goes back. For how long something took, and for rates. */
  monotonic(): number
  /** Runs once after so many milliseconds; the answer cancels it. */
  after(milliseconds: number, run: () => void): () => void
}

/** Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
