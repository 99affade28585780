import { constants, getPriority, platform, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { JOBS } from './jobs.ts'
import type { JobAnswer, JobRequest } from './messages.ts'

/** The thread's side: one job after the other. */

const port = parentPort
if (!port) throw new Error('thread.ts is started as a worker')

/** By how much its priority is lower than that of the thread which answers people. */
const NICER = 10
// Only on Linux is a priority that of one thread; elsewhere the whole process would be slower.
if (platform() === 'linux') setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + NICER))

port.on('message', (request: JobRequest) => {
  const answer = work(request)
  port.postMessage(answer, answer.ok ? buffersIn(answer.done) : [])
})

function work({ id, kind, asked }: JobRequest): JobAnswer {
  try {
    const job: (asked: never) => unknown = JOBS[kind]
    return { id, ok: true, done: job(asked as never) }
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

/** What need not be copied: the bytes that are the result, or stand in it. */
function buffersIn(done: unknown): ArrayBuffer[] {
  const values = done instanceof Uint8Array ? [done] : Object.values(done ?? {})
  const buffers = values.flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  )
  return [...new Set(buffers)]
}
