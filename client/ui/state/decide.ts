import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { Command, Executed } from '#shared/model/command.ts'
import type { Basis } from '#shared/model/proposals/decision.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { Consequence } from '#shared/model/proposals/proposal.ts'
import { idsBelow } from '../paragraph/below.ts'
import { placeFits } from '../outline/filter.ts'
import { strings } from '../strings.ts'
import type { Desk, Panel } from './desk.ts'
import type { StillThere } from './focus.ts'
import { namedProposal } from './named-proposal.ts'
import { notify } from './notify.ts'
import { send } from './send.ts'
import { asSpeaker, writesUnder } from './speaking.ts'
import { seenIn } from './stand.ts'
import { stopAfterDecision, step, stopAt, stopOnLeaving, stopsOf } from './walk.ts'
import type { Stop } from './walk.ts'

/** Carries out decisions: sends the command, and updates messages, the current bracket and the focus by its outcome. */

export type Choice =
  | { readonly kind: 'accept' }
  /** A new paragraph or heading, with everything that is proposed below it. */
  | { readonly kind: 'accept-with-below' }
  | { readonly kind: 'accept-with-changes'; readonly text: string }
  /** `strike`: whether the words that the proposal deletes are deleted. */
  | { readonly kind: 'accept-in-part'; readonly text: string; readonly strike: boolean }
  | { readonly kind: 'not-retain' }
  | { readonly kind: 'supersede'; readonly by: ProposalId }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'keep' }

const words = strings.proposals

async function deciding<T>(desk: Desk, work: Promise<T>): Promise<T> {
  desk.pending.decision = work
  try {
    return await work
  } finally {
    if (desk.pending.decision === work) desk.pending.decision = null
  }
}

/** Takes one decision on a proposal, and makes the next bracket the current one. */
export const decide = (desk: Desk, id: ProposalId, choice: Choice): Promise<void> =>
  deciding(desk, decideNow(desk, id, choice))

async function decideNow(desk: Desk, id: ProposalId, choice: Choice): Promise<void> {
  const stop = stopAt(desk.board.get(), id)
  if (!stop) return
  const along = choice.kind === 'accept-with-below' ? rowsBelow(desk, id) : []
  const staying = stopsOf(desk.board.get()).filter(({ row }) => !along.includes(row))
  const next = choice.kind === 'keep' ? null : stopAfterDecision(staying, id)
  const still = desk.port.noteFocus()
  const sent = await send(desk, commandFor(desk, stop.row, choice), { about: id, oneAtATime: true })
  if (sent.state !== 'done') return
  if (desk.task.get()?.proposal === id) desk.task.set(null)
  report(desk, stop, choice)
  offerAffected(desk, stop, sent.executed)
  settleAffected(desk, id)
  const first = firstToChoose(desk) ?? next
  if (desk.current.get() !== id || (choice.kind === 'keep' && first === null)) return
  makeCurrent(desk, first, still)
}

/** Makes a bracket current. Focus and scroll position are left alone if the person has moved on or is typing. */
function makeCurrent(desk: Desk, to: ProposalId | null, still: StillThere): void {
  const typing = desk.caret.get().kind !== 'none'
  desk.select(to, typing || !still() ? {} : { reveal: true, focus: true, still })
  if (to === null) desk.said.set(strings.decided.none)
}

const onBasis = (basis: Basis | null): { readonly basis?: Basis } => (basis ? { basis } : {})

/** For a deletion or a move with everything below: the paragraphs that are shown there. */
const seenBelow = (desk: Desk, row: ProposalRow) =>
  row.below === null ? {} : { below: idsBelow(desk.board.get(), row.host) }

const seenOf = (row: ProposalRow) => ({ proposal: row.id, ...seenIn(row) })

/** The proposals below a proposed paragraph or heading; empty when the view does not show all of them. */
export function rowsBelow(desk: Desk, id: ProposalId): readonly ProposalRow[] {
  const board = desk.board.get()
  const rows = desk.port.proposedBelow(id).map((below) => stopAt(board, below)?.row)
  return rows.every((row) => row !== undefined) ? rows : []
}

function commandFor(desk: Desk, row: ProposalRow, choice: Choice): Command {
  const proposal = row.id
  const basis = onBasis(desk.basis.get())
  const accept = {
    kind: 'proposal-accept',
    proposal,
    ...seenIn(row),
    ...seenBelow(desk, row),
    ...basis,
  } as const
  switch (choice.kind) {
    case 'accept':
      return accept
    case 'accept-with-below':
      return { ...accept, proposedBelow: rowsBelow(desk, proposal).map(seenOf) }
    case 'accept-with-changes':
      return { ...accept, text: choice.text }
    case 'accept-in-part':
      return { ...accept, text: choice.text, part: { strike: choice.strike } }
    case 'not-retain':
      return { kind: 'proposal-not-retain', proposal, ...seenIn(row), ...basis }
    case 'supersede':
      return { kind: 'proposal-not-retain', proposal, ...seenIn(row), supersededBy: choice.by, ...basis }
    case 'withdraw':
      return { kind: 'proposal-withdraw', proposal, ...asSpeaker(desk.actor.get(), row.proponent) }
    case 'keep':
      return { kind: 'proposal-keep', proposal }
  }
}

