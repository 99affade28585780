import { idFrom, type DocumentId, type SessionId } from '#shared/model/ids.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { encodeFrame, sameCaret } from '#shared/protocol/wire.ts'
import { type OutcomeDocument } from '#shared/document/schema.ts'
import { inOneStep, passedTo, type Steps } from '#shared/document/steps.ts'
import { StoreError } from '../store/port.ts'
import type { EncodedDocument } from '../work/jobs.ts'
import { Alarm } from './alarm.ts'
import { Audience } from './session/audience.ts'
import { Fault, prepare, type Batch } from './batch/batch.ts'
import { parseFrame } from './session/parse-frame.ts'
import { learnInvited } from './invited.ts'
import { loadLive, type Live } from './live/live.ts'
import { mergeAll } from './live/merge.ts'
import type { RoomOptions, RoomProblem } from './options.ts'
import { earlierOutcomes } from './batch/outcomes.ts'
import { Publisher } from './batch/publisher.ts'
import { putOff } from './batch/put-off.ts'
import { WorkQueue } from './batch/queue.ts'
import { Revocations } from './batch/revocations.ts'
import type { Quotas } from './limits/quota.ts'
import { RoundAliases } from './round.ts'
import { Session, type Visitor } from './session/session.ts'
import { Snapshots } from './live/snapshots.ts'
import type { RoomSocket } from './session/socket.ts'
import { RETRY_WRITING, Suspension } from './suspension.ts'
import { Synchronizer } from './session/synchronizer.ts'
import { Turns } from './batch/turns.ts'
import type {
  ExclusiveWork,
  CommandRequest,
  RoomChange,
  CommandAnswer,
  CommandWork,
  RoomRead,
  OwnWork,
  RoomTask,
} from './batch/work.ts'

/** Appends that may lose to another writer of the same log before the batch fails. */
const ATTEMPTS = 20

/**
 * One document and everybody in it.
 *
 *     socket → limits → decode → queue → admit → apply → COMMIT → acknowledge and broadcast
 *              └────── receive ──────┘   └──────────────────── flush ───────────────────┘
 *
 * Tasks wait in a queue and are flushed in batches, one batch at a time. A task that arrives during a flush is part of
 * a later batch. An idle room therefore answers at once, and a busy room pays for one commit per batch.
 *
 * Invariants:
 *
 * - Between two flushes the live document is exactly the committed state. Joins and reads are served only then.
 * - Nothing is acknowledged or sent to anybody before the store has committed it.
 * - When a batch fails after it was applied, the live document is loaded anew from the log. It is never rolled back.
 * - A retired room does nothing more; the registry loads a new one for the next visitor.
 */
export class Room {
  readonly document: DocumentId
  readonly #options: RoomOptions
  readonly #audience: Audience
  readonly #snapshots: Snapshots
  readonly #quotas: Quotas
  readonly #aliases: RoundAliases
  readonly #alarm: Alarm
  readonly #suspension: Suspension
  readonly #turns: Turns
  readonly #revocations: Revocations
  readonly #synchronizer: Synchronizer
  readonly #publisher: Publisher
  #live: Live
  readonly #queue = new WorkQueue()
  #flushing: Promise<void> | null = null
  #retired = false
  /** After `close`: queued tasks are still flushed, new ones are dropped without acknowledgement. */
  #closing = false

