import type { Board, DecidedRow, ProposalRow } from '#shared/document/composition/board.ts'
import type { Decision, Reopened } from '#shared/model/proposals/decision.ts'
import { isTakeOver } from '#shared/model/proposals/decision.ts'
import type { Reanchored } from '#shared/model/proposals/proposal.ts'
import type { Position, Stated } from '#shared/model/proposals/position.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Fingerprint } from '#shared/model/proposals/wording.ts'
import { stopsOf } from '../state/walk.ts'
import type { Stop } from '../state/walk.ts'

/** The history of decisions, including those that were taken back. What was accepted with another proposal is told with that. */

export type Entry =
  | { readonly kind: 'decided'; readonly at: number; readonly row: DecidedRow }
  /** A proposal that was decided and is open again. */
  | { readonly kind: 'reopened'; readonly at: number; readonly stop: Stop; readonly last: Reopened }

const read = new WeakMap<Board, readonly Entry[]>()

/** All entries of the history, latest first. */
export function entriesOf(board: Board): readonly Entry[] {
  const known = read.get(board)
  if (known) return known
  const entries: Entry[] = board.decided
    .filter(({ decision }) => decision.acceptedWith === undefined)
    .map((row) => ({ kind: 'decided', at: row.decision.at, row }))
  for (const stop of stopsOf(board)) {
    const last = stop.row.reopened.at(-1)
    if (last && last.decision.acceptedWith === undefined)
      entries.push({ kind: 'reopened', at: last.at, stop, last })
  }
  const sorted = entries.sort((a, b) => b.at - a.at)
  read.set(board, sorted)
  return sorted
}

/** One event in the history of a proposal. `via`: who wrote it down for another participant. */
export type ProposalEvent = { readonly at: number; readonly via?: ParticipantId } & (
  | { readonly what: 'proposed'; readonly by: ParticipantId; readonly person: string }
  | ({
      readonly what: 'position'
      readonly who: ParticipantId
      readonly position: Position | null
    } & OfWording)
  | ({
      readonly what: 'cosponsored' | 'uncosponsored' | 'dissociated' | 'associated'
      readonly who: ParticipantId
    } & OfWording)
  | { readonly what: 'reworded'; readonly who: ParticipantId }
  | { readonly what: 'condition'; readonly text: string }
  | { readonly what: 'decided'; readonly decision: Reopened['decision'] | Decision }
  | {
      readonly what: 'reanchored'
      readonly how: Reanchored['how']
      readonly by: ParticipantId
      readonly person: string
      readonly quote: string
      readonly behind: string
    }
  | {
      readonly what: 'reopened'
      readonly by: ParticipantId
      readonly person: string
      readonly reason: string
    }
  | { readonly what: 'taken-over'; readonly by: ParticipantId; readonly person: string }
)

/** The wording to which an event refers. */
interface OfWording {
  readonly wording?: Fingerprint
}

type Told = Pick<ProposalRow, 'head' | 'positions' | 'sponsorship' | 'condition' | 'reopened' | 'reanchored'>

const via = (from: { readonly via?: ParticipantId } & OfWording) => ({
  ...(from.via ? { via: from.via } : {}),
  ...(from.wording ? { wording: from.wording } : {}),
})

/** The events of one proposal, oldest first. */
export function eventsOf(
  { head, positions, sponsorship, condition, reopened, reanchored }: Told,
  reworded?: Stated,
): ProposalEvent[] {
  const events: ProposalEvent[] = []
  // What ended by a take-over was not taken back by anybody.
  const takeOvers = new Set(reopened.filter(isTakeOver).map(({ at }) => at))
  if (head.createdAt !== null)
    events.push({ what: 'proposed', by: head.by, person: head.person, at: head.createdAt, ...via(head) })
  for (const entry of positions) {
    const who = entry.participant
    for (const was of entry.earlier)
      if (was.position !== null || !takeOvers.has(was.at))
        events.push({ what: 'position', who, position: was.position, at: was.at, ...via(was) })
    if (entry.position !== null || !takeOvers.has(entry.at))
      events.push({ what: 'position', who, position: entry.position, at: entry.at, ...via(entry) })
  }
  for (const said of sponsorship.cosponsors)
    events.push({ what: 'cosponsored', who: said.participant, at: said.at, ...via(said) })
  for (const said of sponsorship.dissociated)
    events.push({ what: 'dissociated', who: said.participant, at: said.at, ...via(said) })
  for (const said of sponsorship.left ?? []) {
    const who = said.participant
    const cosponsored = said.side === 'cosponsors'
    events.push({ what: cosponsored ? 'cosponsored' : 'dissociated', who, at: said.at, ...via(said) })
    if (!said.renewed && !takeOvers.has(said.until))
      events.push({ what: cosponsored ? 'uncosponsored' : 'associated', who, at: said.until })
  }
  if (reworded)
    events.push({ what: 'reworded', who: reworded.participant, at: reworded.at, ...via(reworded) })
  if (condition) events.push({ what: 'condition', text: condition.text, at: condition.at, ...via(condition) })
  for (const { how, by, person, at, quote, behind = '' } of reanchored)
    events.push({ what: 'reanchored', how, by, person, at, quote, behind })
  for (const one of reopened) {
    const { decision, by, person, via: writer, at, reason } = one
    events.push({ what: 'decided', decision, at: decision.at, ...via(decision) })
    const said = isTakeOver(one) ? ({ what: 'taken-over' } as const) : ({ what: 'reopened', reason } as const)
    events.push({ ...said, by, person, at, ...(writer ? { via: writer } : {}) })
  }
  return events.sort((a, b) => a.at - b.at)
}