function report(desk: Desk, stop: Stop, choice: Choice): void {
  const what = namedProposal(stop)
  const id = stop.row.id
  switch (choice.kind) {
    case 'accept':
      return notify(desk, strings.decided.accept(what), 'done', id)
    case 'accept-with-below':
      return notify(desk, strings.decided.acceptWithBelow(what), 'done', id)
    case 'accept-with-changes':
      return notify(desk, strings.decided.acceptWithChanges(what), 'done', id)
    case 'accept-in-part':
      return notify(desk, words.part.done(what), 'done', id)
    case 'not-retain':
      return notify(desk, strings.decided.notRetained(what), 'done', id)
    case 'supersede':
      return notify(desk, words.supersede.done(what), 'done', id)
    case 'withdraw':
      return notify(desk, strings.decided.withdrawn(what))
    case 'keep':
      return notify(desk, strings.decided.kept(what))
  }
}

/** Offers a choice for each proposal that a decision has affected; a later decision replaces earlier entries. */
function offerAffected(desk: Desk, stop: Stop, { affected, consequences }: Executed): void {
  const told: readonly Consequence[] =
    consequences ?? affected.map((proposal) => ({ proposal, becomes: 'words-gone' }))
  if (told.length === 0) return
  const anew = new Set(told.map(({ proposal }) => proposal))
  const before = desk.affected.get()?.items.filter(({ proposal }) => !anew.has(proposal)) ?? []
  desk.affected.set({ cause: namedProposal(stop), by: stop.row.id, items: [...before, ...told] })
}

/** Removes a proposal from the choices to make, because somebody has chosen for it. */
export function settleAffected(desk: Desk, id: ProposalId): void {
  const choice = desk.affected.get()
  if (!choice) return
  const items = choice.items.filter(({ proposal }) => proposal !== id)
  if (items.length === choice.items.length) return
  desk.affected.set(items.length > 0 ? { ...choice, items } : null)
}

/** The first affected proposal that needs a choice; those that simply stay do not. Null for none. */
const firstToChoose = (desk: Desk): ProposalId | null =>
  desk.affected.get()?.items.find(({ becomes }) => becomes !== 're-anchored')?.proposal ?? null

/** Merges several proposals into one bridging text, and makes that current. Resolves with true when it was done. */
export const merge = (desk: Desk, rows: readonly ProposalRow[], text: string): Promise<boolean> =>
  deciding(desk, mergeNow(desk, rows, text))

async function mergeNow(desk: Desk, rows: readonly ProposalRow[], text: string): Promise<boolean> {
  const [first] = rows
  if (!first) return false
  const bridge = desk.port.newProposal()
  const seen = rows.map(seenIn)
  const still = desk.port.noteFocus()
  const command = {
    kind: 'proposals-merge',
    bridge,
    proposals: rows.map(({ id }) => id),
    text,
    seen: seen.map((each) => each.seen),
    struck: seen.map((each) => each.struck),
    placing: seen.map((each) => each.placing),
    ...onBasis(desk.basis.get()),
  } as const
  const sent = await send(desk, command, { about: first.id, oneAtATime: true })
  if (sent.state === 'done') {
    // Undo of one source takes all of them back.
    notify(desk, words.merge.done(rows.length), 'done', first.id)
    closePanel(desk, 'merge')
    if (still()) desk.select(bridge, { reveal: true, focus: true, still })
  }
  return sent.state === 'done' || sent.state === 'queued'
}

/** Closes a panel after an answer, unless another one has been opened meanwhile. */
export function closePanel(desk: Desk, panel: Panel): void {
  if (desk.panel.get() === panel) desk.panel.set(null)
}

/** The next or previous stop. Works also when somebody else has taken the current bracket off the table. */
function from(desk: Desk, stops: readonly Stop[], direction: 1 | -1): Stop | null {
  const current = desk.current.get()
  const gone = !stops.some((stop) => stop.row.id === current)
  const resume = gone ? stops.find((stop) => stop.row.id === desk.resume.get()) : undefined
  if (!resume) return step(stops, current, direction)
  return direction === 1 ? resume : step(stops, resume.row.id, -1)
}

/** Makes keys be about a block: no bracket is current, and j and k go on from there. */
export function stayAt(desk: Desk, block: HostId | null): void {
  desk.select(null)
  desk.here.set(block)
  desk.resume.set(stopOnLeaving(desk.board.get(), null, block).next?.row.id ?? null)
}

export function walk(desk: Desk, direction: 1 | -1): void {
  const all = stopsOf(desk.board.get())
  const own = desk.view.get() === 'mine'
  const mine = writesUnder(desk.actor.get())
  const filter = desk.filter.get()
  // Brackets that are hidden by a filter are skipped.
  const stops = all.filter(
    ({ row, place }) => (!own || row.proponent === mine) && placeFits(place, filter, mine),
  )
  const next = from(desk, stops, direction)
  if (next) {
    if (!own) desk.view.set('all')
    return desk.select(next.row.id, { reveal: true, focus: true })
  }
  if (stops.length === 0) desk.said.set(strings.decided.none)
  else desk.said.set(direction === 1 ? strings.decided.lastStop : strings.decided.firstStop)
}
