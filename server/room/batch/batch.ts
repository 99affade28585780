import { admitInSteps } from '#shared/document/admit/admit.ts'
import type { AdmissionContext, Admitted } from '#shared/document/admit/verdict.ts'
import { applyInSteps } from '#shared/document/apply.ts'
import { writerIn } from '#shared/document/attribution.ts'
import { executeInSteps } from '#shared/document/commands/execute.ts'
import { executeInSpace } from '#shared/document/commands/space.ts'
import { NEEDS } from '#shared/model/command.ts'
import { contentOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { attest } from '#shared/document/issue/attest.ts'
import { withWhole, type TextChanges } from '#shared/document/text/changes.ts'
import { followUp, type Admission } from '#shared/document/issue/follow-up.ts'
import { KeptNumbers } from '#shared/document/issue/numbering.ts'
import { doDue, dueAt } from '#shared/document/issue/due.ts'
import type { Policy } from '#shared/model/meeting.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { fail } from '#shared/model/result.ts'
import { can } from '#shared/model/role.ts'
import { NO_ACCESS } from '../../access/visits.ts'
import type { Claim, CommandOutcome, LogEntry } from '../../store/port.ts'
import { Unchanged, change, changeInSteps, serverClaim, type Live } from '../live/live.ts'
import type { Quotas } from '../limits/quota.ts'
import type { Revocations } from './revocations.ts'
import type { RoundAliases } from '../round.ts'
import type { Session } from '../session/session.ts'
import type { Turns } from './turns.ts'
import type { RoomChange, CommandAnswer, CommandWork, RoomRequest, UpdateWork } from './work.ts'

/**
 * What came of admitting and applying a batch of tasks.
 *
 * Invariants: each update in `pieces` is applied to the live document and has its row in `entries`, in the same order.
 * Nothing is durable yet. If the commit fails, the live document must be loaded anew.
 */
export interface Batch {
  readonly entries: LogEntry[]
  readonly claims: Claim[]
  /** The Yjs updates (V1) of the batch, each with the session it came from; null for the server's own. */
  readonly pieces: { readonly from: Session | null; readonly bytes: Uint8Array }[]
  /** For each session the number of its last submit that is in the document once the batch is committed. */
  readonly acknowledged: Map<Session, number>
  readonly refused: Map<Session, SubmitRefusal>
  /** Sessions over their invitation's quota. The update that exceeded it, and all later ones, were not applied. */
  readonly flooded: Set<Session>
  /** Sessions whose invitation was revoked while their updates waited. */
  readonly revoked: Set<Session>
  readonly answers: { readonly work: CommandWork; readonly answer: CommandAnswer }[]
  /** Commands that threw before they changed anything, by a defect of the server. The batch goes on without them. */
  readonly failed: { readonly work: CommandWork; readonly error: Unchanged }[]
  /** When the server must act by itself after this batch, milliseconds since 1970; null when never. */
  due: number | null
  /** The attribution policy after the batch. */
  policy: Policy | undefined
  /** Whether a command of the batch has changed the attribution policy: names are shown, or not shown, from now on. */
  newRound: boolean
}

export interface SubmitRefusal {
  /** The first submit that was not applied. */
  readonly number: number
  readonly code: string
  readonly message: string
}

/** Thrown when a task broke an invariant after it was applied in part. The live document must be loaded anew. */
export class Fault extends Error {
  readonly work: RoomRequest
  constructor(work: RoomRequest, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'Fault'
    this.work = work
  }
}

/** What preparing a batch needs beside the document. */
export interface Preparing {
  readonly quotas: Quotas
  readonly aliases: RoundAliases
  readonly turns: Turns
  readonly revocations: Pick<Revocations, 'concern'>
  /** When the oldest request that waits behind this batch arrived, in milliseconds since 1970; Infinity when none does. */
  readonly waitingSince: number
}

/**
 * Admits and applies the tasks to the live document, in their order, at the time `now` (milliseconds since 1970).
 * Before each task the server does what is due by then. A refused update is left out, and so is all that its session
 * sent after it.
 *
 * Others have turns between two tasks, and between judging, applying and following up an update. Until the batch is
 * committed nobody else may change the live document, or read it as if it were committed.
 *
 * `answered`: the outcomes of those commands of the batch whose keys are in the log already. Rejects with {@link Fault}.
 */
export async function prepare(
  live: Live,
  works: readonly RoomChange[],
  answered: readonly CommandOutcome[],
  now: number,
  preparing: Preparing,
): Promise<Batch> {
  const builder = new BatchBuilder(live, answered, preparing)
  const { turns, waitingSince } = preparing
  turns.begin()
  for (const work of works) {
    await turns.rest()
    await builder.add(work, effectiveTime(live, work, now, waitingSince))
  }
  return builder.finish()
}

/**
 * Builds one batch on a live document, task by task.
 *
 * Invariants: tasks are added one at a time, each after the one before it is done. After a task has thrown {@link Fault}
 * nothing is added any more, and the batch is not committed.
 */
class BatchBuilder {
  readonly #live: Live
  readonly #preparing: Preparing
  /** By key: the outcomes of commands that are in the log, or in this batch. */
  readonly #outcomes: Map<string, CommandOutcome>
  readonly #batch: Batch = {
    entries: [],
    claims: [],
    pieces: [],
    acknowledged: new Map(),
    refused: new Map(),
    flooded: new Set(),
    revoked: new Set(),
    answers: [],
    failed: [],
    due: null,
    policy: undefined,
    newRound: false,
  }

  constructor(live: Live, answered: readonly CommandOutcome[], preparing: Preparing) {
    this.#live = live
    this.#preparing = preparing
    this.#outcomes = new Map(answered.map((outcome) => [outcome.key, outcome]))
  }

  /** Does what is due by `now` (milliseconds since 1970), then the task. */
  async add(work: RoomChange, now: number): Promise<void> {
    const { od } = this.#live
    this.#appendOwn(now, () => doDue(od, now))
    if (work.kind === 'due') return
    if (work.kind === 'own') return this.#appendOwn(now, () => work.change(od, now))
    if (this.#preparing.revocations.concern(work)) return this.#refuseRevoked(work)
    const rows = this.#batch.entries.length
    let spared = 0
    try {
      if (work.kind === 'update') spared = await this.#admitAndApply(work, now)
      else await this.#executeOnce(work, now)
      this.#noteStored(work, rows, spared)
    } catch (error) {
      if (!(error instanceof Unchanged) || work.kind !== 'command') throw new Fault(work, error)
      this.#batch.failed.push({ work, error })
    }
  }

  #refuseRevoked(work: RoomRequest): void {
    if (work.kind === 'command') this.#batch.answers.push({ work, answer: REVOKED })
    else this.#batch.revoked.add(work.session)
  }

  /** The batch, after its last task. */
  finish(): Batch {
    const batch = this.#batch
    batch.due = dueAt(this.#live.od)
    batch.policy = recordGet(this.#live.od, 'policy')
    if (batch.pieces.some((piece) => piece.from === null)) batch.claims.push(...serverClaim(this.#live))
    return batch
  }

  /**
   * Judges an update, and applies it when it is admitted. A refusal or an exceeded quota is noted in the batch. Returns
   * the stored bytes that must not be charged to the sender.
   */
  async #admitAndApply(work: UpdateWork, now: number): Promise<number> {
    const live = this.#live
    const batch = this.#batch
    const { quotas, aliases, turns, revocations } = this.#preparing
    const { session, update, number } = work
    if (hasEnded(session) || batch.refused.has(session) || batch.flooded.has(session)) return 0
    if (work.attempt === session.refused) return 0
    const { actor } = session
    const context = contextOf(live, aliases.actor(recordGet(live.od, 'policy'), actor), now, aliases)
    const verdict = await turns.run(admitInSteps(live.od, update, context))
    // Its link may have been withdrawn while the update was judged.
    if (hasEnded(session) || revocations.concern(work)) return 0
    if (!verdict.ok) {
      const { code, message } = verdict.code === 'foreign-client' && isLate(live, actor) ? LATE : verdict
      batch.refused.set(session, { number: work.refusedFrom, code, message })
      return 0
    }
    if (!verdict.empty && !quotas.take(session.visitor.invitation, verdict, update.length)) {
      batch.flooded.add(session)
      return 0
    }
    if (number !== null) batch.acknowledged.set(session, number)
    return verdict.empty ? 0 : this.#apply(work, verdict, context.actor, now)
  }

  /**
   * Applies an admitted update, and appends its row and those of the server's own changes that follow from it: completed
   * heads of new proposals, moved characters, last words of emptied proposals. `writer`: its author as admission knew it.
   *
   * Returns the stored bytes that must not be charged to the sender. These are the server's completions of new heads:
   * the head was charged as it was sent, and each new proposal is counted besides.
   */
  async #apply(
    { session, update }: UpdateWork,
    verdict: Admitted,
    writer: Actor,
    now: number,
  ): Promise<number> {
    const live = this.#live
    const batch = this.#batch
    const { turns } = this.#preparing
    const { actor } = session
    const { deletions, od, space, stranded } = live
    if (space === null) deletions.begin(od, verdict, now)
    const written = await apply(live, update, session, turns)
    // Admission refuses updates that build on unknown items, so Yjs must have integrated everything at once.
    const { pendingStructs, pendingDs } = od.doc.store
    if (pendingStructs || pendingDs) throw new Error('an admitted update was not integrated whole')
    for (const client of verdict.claimed) {
      live.owners.set(client, writer.person)
      batch.claims.push({ client, owner: writer.person })
    }
    batch.entries.push({ kind: 'update', actor, at: now, bytes: update })
    batch.pieces.push({ from: session, bytes: update })
    const { created, anchored, moved } = verdict
    const before = batch.entries.length
    const numbers = new KeptNumbers(od)
    for (const part of partsOf(verdict)) {
      await turns.rest()
      this.#appendOwn(now, () => {
        attest(od, part, { actor: writer, at: now })
        followUp(od, settledOf(live, part), numbers)
      })
    }
    const completed = batch.entries.slice(before)
    await turns.rest()
    const changes = withWhole(
      written,
      created.flatMap((id) => contentOf(od, id) ?? []),
    )
    if (stranded.mayRemove(changes, session, now))
      this.#appendOwn(now, () => stranded.removeAfter(od, changes, session, now))
    if (session.state !== 'open') stranded.leave(session, now)
    if (space === null && deletions.concerns(od, verdict))
      this.#appendOwn(now, () => deletions.note(od, verdict, actor, now))
    const known = new Set(created)
    // Moves are always charged: one proposal can be moved any number of times.
    const onlyCompletes = anchored.every((id) => known.has(id)) && moved.size === 0
    return onlyCompletes ? completed.reduce((sum, entry) => sum + storedOf(entry), 0) : 0
  }

  /**
   * Executes a command and appends its row. When its key was seen before, in the log or in this batch, the first answer
   * is given again and nothing is executed. A refused command must not have changed the document; throws otherwise.
   */
  async #executeOnce(work: CommandWork, now: number): Promise<void> {
    const live = this.#live
    const batch = this.#batch
    const { aliases, turns } = this.#preparing
    const { actor, key, command, drafts } = work
    const before = this.#outcomes.get(key)
    if (before) {
      batch.answers.push({ work, answer: repeated(before, actor, work) })
      return
    }
    const { od, space } = live
    const policy = recordGet(od, 'policy')
    const sequence = live.sequence + batch.entries.length + 1
    const executing = {
      od,
      actor: aliases.actor(policy, actor),
      aliasOf: (participant: ParticipantId) => aliases.of(od, participant),
      isAliasInRound: (alias: ParticipantId) => aliases.has(od, alias),
      now,
      sequence,
      ...(drafts ? { drafts } : {}),
    }
    const { result, bytes } =
      space === null
        ? await changeInSteps(live, executeInSteps(executing, command), turns)
        : change(live, () => executeInSpace(executing, command, space))
    if (!result.ok && bytes.length > 0) throw new Error(`a refused ${command.kind} changed the document`)
    if (result.ok) live.deletions.forget(od, command)
    batch.newRound ||= recordGet(od, 'policy') !== policy
    batch.answers.push({ work, answer: result })
    // A command that the role never permits gets no row: the log is kept for ever, and an observer could fill it.
    if (!result.ok && !can(actor.role, NEEDS[command.kind])) return
    // A tabling that changed nothing gets no row, because the number of rows is public and would tell of it.
    if (command.kind === 'drafts-table' && space === null && bytes.length === 0) return
    batch.entries.push({ kind: 'command', actor, at: now, bytes, key, command, result })
    if (bytes.length > 0) batch.pieces.push({ from: null, bytes })
    this.#outcomes.set(key, { key, person: actor.person, command, result })
  }

  /** Runs a change of the server's own, and appends it as a row of its own unless it changed nothing. */
  #appendOwn(now: number, run: () => void): void {
    const { bytes } = change(this.#live, run)
    if (bytes.length === 0) return
    this.#batch.entries.push({ kind: 'settle', actor: 'server', at: now, bytes })
    this.#batch.pieces.push({ from: null, bytes })
  }

  /**
   * Charges the task's sender for the log rows from index `rows` on, including the server's own changes that followed
   * from the task. `spared`: bytes of those rows that are not charged.
   */
  #noteStored(work: RoomRequest, rows: number, spared: number): void {
    const entries = this.#batch.entries.slice(rows)
    const stored = entries.reduce((sum, entry) => sum + storedOf(entry), 0) - spared
    if (stored === 0) return
    if (work.kind === 'update')
      this.#preparing.quotas.store(work.session.visitor.invitation, stored - work.update.length)
    else if (work.invitation !== undefined) this.#preparing.quotas.store(work.invitation, stored)
  }
}

