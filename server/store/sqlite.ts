import { Worker } from 'node:worker_threads'
import { StoreError, type Store } from './port.ts'
import type { StoreReply, StoreRequest, WorkerOptions } from './sqlite-messages.ts'

/**
 * The embedded store: SQLite in worker threads, so that no disk ever blocks the event loop. Two lanes with a connection
 * each: what people wait for, and the long work (snapshots, former texts, verification), which WAL lets run beside it.
 */
export async function openSqliteStore(directory: string, onLost: OnLost = () => {}): Promise<Store> {
  // What it has done last is not known any more: whoever waits for it, and the process, must begin anew.
  const quick = await openLane(directory, onLost)
  let long: Promise<Lane> | null = null
  // It changes nothing but snapshots, each of them whole or not at all: another one can take its place.
  const forget = () => (long = null)
  const longLane = () => {
    if (long) return long
    const opening = openLane(directory, forget)
    opening.catch(forget)
    return (long = opening)
  }
  return {
    createDocument: (document) => quick.call('createDocument', document),
    documents: () => quick.call('documents'),
    document: (id) => quick.call('document', id),
    load: (id) => quick.call('load', id),
    append: (append) => quick.call('append', append),
    dueDocuments: (now) => quick.call('dueDocuments', now),
    outcomes: (id, keys) => quick.call('outcomes', id, keys),
    rows: (id, after, limit) => quick.call('rows', id, after, limit),
    recentUpdates: (id, until, most) => quick.call('recentUpdates', id, until, most),
    textAt: async (id, sequence) => (await longLane()).call('textAt', id, sequence),
    snapshot: async (id) => (await longLane()).call('snapshot', id),
    verify: async (noted) => (await longLane()).call('verify', noted),
    heads: () => quick.call('heads'),
    backup: async (file, enclosed) => (await longLane()).call('backup', file, enclosed),
    secret: () => quick.call('secret'),
    adoptSecret: (fingerprint) => quick.call('adoptSecret', fingerprint),
    probe: () => quick.call('probe'),
    addInvitation: (invitation) => quick.call('addInvitation', invitation),
    invitations: (id) => quick.call('invitations', id),
    invitationByToken: (tokenHash) => quick.call('invitationByToken', tokenHash),
    revokeInvitation: (id, idOrTokenHash, at) => quick.call('revokeInvitation', id, idOrTokenHash, at),
    endedInvitations: (ids, now) => quick.call('endedInvitations', ids, now),
    noteFollowed: (id, at) => quick.call('noteFollowed', id, at),
    addVisit: (visit) => quick.call('addVisit', visit),
    visitByToken: (tokenHash) => quick.call('visitByToken', tokenHash),
    nameVisit: (tokenHash, name) => quick.call('nameVisit', tokenHash, name),
    endVisit: (tokenHash) => quick.call('endVisit', tokenHash),
    sweepVisits: (now) => quick.call('sweepVisits', now),
    looked: (looker) => quick.call('looked', looker),
    look: (looker, at) => quick.call('look', looker, at),
    close: async () => {
      const opened = await long?.catch(() => null)
      await Promise.all([quick.close(), opened?.close() ?? Promise.resolve()])
    },
  }
}

/** How long a lane may take to end what it is at, milliseconds. */
const CLOSING_PATIENCE = 5_000

/** A worker ended that was not asked to. */
type OnLost = (error: StoreError) => void

async function openLane(directory: string, onLost: OnLost): Promise<Lane> {
  const lane = new Lane(directory, onLost)
  try {
    await lane.call('open')
    return lane
  } catch (error) {
    await lane.stop()
    throw error
  }
}

/** One worker and the requests that wait for its answers. */
class Lane {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #next = 1
  #gone: StoreError | null = null
  /** Its end is asked for. */
  #closing = false

  constructor(directory: string, onLost: OnLost) {
    const workerData: WorkerOptions = { directory }
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData, execArgv: [] })
    this.#worker.on('message', (answer: StoreReply) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#end(`The store's worker died: ${error.message}`))
    this.#worker.on('exit', (code) => {
      this.#end(this.#closing ? 'The store is closed.' : `The store's worker ended with ${code}.`)
      if (this.#gone && !this.#closing) onLost(this.#gone)
    })
  }

  call<T>(operation: string, ...values: unknown[]): Promise<T> {
    if (this.#gone) return Promise.reject(this.#gone)
    if (operation === 'close') this.#closing = true
    const request: StoreRequest = { id: this.#next++, operation, values }
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(request.id, { resolve: (value) => resolve(value as T), reject })
      this.#worker.postMessage(request, [])
    })
  }

  /** What it is asked already is done first, unless that takes too long: then it is cut off, as by a power failure. */
  async close(): Promise<void> {
    if (this.#gone) return
    const impatient = setTimeout(() => void this.#worker.terminate(), CLOSING_PATIENCE)
    await this.call('close').catch(() => {})
    clearTimeout(impatient)
  }

  async stop(): Promise<void> {
    this.#closing = true
    await this.#worker.terminate()
  }

  #settle(answer: StoreReply): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.ok) waiting?.resolve(answer.value)
    else waiting?.reject(new StoreError(answer.code, answer.message))
  }

  #end(message: string): void {
    this.#gone ??= new StoreError('failed', message)
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone)
    this.#waiting.clear()
  }
}
