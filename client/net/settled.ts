import type { ConnectionStatus } from './status.ts'
import type { Timers } from './timers.ts'
import type { Watched } from './watched.ts'

/** A command does not wait longer for the text before it: where only the socket is cut off, it still goes. */
export const SETTLE_LIMIT = 5_000

/**
 * Resolves when all that was written here is on the server (or cannot get there). A command often is about the
 * words just typed, and goes another way than they do.
 */
export function settled(status: Watched<ConnectionStatus>, timers: Timers): Promise<void> {
  const isSettled = () => !status.get().unsaved || status.get().connection === 'stopped'
  if (isSettled()) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      cancel()
      unsubscribe()
      resolve()
    }
    const cancel = timers.after(SETTLE_LIMIT, finish)
    const unsubscribe = status.subscribe(() => {
      if (isSettled()) finish()
    })
  })
}