/** A function, because the compiler takes a state that was compared once as settled, and it changes between two turns. */
const hasEnded = ({ state }: Session): boolean => state === 'ended'

/** Bytes that a log row takes beside its update: actor, time and two hashes. */
const ROW = 256

const storedOf = ({ bytes }: LogEntry): number => bytes.length + ROW

/**
 * The time as of which a task is done: before a deadline if it arrived before it, however long it waited since. The deadline
 * is not over either while something else waits that arrived before it: an objection that was in time stays so.
 */
function effectiveTime({ od }: Live, work: RoomChange, now: number, waitingSince: number): number {
  const due = dueAt(od)
  const arrived = 'receivedAt' in work ? Math.min(work.receivedAt, waitingSince) : waitingSince
  return due !== null && arrived < due ? Math.min(now, due - 1) : now
}

/**
 * Whether an update must be judged and committed: it holds something that the document does not have, or it would be
 * refused. Changes nothing.
 */
export async function bringsNews(
  live: Live,
  { session, update, receivedAt }: UpdateWork,
  { aliases, turns }: Pick<Preparing, 'aliases' | 'turns'>,
): Promise<boolean> {
  const actor = aliases.actor(recordGet(live.od, 'policy'), session.actor)
  const verdict = await turns.run(admitInSteps(live.od, update, contextOf(live, actor, receivedAt, aliases)))
  return !verdict.ok || !verdict.empty
}

