import type { ConnectionStatus } from './status.ts'
import type { Timers } from './timers.ts'
import type { Observable } from '#client/observable.ts'

/**
 * Most milliseconds that a command waits for the text before it, so that it is sent even if only the socket is down. Exported for tests.
 */
export const SETTLE_LIMIT = 5_000

/**
 * Resolves when everything written here is on the server, cannot get there, or after {@link SETTLE_LIMIT}. A command
 * often refers to words just typed, but is sent by HTTP and could overtake them.
 */
export function settled(status: Observable<ConnectionStatus>, timers: Timers): Promise<void> {
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
