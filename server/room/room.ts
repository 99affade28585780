import { setImmediate } from 'node:timers/promises'
import { idFrom, type DocumentId, type RandomBytes, type SessionId } from '#shared/model/ids.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import { isRace } from '#shared/protocol/refusal.ts'
import { encodeFrame, sameCaret } from '#shared/protocol/wire.ts'
import { isUnattributed } from '#shared/document/attribution.ts'
import { type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { can } from '#shared/model/role.ts'
import { StoreError, type Store } from '../store/port.ts'
import type { EncodedDocument } from '../work/jobs.ts'
import { Alarm } from './alarm.ts'
import { Audience } from './audience.ts'
import type { DocumentWork } from '../work/document-work.ts'
import { Fault, bringsNews, prepare, type Batch, type SubmitRefusal } from './batch.ts'
import type { Clock } from './clock.ts'
import { parseFrame } from './parse-frame.ts'
import type { Limits } from './limits.ts'
import { loadLive, type Live } from './live.ts'
import { mergeAll } from './merge.ts'
import { WorkQueue } from './queue.ts'
import type { Quotas } from './quota.ts'
import { RoundAliases, type AliasMaker } from './round.ts'
import { Session, type Visitor } from './session.ts'
import { Snapshots } from './snapshots.ts'
import type { RoomSocket } from './socket.ts'
import { RETRY_WRITING, Suspension } from './suspension.ts'
import { Synchronizer } from './synchronizer.ts'
import type {
  ExclusiveWork,
  CommandRequest,
  RoomChange,
  CommandAnswer,
  CommandWork,
  Look,
  OwnWork,
  RoomTask,
} from './work.ts'

/** What a room needs from outside. */
export interface RoomOptions {
  readonly store: Store
  readonly clock: Clock
  readonly limits: Limits
  /** Of all rooms together. */
  readonly quotas: Quotas
  readonly random: RandomBytes
  readonly aliases: AliasMaker
  /** For large documents. */
  readonly away: DocumentWork
  /** Log rows from one snapshot to the next. */
  readonly snapshotEvery: number
  /** Something an operator should know. */
  readonly report: (problem: RoomProblem) => void
}

export interface RoomProblem {
  readonly document: DocumentId
  readonly what: 'store-failed' | 'snapshot-failed' | 'fault'
  readonly message: string
}

/** Another writer may be first this often before the batch is given up. */
const ATTEMPTS = 20
/** The first protocol version whose clients go on after a refusal. */
const RESUMING = 2

/**
 * One document and everybody in it.
 *
 *     socket → limits → decode → queue → admit → apply → COMMIT → acknowledge and broadcast
 *              └────── receive ──────┘   └──────────────────── flush ───────────────────┘
 *
 * One flush at a time. What comes meanwhile only queues, so whenever no flush is in flight the live document is
 * exactly the committed state: joins are served then. Idle means immediate, loaded means batched.
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
  readonly #synchronizer: Synchronizer
  #live: Live
  readonly #queue = new WorkQueue()
  #flushing: Promise<void> | null = null
  #retired = false
  /** Takes nothing more: what is queued is still flushed, what comes now is not acknowledged. */
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
      () => isUnattributed(this.#live.od),
    )
    this.#aliases = new RoundAliases(document, options.aliases)
    this.#snapshots = new Snapshots(document, store, snapshotEvery, live.snapshotSequence, (message) =>
      this.#report('snapshot-failed', message),
    )
    this.#alarm = new Alarm(clock, () => this.#enqueue({ kind: 'due' }))
    this.#alarm.set(live.due)
    this.#suspension = new Suspension(clock)
    this.#synchronizer = new Synchronizer({
      audience: this.#audience,
      limits: options.limits,
      live: () => this.#live,
      again: (work) => this.#enqueue(work),
      end: (session, reason) => this.end(session, reason),
    })
  }

  get sessions(): ReadonlySet<Session> {
    return this.#audience.sessions
  }

  /** Out of use: the registry loads the document anew for whoever comes next. */
  get retired(): boolean {
    return this.#retired
  }

  get idle(): boolean {
    return this.sessions.size === 0 && this.#flushing === null
  }

  join(visitor: Visitor, socket: RoomSocket): Session {
    const { random, limits, clock } = this.#options
    const id = idFrom(random(16)) as SessionId
    const session = new Session(id, visitor, socket, limits, clock.monotonic())
    this.#audience.add(session)
    if (this.#retired) this.end(session, 'store-failed')
    return session
  }

  leave(session: Session): void {
    this.#audience.leave(session)
    const { stranded } = this.#live
    if (stranded.awaits(session))
      this.#enqueue({ kind: 'own', change: (od) => stranded.release(od, session) })
  }

  end(session: Session, reason: CloseReason): void {
    this.#audience.end(session, reason)
  }

  /** The person said another name, in any of the visit's windows. */
  rename(visit: string, name: string): void {
    for (const session of this.sessions)
      if (session.visitor.visit === visit) session.actor = { ...session.actor, name }
    this.#audience.presence.changed()
  }

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
          welcome: { session: session.id, actor: this.#aliases.actor(this.#live.od, session.actor) },
        })
        return this.#audience.presence.changed()
      case 'resume':
        return session.resume()
      case 'caret':
        // Said again it is no news: that somebody is busy elsewhere would show in it.
        if (sameCaret(session.caret, taken.caret)) return
        session.caret = taken.caret
        return this.#audience.presence.changed()
      case 'join':
        return this.#enqueue({ kind: 'join', session, vector: taken.vector, waited: false })
      case 'update':
        return this.#takeUpdate(session, taken.update, taken.number)
    }
  }

  command(asked: CommandRequest): Promise<CommandAnswer> {
    const cameAt = this.#options.clock.now()
    return new Promise((done, fail) => this.#enqueue({ kind: 'command', ...asked, cameAt, done, fail }))
  }

  /**
   * Lets `run` do something elsewhere that rests on the committed state: until it is done, and what it comes to is
   * executed here, nothing else is taken in.
   */
  runExclusive(run: (od: OutcomeDocument) => Promise<CommandRequest | OwnWork | null>): Promise<void> {
    const cameAt = this.#options.clock.now()
    return new Promise((resolve, fail) => {
      const done = () => resolve()
      const then = async (od: OutcomeDocument): Promise<(CommandWork | OwnWork)[]> => {
        const asked = await run(od)
        if (asked && !('kind' in asked)) return [{ kind: 'command', ...asked, cameAt, done, fail }]
        resolve()
        return asked ? [asked] : []
      }
      this.#enqueue({ kind: 'alone', run: then, fail })
    })
  }

  /** Looks at the committed state. */
  read<T>(look: (od: OutcomeDocument) => T): Promise<T> {
    return new Promise((resolve, fail) =>
      this.#enqueue({ kind: 'read', see: (od) => resolve(look(od)), fail }),
    )
  }

  /** The committed state in bytes, and the row of the log it is of. */
  encoded(): Promise<EncodedDocument & { readonly sequence: number }> {
    return this.read(() => ({ ...this.#live.encodings.current(), sequence: this.#live.sequence }))
  }

  /** Lets what is queued become durable, closes everybody, and takes a snapshot. */
  async close(reason: CloseReason): Promise<void> {
    this.#closing = true
    await this.#flushing
    this.#retire(reason)
    await this.#snapshots.finish(this.#live.sequence)
  }

  #takeUpdate(session: Session, update: Uint8Array, number: number | null): void {
    session.queuedBytes += update.length
    if (session.queuedBytes > this.#options.limits.queuedBytes) return this.end(session, 'flood')
    const refusedFrom = session.submitted + 1
    const cameAt = this.#options.clock.now()
    if (number !== null) session.submitted = number
    const { attempt } = session
    this.#enqueue({ kind: 'update', session, update, number, attempt, refusedFrom, cameAt })
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
      const alone = this.#queue.takeAlone()
      if (alone) {
        await this.#wait(alone)
        continue
      }
      const works = this.#queue.takeTogether()
      try {
        await this.#flush(works)
      } catch (error) {
        await this.#recover(works, error)
      }
      // A batch that changes nothing waits for no disk: what else the process has to do must not wait for the next.
      if (!this.#queue.isEmpty) await setImmediate()
    }
    this.#flushing = null
  }

  async #wait({ run, fail }: ExclusiveWork): Promise<void> {
    try {
      this.#queue.pushFirst(await run(this.#live.od))
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  async #flush(works: readonly (Look | RoomChange)[]): Promise<void> {
    let changes = this.#serveLooks(works)
    const { cause } = this.#suspension
    if (cause) return this.#putOff(changes, cause)
    for (let attempt = 0; changes.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new StoreError('failed', 'Another server was always first.')
      const answered = await this.#answered(changes)
      await this.#learnWhoTakesPart(changes)
      try {
        const batch = prepare(
          this.#live,
          changes,
          answered,
          this.#options.clock.now(),
          this.#quotas,
          this.#aliases,
        )
        if (await this.#commit(batch)) return this.#publish(batch)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        changes = this.#without(changes, error)
      }
      await this.#reload()
    }
  }

  /** Serves joins and reads, and gives back what changes the document. */
  #serveLooks(works: readonly (Look | RoomChange)[]): readonly RoomChange[] {
    const changes: RoomChange[] = []
    for (const work of works) {
      if (work.kind === 'join' || work.kind === 'catch-up' || work.kind === 'read') this.#serve(work)
      else changes.push(work)
      if (work.kind === 'update') work.session.queuedBytes -= work.update.length
    }
    return changes
  }

  #serve(look: Look): void {
    switch (look.kind) {
      case 'read':
        try {
          return look.see(this.#live.od)
        } catch (error) {
          return look.fail(error instanceof Error ? error : new Error(String(error)))
        }
      case 'join':
        return this.#synchronizer.join(look)
      case 'catch-up':
        return this.#synchronizer.catchUp(look)
    }
  }

  async #answered(changes: readonly RoomChange[]) {
    const keys = changes.flatMap((work) => (work.kind === 'command' ? [work.key] : []))
    return keys.length > 0 ? this.#options.store.outcomes(this.document, keys) : []
  }

  /** For whom somebody may write in an unattributed round: whoever has a link by now, also from another process. */
  async #learnWhoTakesPart(changes: readonly RoomChange[]): Promise<void> {
    const starts = changes.some((work) => work.kind === 'command' && work.command.kind === 'policy-set')
    if (!isUnattributed(this.#live.od) && !starts) return
    if (!changes.some((work) => mayWriteForOthers(work))) return
    const invitations = await this.#options.store.invitations(this.document)
    this.#aliases.invite(
      invitations.flatMap(({ role, participant }) =>
        role === 'delegation' && participant !== null ? [participant] : [],
      ),
    )
  }

  /** False when another writer was first. */
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
    this.#alarm.set(due)
    live.serverClaimed ||= claims.some((claim) => claim.owner === 'server')
    return true
  }

  /** The batch is durable: tell who sent it, then everybody. */
  #publish(batch: Batch): void {
    for (const [session, number] of batch.acknowledged) session.send({ type: 'acknowledged', number })
    const first = batch.pieces[0]
    if (first) {
      const only = batch.pieces.every((piece) => piece.from === first.from) ? first.from : null
      const { od, encodings } = this.#live
      const update = mergeAll(batch.pieces.map((piece) => piece.bytes))
      this.#audience.broadcast(od.doc, encodings.commit(update, od.doc), only)
    }
    for (const [session, refusal] of batch.refused) this.#refuse(session, refusal)
    for (const session of batch.flooded) this.end(session, 'flood')
    for (const { work, answer } of batch.answers) work.done(answer)
    for (const { work, error } of batch.failed) {
      this.#report('fault', error.message)
      work.fail(error)
    }
    if (batch.newRound) this.#startRound()
    this.#snapshots.grown(this.#live.sequence)
  }

  /** An ordinary race costs a client that can go on nothing but the words that it concerns. */
  #refuse(session: Session, refusal: SubmitRefusal): void {
    if (session.greeted) session.send({ type: 'refused', ...refusal })
    const goesOn =
      session.version >= RESUMING && isRace(refusal.code) && session.mayRace(this.#options.clock.monotonic())
    if (goesOn) session.refused = session.attempt
    else this.end(session, 'refused')
  }

  /** Those who may be hidden come again, under client ids that tell nothing. */
  #startRound(): void {
    for (const session of this.sessions)
      if (!can(session.actor.role, 'write-for-others')) this.end(session, 'new-round')
    this.#audience.presence.changed()
  }

  /** Takes the log's word for the document; those who follow are told what others wrote meanwhile. */
  async #reload(): Promise<void> {
    const { store } = this.#options
    const before = this.#live.sequence
    const round = recordGet(this.#live.od, 'policy')?.at
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
    if (recordGet(live.od, 'policy')?.at !== round) this.#startRound()
  }

  /** The batch without the work that broke an invariant: its sender is told, the others lose nothing. */
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

  /** A disk that takes nothing ends nothing for those who read; any other failure ends the room. */
  async #recover(works: readonly (Look | RoomChange)[], error: unknown): Promise<void> {
    if (!(error instanceof StoreError) || error.code !== 'unwritable') return this.#fail(works, error)
    this.#report('store-failed', error.message)
    this.#suspension.begin(error)
    try {
      await this.#reload()
    } catch (failed) {
      return this.#fail(works, failed)
    }
    this.#putOff(works, error)
    this.#options.clock.after(RETRY_WRITING, () => this.#enqueue({ kind: 'due' }))
  }

  /** Whoever wrote is told and sends it again later; whoever only came, with nothing new, has all that is durable. */
  #putOff(works: readonly (Look | RoomChange)[], cause: StoreError): void {
    for (const work of works) {
      if (work.kind === 'command') work.fail(cause)
      if (work.kind !== 'update') continue
      const { session, number } = work
      if (session.state !== 'open' || work.attempt === session.refused) continue
      if (bringsNews(this.#live, work, this.#aliases)) this.end(session, 'unwritable')
      else if (number !== null) session.send({ type: 'acknowledged', number })
    }
  }

  /** Nothing of the batch is acknowledged or shown. Whoever comes back finds what the log has. */
  #fail(works: readonly RoomTask[], error: unknown): void {
    const cause = error instanceof Error ? error : new Error(String(error))
    this.#report('store-failed', cause.message)
    for (const work of works) if (work.kind === 'command') work.fail(cause)
    this.#retire('store-failed')
  }

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

function mayWriteForOthers(work: RoomChange): boolean {
  if (work.kind !== 'update' && work.kind !== 'command') return false
  const { role } = work.kind === 'update' ? work.session.actor : work.actor
  return can(role, 'write-for-others')
}