/** Applies an admitted update; returns where it changed texts. All that it deletes counts as one deletion. */
async function apply(
  { od: { doc }, former }: Live,
  update: Uint8Array,
  session: Session,
  turns: Turns,
): Promise<TextChanges> {
  former.beginOne()
  try {
    return await turns.run(applyInSteps(doc, update, session))
  } finally {
    former.endOne()
  }
}

type Completed = Pick<
  Admitted,
  'created' | 'quoted' | 'anchored' | 'revived' | 'repaired' | 'moved' | 'unproved'
>

/** Proposals that are completed in one transaction; they take a few milliseconds. */
const PROPOSALS_IN_STEP = 50

/** Cuts what must be completed after an update into parts of so many proposals, each all that concerns these. */
function* partsOf(verdict: Admitted): Generator<Completed> {
  const { created, anchored, revived, repaired, moved, unproved } = verdict
  const all = [...new Set([...created, ...anchored, ...moved.keys()])]
  if (all.length <= PROPOSALS_IN_STEP) return all.length > 0 ? yield verdict : undefined
  for (let from = 0; from < all.length; from += PROPOSALS_IN_STEP) {
    const part = new Set(all.slice(from, from + PROPOSALS_IN_STEP))
    const isIn = (id: ProposalId) => part.has(id)
    yield {
      ...verdict,
      created: created.filter(isIn),
      anchored: anchored.filter(isIn),
      revived: revived.filter(isIn),
      repaired: repaired.filter(isIn),
      moved: new Map([...moved].filter(([id]) => isIn(id))),
      unproved: new Map([...unproved].filter(([id]) => isIn(id))),
    }
  }
}

