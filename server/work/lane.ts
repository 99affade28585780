import { Worker } from 'node:worker_threads'
import { fail } from '#shared/model/result.ts'
import type { JobKind } from './jobs.ts'
import type { JobAnswer, JobRequest, Outcome } from './messages.ts'

export interface LaneOptions {
  /**
   * Milliseconds of processor time after which a job is given up and its thread ended. On the clock a job has {@link WAITS}
   * times as long, because a thread of low priority gets little done in a minute on a busy machine.
   */
  readonly patience: number
  /** Most memory of the thread, MiB. A thread that exceeds it ends; the server goes on. */
  readonly megabytes: number
  /** Most jobs of one payer that may wait. */
  readonly waiting: number
  /** The module that the thread runs. */
  readonly module: URL
}

const WAITS = 10
/** Milliseconds that a thread has to report its processor time. */
const ANSWERS_WITHIN = 1_000
/** Of a thread that reports nothing, a third of its time on the clock counts: it is blocked, or too starved to answer. */
const SILENT = 3

const DEFAULTS: LaneOptions = {
  patience: 120_000,
  megabytes: 1_536,
  waiting: 16,
  module: new URL('./thread.ts', import.meta.url),
}

interface Job {
  readonly request: JobRequest
  readonly payer: string
  readonly settle: (outcome: Outcome<unknown>) => void
}

/**
 * One thread and the jobs that wait for it. It runs one job at a time, and payers take turns (round robin). When a
 * job fails with its thread, the next job gets a new thread.
 */
export class Lane {
  readonly #options: LaneOptions
  /** The waiting jobs by payer. The payer served last is at the end. */
  readonly #waiting = new Map<string, Job[]>()
  #worker: Worker | null = null
  #running: Job | null = null
  #cancel: (() => void) | null = null
  #next = 1
  #closed = false

  constructor(options: Partial<LaneOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options }
  }

  /** Queues a job. Resolves with its outcome; `busy` at once when too many jobs of the payer wait. Never rejects. */
  run(kind: JobKind, asked: unknown, payer: string): Promise<Outcome<unknown>> {
    const own = this.#waiting.get(payer) ?? []
    if (this.#closed || own.length >= this.#options.waiting)
      return Promise.resolve(fail('busy', 'Too much waits already.'))
    return new Promise((settle) => {
      own.push({ request: { id: this.#next++, kind, asked }, payer, settle })
      this.#waiting.set(payer, own)
      this.#advance()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    const jobs = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    for (const { settle } of jobs) settle(CLOSED)
    await this.#stop(CLOSED)
  }

  #advance(): void {
    if (this.#running) return
    const [payer, jobs] = this.#waiting.entries().next().value ?? []
    const job = jobs?.shift()
    if (payer === undefined || !jobs || !job) return
    this.#waiting.delete(payer)
    if (jobs.length > 0) this.#waiting.set(payer, jobs)
    this.#running = job
    const before = this.#worker ? processorTime(this.#worker) : Promise.resolve(0)
    const worker = (this.#worker ??= this.#start())
    this.#watch(worker, job, before)
    worker.ref()
    worker.postMessage(job.request, [])
  }

  /** Gives a job up when its processor time, or its time on the clock, is over. `before`: what its thread had used already. */
  #watch(worker: Worker, job: Job, before: Promise<number | null>): void {
    const { patience } = this.#options
    const begun = performance.now()
    const look = async () => {
      const [was, is] = await Promise.all([before, processorTime(worker)])
      if (this.#running !== job) return
      const onClock = performance.now() - begun
      const used = was === null || is === null ? onClock / SILENT : is - was
      if (used >= patience || onClock >= WAITS * patience) return this.#stop(TIMED_OUT)
      lookAfter(Math.max(patience / WAITS, patience - used))
    }
    const lookAfter = (milliseconds: number) => {
      const timer = setTimeout(() => void look(), milliseconds)
      this.#cancel = () => clearTimeout(timer)
    }
    lookAfter(patience)
  }

  #start(): Worker {
    const { module, megabytes } = this.#options
    const worker = new Worker(module, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: megabytes } })
    const mine = () => this.#worker === worker
    worker.on('message', (answer: JobAnswer) => {
      if (mine()) this.#finish(answer.outcome)
    })
    worker.on('error', (error) => {
      if (!mine()) return
      this.#worker = null
      this.#finish(fail('failed', error.message))
    })
    worker.on('exit', (code) => {
      if (!mine()) return
      this.#worker = null
      this.#finish(fail('failed', `The thread ended with ${code}.`))
    })
    return worker
  }

  #finish(outcome: Outcome<unknown>): void {
    const job = this.#running
    this.#running = null
    this.#cancel?.()
    this.#cancel = null
    // An idle thread must not keep the process alive.
    this.#worker?.unref()
    job?.settle(outcome)
    this.#advance()
  }

  /** Terminates the thread with the running job, which gets `outcome`. The next job starts another thread. */
  async #stop(outcome: Outcome<unknown>): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    this.#finish(outcome)
    await worker?.terminate()
  }
}

/** The processor time of a thread so far, in milliseconds; 0 before it has started. Null when it does not answer in time. */
async function processorTime(worker: Worker): Promise<number | null> {
  const silence = Promise.withResolvers<null>()
  const timer = setTimeout(() => silence.resolve(null), ANSWERS_WITHIN)
  try {
    const usage = await Promise.race([worker.cpuUsage(), silence.promise])
    return usage && (usage.user + usage.system) / 1_000
  } catch {
    // It is not running yet; that it has ended is heard otherwise.
    return 0
  } finally {
    clearTimeout(timer)
  }
}

const TIMED_OUT = fail('timed-out', 'It took too long.')
const CLOSED = fail('failed', 'The server is going down.')
