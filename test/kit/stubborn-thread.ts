import { parentPort, threadId } from 'node:worker_threads'
import type { JobRequest } from '#server/work/messages.ts'

/**
 * In the place of server/work/thread.ts. A job asked with `{ gate }` waits until somebody opens the gate, with `{ die }`
 * it ends the thread; any other is answered with the thread's id.
 */

export interface Stubborn {
  readonly gate?: SharedArrayBuffer
  readonly die?: true
}

parentPort?.on('message', ({ id, asked }: JobRequest) => {
  const { gate, die } = asked as Stubborn
  if (die) process.exit(3)
  if (gate) Atomics.wait(new Int32Array(gate), 0, 0)
  parentPort?.postMessage({ id, ok: true, done: threadId }, [])
})

/** Lets go whoever waits there. */
export function openGate(gate: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(gate), 0, 1)
  Atomics.notify(new Int32Array(gate), 0)
}
