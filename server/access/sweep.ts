import type { Store } from '../store/port.ts'

/** Deletes expired sessions from the store. */

const DAILY = 24 * 60 * 60 * 1000

export interface Sweeping {
  readonly store: Pick<Store, 'sweepVisits'>
  readonly clock: { now(): number; after(milliseconds: number, run: () => void): () => void }
  readonly report: (problem: unknown) => void
}

/** Sweeps now and then daily. The returned function stops it. */
export function sweepDaily(sweeping: Sweeping): () => void {
  const { store, clock, report } = sweeping
  let cancel: (() => void) | null = null
  const sweep = () => {
    store.sweepVisits(clock.now()).catch(report)
    cancel = clock.after(DAILY, sweep)
  }
  sweep()
  return () => cancel?.()
}