  constructor(document: DocumentId, live: Live, options: RoomOptions) {
    const { store, clock, snapshotEvery } = options
    this.document = document
    this.#live = live
    this.#options = options
    this.#quotas = options.quotas
    this.#audience = new Audience(
      clock,
      (session) => this.#enqueue({ kind: 'catch-up', session, waited: false }),
      () => this.#live.policy?.attribution === 'unattributed',
    )
    this.#aliases = new RoundAliases(document, options.aliases)
    this.#snapshots = new Snapshots(document, store, snapshotEvery, live.snapshotSequence, (message) =>
      this.#report('snapshot-failed', message),
    )
    this.#alarm = new Alarm(clock, () => this.#enqueue({ kind: 'due' }))
    this.#alarm.set(live.due)
    this.#suspension = new Suspension(clock)
    this.#turns = new Turns(clock, options.nextTurn)
    this.#revocations = new Revocations(store)
    this.#synchronizer = new Synchronizer({
      audience: this.#audience,
      limits: options.limits,
      live: () => this.#live,
      again: (work) => this.#enqueue(work),
      end: (session, reason) => this.end(session, reason),
    })
    this.#publisher = new Publisher({
      audience: this.#audience,
      turns: this.#turns,
      clock,
      end: (session, reason) => this.end(session, reason),
      report: (message) => this.#report('fault', message),
    })
  }

  get sessions(): ReadonlySet<Session> {
    return this.#audience.sessions
  }

  /** Whether the room is out of use. The registry then loads the document anew for the next caller. */
  get retired(): boolean {
    return this.#retired
  }

  /** Whether the room may be unloaded: nobody is connected and nothing is being flushed. */
  get idle(): boolean {
    return this.sessions.size === 0 && this.#flushing === null
  }

  /** Adds a connection. The session is ended at once (`store-failed`) when the room is retired. */
  join(visitor: Visitor, socket: RoomSocket): Session {
    const { random, limits, clock } = this.#options
    const id = idFrom(random(16)) as SessionId
    const session = new Session(id, visitor, socket, limits, clock.monotonic())
    this.#audience.add(session)
    if (this.#retired) this.end(session, 'store-failed')
    return session
  }

  /** Removes a session whose socket was closed by the other end. What it sent before is still applied. */
  leave(session: Session): void {
    this.#audience.leave(session)
    const { stranded } = this.#live
    if (stranded.hasIncomplete(session))
      this.#enqueue({ kind: 'own', change: (_od, at) => stranded.leave(session, at) })
  }

  /** Closes a session from our side. None of its updates is applied that is queued or being judged. */
  end(session: Session, reason: CloseReason): void {
    this.#audience.end(session, reason)
  }

  /** Ends what was done by an invitation that is revoked: its sessions, and what they and its requests have waiting. */
  revoke(invitation: string): void {
    this.#revocations.note(invitation)
    for (const session of this.sessions)
      if (session.visitor.invitation === invitation) this.end(session, 'revoked')
  }

  /** Gives all sessions of a visit (one browser) the name that its person has entered. */
  rename(visit: string, name: string): void {
    for (const session of this.sessions)
      if (session.visitor.visit === visit) session.actor = { ...session.actor, name }
    this.#audience.presence.changed()
  }

  /** Takes one frame of a session. A frame that is malformed or over a limit ends the session. */
  receive(session: Session, bytes: Uint8Array): void {
    if (session.state !== 'open') return
    if (session.overloaded) return this.end(session, 'slow')
    const { limits, clock } = this.#options
    const taken = parseFrame(session, bytes, limits, this.#quotas, clock.monotonic())
    switch (taken.kind) {
      case 'nothing':
        return
      case 'pulse':
        return session.pulse()
      case 'close':
        return this.end(session, taken.reason)
      case 'hello':
        session.greeted = true
        session.version = taken.version
        session.send({
          type: 'welcome',
          welcome: { session: session.id, actor: this.#aliases.actor(this.#live.policy, session.actor) },
        })
        return this.#audience.presence.changed()
      case 'resume':
        return session.resume()
      case 'caret':
        // An unchanged caret is not sent again: the repetition would tell others that its owner is active elsewhere.
        if (sameCaret(session.caret, taken.caret)) return
        session.caret = taken.caret
        return this.#audience.presence.changed()
      case 'join':
        return this.#enqueue({ kind: 'join', session, vector: taken.vector, waited: false })
      case 'update':
        return this.#takeUpdate(session, taken.update, taken.number)
    }
  }

  /**
   * Executes a command once for its key and resolves when its outcome is durable; a key seen before gets its first
   * answer again. Rejects with {@link StoreError}, or when the command failed by a defect; then nothing was changed.
   */
  command(asked: CommandRequest): Promise<CommandAnswer> {
    const receivedAt = this.#options.clock.now()
    return new Promise((done, fail) => this.#enqueue({ kind: 'command', ...asked, receivedAt, done, fail }))
  }

  /**
   * Holds the queue while `run` does work outside the room that depends on the committed state, for example in another
   * document. The command or change that `run` resolves with is executed here before any other task. `run` may resolve
   * with null when there is nothing to execute. Rejects as `run` or the command does.
   */
  runExclusive(run: (od: OutcomeDocument) => Promise<CommandRequest | OwnWork | null>): Promise<void> {
    const receivedAt = this.#options.clock.now()
    return new Promise((resolve, fail) => {
      const done = () => resolve()
      const then = async (od: OutcomeDocument): Promise<(CommandWork | OwnWork)[]> => {
        const asked = await run(od)
        if (asked && !('kind' in asked)) return [{ kind: 'command', ...asked, receivedAt, done, fail }]
        resolve()
        return asked ? [asked] : []
      }
      this.#enqueue({ kind: 'exclusive', run: then, fail })
    })
  }

  /** Resolves with what `look` returns for the committed state. `look` must not change or keep the document. */
  read<T>(look: (od: OutcomeDocument) => T): Promise<T> {
    return this.readInSteps((od) => inOneStep(() => look(od)))
  }

  /** {@link read} for what takes long: others have turns between the steps, and the state remains the same. */
  readInSteps<T>(look: (od: OutcomeDocument) => Steps<T>): Promise<T> {
    return new Promise((resolve, fail) =>
      this.#enqueue({ kind: 'read', see: (od) => passedTo(resolve, look(od)), fail }),
    )
  }

  /** The committed state as Yjs updates, and the sequence of the last log row that it holds. */
  encoded(): Promise<EncodedDocument & { readonly sequence: number }> {
    return this.read(() => ({ ...this.#live.encodings.current(), sequence: this.#live.sequence }))
  }

  /** Flushes what is queued, ends all sessions with `reason`, and waits for a snapshot of the whole log. */
  async close(reason: CloseReason): Promise<void> {
    this.#closing = true
    await this.#flushing
    this.#retire(reason)
    await this.#snapshots.finish(this.#live.sequence)
  }

  #takeUpdate(session: Session, update: Uint8Array, number: number | null): void {
    // Submits are numbered consecutively: this is the update's number, or the next one when it has none.
    session.queuedBytes += update.length
    if (session.queuedBytes > this.#options.limits.queuedBytes) return this.end(session, 'flood')
    const refusedFrom = session.submitted + 1
    const receivedAt = this.#options.clock.now()
    if (number !== null) session.submitted = number
    const { attempt } = session
    this.#enqueue({ kind: 'update', session, update, number, attempt, refusedFrom, receivedAt })
  }

  #enqueue(work: RoomTask): void {
    if (this.#retired || this.#closing) {
      if ('fail' in work) work.fail(goneError())
      return
    }
    this.#queue.push(work)
    this.#flushing ??= Promise.resolve().then(() => this.#drain())
  }

  /** Flushes until nothing is queued. Never rejects. */
  async #drain(): Promise<void> {
    while (!this.#queue.isEmpty) {
      const exclusive = this.#queue.takeExclusive()
      if (exclusive) {
        await this.#runExclusiveWork(exclusive)
        continue
      }
      const works = this.#queue.takeBatch()
      try {
        await this.#flush(works)
      } catch (error) {
        await this.#recover(works, error)
      }
      // A batch without changes never waits for the disk, so other work of the process would get no turn.
      if (!this.#queue.isEmpty) await this.#turns.next()
    }
    this.#flushing = null
  }

  /** Runs work that excludes all other tasks, and queues first what it resolves with. Never rejects. */
  async #runExclusiveWork({ run, fail }: ExclusiveWork): Promise<void> {
    try {
      this.#queue.pushFirst(await run(this.#live.od))
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /**
   * Serves the reads, then applies, commits and publishes the changes. When another writer of the log was first, or a
   * change broke an invariant, the document is loaded anew and the remaining changes are admitted again.
   */
  async #flush(works: readonly (RoomRead | RoomChange)[]): Promise<void> {
    this.#turns.begin()
    let changes = await this.#serveReads(works)
    const { cause } = this.#suspension
    if (cause) return this.#putOff(changes, cause)
    for (let attempt = 0; changes.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new StoreError('failed', 'Another server was always first.')
      const { store } = this.#options
      const answered = await earlierOutcomes(store, this.document, changes)
      await this.#revocations.learn(changes)
      await learnInvited(store, this.document, this.#live.od, changes, this.#aliases)
      try {
        const batch = await prepare(this.#live, changes, answered, this.#options.clock.now(), {
          quotas: this.#quotas,
          aliases: this.#aliases,
          turns: this.#turns,
          revocations: this.#revocations,
          waitingSince: this.#queue.oldestRequest,
        })
        if (await this.#commit(batch)) {
          await this.#publisher.publish(batch, this.#live)
          return this.#snapshots.grown(this.#live.sequence)
        }
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        changes = this.#without(changes, error)
      }
      await this.#reload()
    }
  }

  /** Serves joins, catch-ups and reads, and returns the other tasks in their order. */
  async #serveReads(works: readonly (RoomRead | RoomChange)[]): Promise<readonly RoomChange[]> {
    const changes: RoomChange[] = []
    for (const work of works) {
      if (work.kind === 'join' || work.kind === 'catch-up' || work.kind === 'read') {
        await this.#turns.rest()
        await this.#serve(work)
      } else changes.push(work)
      if (work.kind === 'update') work.session.queuedBytes -= work.update.length
    }
    return changes
  }

  async #serve(read: RoomRead): Promise<void> {
    switch (read.kind) {
      case 'read':
        try {
          return await this.#turns.run(read.see(this.#live.od))
        } catch (error) {
          return read.fail(error instanceof Error ? error : new Error(String(error)))
        }
      case 'join':
        return this.#synchronizer.join(read)
      case 'catch-up':
        return this.#synchronizer.catchUp(read)
    }
  }

  /** Appends the batch to the log. False when another writer was first: nothing is stored then. */
  async #commit(batch: Batch): Promise<boolean> {
    if (batch.entries.length === 0) return true
    const live = this.#live
    const { entries, claims, due } = batch
    const appended = await this.#options.store.append({
      document: this.document,
      expected: live.sequence,
      entries,
      claims,
      ...(due === live.due ? {} : { due }),
    })
    if (!appended.ok) return false
    live.sequence = appended.sequence
    live.due = due
    live.policy = batch.policy
    this.#alarm.set(due)
    live.serverClaimed ||= claims.some((claim) => claim.owner === 'server')
    return true
  }

  /** Replaces the live document by the log's state, and broadcasts the rows that another process appended meanwhile. */
  async #reload(): Promise<void> {
    const { store } = this.#options
    const before = this.#live.sequence
    const round = this.#live.policy?.at
    const live = await loadLive(store, this.document, this.#options.away)
    if (!live) throw new StoreError('damaged', `Document ${this.document} is gone.`)
    this.#live.od.doc.destroy()
    this.#live = live
    this.#alarm.set(live.due)
    const missed = await store.rows(this.document, before, live.sequence - before)
    const updates = missed.map((row) => row.bytes).filter((bytes) => bytes.length > 0)
    if (updates.length > 0) {
      const missedByAll = encodeFrame({ type: 'sync-update', update: mergeAll(updates) })
      this.#audience.broadcast(live.od.doc, missedByAll, null)
    }
    if (live.policy?.at !== round) this.#publisher.startRound()
  }

  /** Returns the batch without the task at fault. A faulty update's session is ended and all its updates left out. */
  #without(changes: readonly RoomChange[], fault: Fault) {
    const { work } = fault
    this.#report('fault', fault.message)
    if (work.kind === 'command') {
      work.fail(fault)
      return changes.filter((other) => other !== work)
    }
    const { session } = work
    const mine = changes.filter((other) => other.kind === 'update' && other.session === session)
    const number = Math.min(...mine.map((other) => (other.kind === 'update' ? other.refusedFrom : Infinity)))
    const message = 'This change could not be applied.'
    if (session.greeted) session.send({ type: 'refused', number, code: 'malformed', message })
    this.end(session, 'refused')
    return changes.filter((other) => !mine.includes(other))
  }

  /** Handles a failed flush. On an unwritable disk the room goes on for readers; any other failure retires it. */
  async #recover(works: readonly (RoomRead | RoomChange)[], error: unknown): Promise<void> {
    if (!(error instanceof StoreError) || error.code !== 'unwritable') return this.#fail(works, error)
    this.#report('store-failed', error.message)
    this.#suspension.begin(error)
    try {
      await this.#reload()
    } catch (failed) {
      return this.#fail(works, failed)
    }
    await this.#putOff(works, error)
    this.#options.clock.after(RETRY_WRITING, () => this.#enqueue({ kind: 'due' }))
  }

  #putOff(works: readonly (RoomRead | RoomChange)[], cause: StoreError): Promise<void> {
    const end = (session: Session, reason: CloseReason) => this.end(session, reason)
    return putOff(works, cause, this.#live, { aliases: this.#aliases, turns: this.#turns, end })
  }

  /** Retires the room after a failed batch. Nothing of the batch was acknowledged or sent to anybody. */
  #fail(works: readonly RoomTask[], error: unknown): void {
    const cause = error instanceof Error ? error : new Error(String(error))
    this.#report('store-failed', cause.message)
    for (const work of works) if (work.kind === 'command') work.fail(cause)
    this.#retire('store-failed')
  }

  /** Puts the room out of use: queued tasks fail, and all sessions end with `reason`. */
  #retire(reason: CloseReason): void {
    this.#retired = true
    this.#alarm.set(null)
    for (const work of this.#queue.drain()) if ('fail' in work) work.fail(goneError())
    this.#audience.endAll(reason)
  }

  #report(what: RoomProblem['what'], message: string): void {
    this.#options.report({ document: this.document, what, message })
  }
}

const goneError = () => new StoreError('failed', 'The document is being loaded anew; try again.')
