import { Worker } from 'node:worker_threads'
import { StoreError, type Claim, type Store } from '../port.ts'
import type { StoreReply, StoreRequest, WorkerOptions } from './messages.ts'
import type { Loaded } from './tables/load.ts'

/**
 * Opens the embedded store: SQLite in two worker threads with a connection each, so that the disk never blocks the
 * event loop. The quick lane does what people wait for. The long lane, started when first needed, does snapshots,
 * former texts, verification, backups and repairs; write-ahead logging lets it read while the quick lane writes.
 *
 * `onLost` is called when the quick lane has died. Whether its last requests were committed is then unknown, so the
 * caller should end the process. Rejects with `unavailable` when the database cannot be opened.
 */
export async function openSqliteStore(directory: string, onLost: OnLost = () => {}): Promise<Store> {
  const quick = await openLane('quick', directory, onLost)
  let long: Promise<Lane> | null = null
  // The long lane writes only snapshots, each in one transaction, so a lane that died can simply be replaced.
  const forget = () => (long = null)
  const longLane = () => {
    if (long) return long
    const opening = openLane('long', directory, forget)
    opening.catch(forget)
    return (long = opening)
  }
  return {
    createDocument: (document) => quick.call('createDocument', document),
    documents: () => quick.call('documents'),
    document: (id) => quick.call('document', id),
    load: async (id) => {
      const loaded = await quick.call<Loaded | null>('load', id)
      if (!loaded) return null
      const { claims, entry } = loaded
      if (claims) return { ...loaded, claims }
      const lane = await longLane()
      return { ...loaded, claims: await lane.call<readonly Claim[]>('claimsInLog', id, entry.sequence) }
    },
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

/** The code of each lane's thread. */
const LANES = {
  quick: new URL('./lanes/quick-worker.ts', import.meta.url),
  long: new URL('./lanes/long-worker.ts', import.meta.url),
}
type LaneKind = keyof typeof LANES

/** Milliseconds that a lane may take to finish its requests when it is closed. */
const CLOSING_PATIENCE = 5_000

/** Called when a worker ended without being asked to. */
type OnLost = (error: StoreError) => void

async function openLane(kind: LaneKind, directory: string, onLost: OnLost): Promise<Lane> {
  const lane = new Lane(kind, directory, onLost)
  try {
    await lane.call('open')
    return lane
  } catch (error) {
    await lane.stop()
    throw error
  }
}

/** One worker thread and the requests that wait for its answers. When the worker dies, all of them reject. */
class Lane {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #next = 1
  #gone: StoreError | null = null
  /** Whether the worker was asked to end. */
  #closing = false

  constructor(kind: LaneKind, directory: string, onLost: OnLost) {
    const workerData: WorkerOptions = { directory }
    this.#worker = new Worker(LANES[kind], { workerData, execArgv: [] })
    this.#worker.on('message', (answer: StoreReply) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#end(`The store's worker died: ${error.message}`))
    this.#worker.on('exit', (code) => {
      this.#end(this.#closing ? 'The store is closed.' : `The store's worker ended with ${code}.`)
      if (this.#gone && !this.#closing) onLost(this.#gone)
    })
  }

  /** Sends a request to the worker. Requests are executed one after the other in the order of the calls. */
  call<T>(operation: string, ...values: unknown[]): Promise<T> {
    if (this.#gone) return Promise.reject(this.#gone)
    if (operation === 'close') this.#closing = true
    const request: StoreRequest = { id: this.#next++, operation, values }
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(request.id, { resolve: (value) => resolve(value as T), reject })
      this.#worker.postMessage(request, [])
    })
  }

  /**
   * Lets the worker finish its requests, for at most {@link CLOSING_PATIENCE}; then terminates it like a power
   * failure.
   */
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

  #settle({ id, result }: StoreReply): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (result.ok) waiting?.resolve(result.value)
    else waiting?.reject(new StoreError(result.code, result.message))
  }

  #end(message: string): void {
    this.#gone ??= new StoreError('failed', message)
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone)
    this.#waiting.clear()
  }
}
