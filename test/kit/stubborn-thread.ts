import { parentPort, threadId } from 'node:worker_threads'
import type { JobAnswer, JobRequest } from '#server/work/messages.ts'

/**
 * In the place of server/work/thread.ts. A job asked with `{ gate }` blocks its thread until somebody opens the gate, with
 * `{ idle }` the thread is idle meanwhile; with `{ die }` the job ends the thread; any other is answered with the thread's id.
 */

export interface Stubborn {
  readonly gate?: SharedArrayBuffer
  readonly idle?: SharedArrayBuffer
  readonly die?: true
}

parentPort?.on('message', ({ id, asked }: JobRequest) => {
  const { gate, idle, die } = asked as Stubborn
  if (die) process.exit(3)
  if (gate) Atomics.wait(new Int32Array(gate), 0, 0)
  const done: JobAnswer = { id, outcome: { ok: true, value: threadId } }
  const answer = () => parentPort?.postMessage(done, [])
  if (idle) void Promise.resolve(Atomics.waitAsync(new Int32Array(idle), 0, 0).value).then(answer)
  else answer()
})

/** Lets go whoever waits there. */
export function openGate(gate: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(gate), 0, 1)
  Atomics.notify(new Int32Array(gate), 0)
}
