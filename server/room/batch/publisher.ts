import type { CloseReason } from '#shared/protocol/close.ts'
import { isRace } from '#shared/protocol/refusal.ts'
import { can } from '#shared/model/role.ts'
import type { Clock } from '../clock.ts'
import type { Live } from '../live/live.ts'
import { mergeInSteps } from '../live/merge.ts'
import type { Audience } from '../session/audience.ts'
import type { Session } from '../session/session.ts'
import type { Batch, SubmitRefusal } from './batch.ts'
import type { Turns } from './turns.ts'

/** The first protocol version whose clients go on after a refusal. */
const RESUMING = 2

/** What a {@link Publisher} needs of its room. */
interface Publishing {
  readonly audience: Audience
  readonly turns: Turns
  readonly clock: Pick<Clock, 'monotonic'>
  /** Closes a session from our side. */
  readonly end: (session: Session, reason: CloseReason) => void
  /** Reports a command that failed by a defect to the operator. */
  readonly report: (message: string) => void
}

/** Tells everybody the outcome of a batch. Call it for a batch that the store has committed, never before. */
export class Publisher {
  readonly #room: Publishing

  constructor(room: Publishing) {
    this.#room = room
  }

  /** Acknowledges a durable batch to its senders, broadcasts its updates as one, and answers its commands. */
  async publish(batch: Batch, { od, encodings }: Live): Promise<void> {
    const { audience, turns, end, report } = this.#room
    turns.begin()
    for (const [session, number] of batch.acknowledged) session.send({ type: 'acknowledged', number })
    const first = batch.pieces[0]
    if (first) {
      const only = batch.pieces.every((piece) => piece.from === first.from) ? first.from : null
      const update = await turns.run(mergeInSteps(batch.pieces.map((piece) => piece.bytes)))
      audience.broadcast(od.doc, encodings.commit(update, od.doc), only)
    }
    for (const [session, refusal] of batch.refused) this.#refuse(session, refusal)
    for (const session of batch.flooded) end(session, 'flood')
    for (const session of batch.revoked) end(session, 'revoked')
    for (const { work, answer } of batch.answers) work.done(answer)
    for (const { work, error } of batch.failed) {
      report(error.message)
      work.fail(error)
    }
    if (batch.newRound) this.startRound()
  }

  /** Ends the sessions of all who may be anonymous. They come back under Yjs client ids used for nothing else. */
  startRound(): void {
    const { audience, end } = this.#room
    for (const session of audience.sessions)
      if (!can(session.actor.role, 'write-for-others')) end(session, 'new-round')
    audience.presence.changed()
  }

  /**
   * Tells a client that its update was refused. After an ordinary race (another writer changed the same place first) a
   * client of version {@link RESUMING} or later keeps its connection and sends `resume`; others are closed.
   */
  #refuse(session: Session, refusal: SubmitRefusal): void {
    const { clock, end } = this.#room
    if (session.greeted) session.send({ type: 'refused', ...refusal })
    const goesOn = session.version >= RESUMING && isRace(refusal.code) && session.mayRace(clock.monotonic())
    if (goesOn) session.refused = session.attempt
    else end(session, 'refused')
  }
}