/** What must be completed. In a private space new drafts are left out: they get number and place when tabled. */
const settledOf = ({ space }: Live, completed: Completed): Admission =>
  space === null ? completed : { ...completed, created: [], anchored: [] }

/** The facts that admission depends on. In a private space each writer writes in the name of the space's owner. */
const contextOf = (
  { od, space, owners, former }: Live,
  actor: Actor,
  now: number,
  aliases: RoundAliases,
): AdmissionContext => ({
  now,
  former,
  actor: { ...actor, person: writerIn(od, actor), ...(space === null ? {} : { participant: space }) },
  ownerOf: (client) => owners.get(client),
  isAliasInRound: (alias) => aliases.has(od, alias),
  elsewhere: space !== null,
})

/** The refusal of an update that was written before the attribution policy changed, under a client id of that time. */
const LATE = {
  code: 'new-round',
  message: 'Whether names are shown has changed since this was written: propose it again.',
} as const

const isLate = ({ od }: Live, actor: Actor): boolean => writerIn(od, actor) !== actor.person

const REVOKED = fail('revoked', NO_ACCESS.revoked)
const KEY_USED = fail('key-used', 'This key was used for another command.')

/** The first answer when the same person repeats the same command; `key-used` for anything else under this key. */
function repeated(before: CommandOutcome, actor: Actor, work: CommandWork): CommandAnswer {
  const same = before.person === actor.person && sameJson(before.command, work.command)
  return same ? before.result : KEY_USED
}

const sameJson = (a: object, b: object): boolean => canonical(a) === canonical(b)

/** JSON text with the keys of every object sorted, so that equal values give equal text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
