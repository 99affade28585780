import { constants, getPriority, platform, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { fail } from '#shared/model/result.ts'
import { JOBS } from './jobs.ts'
import type { JobAnswer, JobRequest } from './messages.ts'

/** The worker thread's side: runs jobs one after the other. */

const port = parentPort
if (!port) throw new Error('thread.ts is started as a worker')

/** Nice levels by which this thread's priority is lower than that of the thread which serves people. */
const NICER = 10
// Only on Linux does the priority apply to one thread; elsewhere it would slow the whole process.
if (platform() === 'linux') setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + NICER))

port.on('message', (request: JobRequest) => {
  const answer = work(request)
  port.postMessage(answer, answer.outcome.ok ? buffersIn(answer.outcome.value) : [])
})

function work({ id, kind, asked }: JobRequest): JobAnswer {
  try {
    const job: (asked: never) => unknown = JOBS[kind]
    return { id, outcome: { ok: true, value: job(asked as never) } }
  } catch (error) {
    return { id, outcome: fail('failed', error instanceof Error ? error.message : String(error)) }
  }
}

/** The buffers of a result, which are transferred and not copied. */
function buffersIn(done: unknown): ArrayBuffer[] {
  const values = done instanceof Uint8Array ? [done] : Object.values(done ?? {})
  const buffers = values.flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  )
  return [...new Set(buffers)]
}
