import { Worker } from 'node:worker_threads'
import type { JobKind } from './jobs.ts'
import type { JobAnswer, JobRequest, Outcome } from './messages.ts'

export interface LaneOptions {
  /** After so many milliseconds a job is given up, and its thread with it. */
  readonly patience: number
  /** Memory of a thread, MiB: over that it ends, and the server does not. */
  readonly megabytes: number
  /** So many jobs of one payer may wait. */
  readonly waiting: number
  /** What the thread runs. */
  readonly module: URL
}

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

/** One thread and the jobs that wait for it; it does one at a time, and payers take turns. */
export class Lane {
  readonly #options: LaneOptions
  /** By payer; whoever was served last stands last. */
  readonly #waiting = new Map<string, Job[]>()
  #worker: Worker | null = null
  #running: Job | null = null
  #cancel: (() => void) | null = null
  #next = 1
  #closed = false

  constructor(options: Partial<LaneOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options }
  }

  run(kind: JobKind, asked: unknown, payer: string): Promise<Outcome<unknown>> {
    const own = this.#waiting.get(payer) ?? []
    if (this.#closed || own.length >= this.#options.waiting)
      return Promise.resolve({ ok: false, reason: 'busy', message: 'Too much waits already.' })
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
    const timer = setTimeout(() => void this.#stop(TIMED_OUT), this.#options.patience)
    this.#cancel = () => clearTimeout(timer)
    this.#worker ??= this.#start()
    this.#worker.ref()
    this.#worker.postMessage(job.request, [])
  }

  #start(): Worker {
    const { module, megabytes } = this.#options
    const worker = new Worker(module, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: megabytes } })
    const mine = () => this.#worker === worker
    worker.on('message', (answer: JobAnswer) => {
      if (mine()) this.#finish(answer.ok ? { ok: true, value: answer.done } : failed(answer.message))
    })
    worker.on('error', (error) => {
      if (!mine()) return
      this.#worker = null
      this.#finish(failed(error.message))
    })
    worker.on('exit', (code) => {
      if (!mine()) return
      this.#worker = null
      this.#finish(failed(`The thread ended with ${code}.`))
    })
    return worker
  }

  #finish(outcome: Outcome<unknown>): void {
    const job = this.#running
    this.#running = null
    this.#cancel?.()
    this.#cancel = null
    // A thread without work keeps no process alive.
    this.#worker?.unref()
    job?.settle(outcome)
    this.#advance()
  }

  /** Ends the thread, whatever it does; the next job gets another one. */
  async #stop(outcome: Outcome<unknown>): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    this.#finish(outcome)
    await worker?.terminate()
  }
}

const failed = (message: string): Outcome<unknown> => ({ ok: false, reason: 'failed', message })
const TIMED_OUT: Outcome<unknown> = { ok: false, reason: 'timed-out', message: 'It took too long.' }
const CLOSED: Outcome<unknown> = { ok: false, reason: 'failed', message: 'The server is going down.' }
