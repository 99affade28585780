import type { ProposalRow } from '#shared/document/board.ts'
import type { Command } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { strings } from '../strings.ts'
import type { Desk } from './desk.ts'
import { onward, step, stopAt, stopsOf } from './walk.ts'
import type { Stop } from './walk.ts'

/** From a person's choice on a card to the server and back to what the screen says of it. */

export type Choice =
  | { readonly kind: 'accept' }
  | { readonly kind: 'accept-with-changes'; readonly text: string }
  | { readonly kind: 'not-retain' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'keep' }

let notices = 0

export function notify(
  desk: Desk,
  text: string,
  tone: 'done' | 'refused' = 'done',
  undo: ProposalId | null = null,
): void {
  desk.notice.set({ key: ++notices, tone, text, undo })
  desk.said.set(text)
}

const named = ({ row, block }: Stop): string => strings.proposalIn(row.head.by, row.nature, block.label)

/** One decision; afterwards the next bracket is the current one. */
export async function decide(desk: Desk, id: ProposalId, choice: Choice): Promise<void> {
  const stop = stopAt(desk.board.get(), id)
  if (!stop || desk.busy.get().has(id)) return
  const stops = stopsOf(desk.board.get())
  const next = choice.kind === 'keep' ? null : onward(stops, id)
  const result = await during(desk, id, () => desk.port.execute(commandFor(stop.row, choice)))
  if (result.ok === 'queued') return queued(desk, id)
  if (!result.ok) return notify(desk, result.message, 'refused')
  desk.rewording.set(null)
  report(desk, stop, choice)
  if (result.affected.length > 0) offerAffected(desk, named(stop), result.affected)
  settleAffected(desk, id)
  const first = desk.affected.get()?.ids[0] ?? next
  if (desk.current.get() !== id || (choice.kind === 'keep' && first === null)) return
  const typing = desk.caret.get().kind !== 'none'
  desk.select(first, typing ? {} : { reveal: true, focus: true })
  if (first === null) desk.said.set(strings.decided.none)
}

/** Kept on this device until the server can be reached; nothing on the screen says that it has happened. */
function queued(desk: Desk, id: ProposalId): void {
  if (desk.rewording.get() === id) desk.rewording.set(null)
  notify(desk, strings.decided.queued)
}

function commandFor(row: ProposalRow, choice: Choice): Command {
  const proposal = row.id
  switch (choice.kind) {
    case 'accept':
      return { kind: 'proposal-accept', proposal, seen: row.text }
    case 'accept-with-changes':
      return { kind: 'proposal-accept', proposal, text: choice.text, seen: row.text }
    case 'not-retain':
      return { kind: 'proposal-not-retain', proposal }
    case 'withdraw':
      return { kind: 'proposal-withdraw', proposal }
    case 'keep':
      return { kind: 'proposal-keep', proposal }
  }
}

function report(desk: Desk, stop: Stop, choice: Choice): void {
  const what = named(stop)
  const id = stop.row.id
  switch (choice.kind) {
    case 'accept':
      return notify(desk, strings.decided.accept(what), 'done', id)
    case 'accept-with-changes':
      return notify(desk, strings.decided.acceptWithChanges(what), 'done', id)
    case 'not-retain':
      return notify(desk, strings.decided.notRetained(what), 'done', id)
    case 'withdraw':
      return notify(desk, strings.decided.withdrawn(what))
    case 'keep':
      return notify(desk, strings.decided.kept(what))
  }
}

function offerAffected(desk: Desk, cause: string, ids: readonly ProposalId[]): void {
  const already = desk.affected.get()?.ids ?? []
  desk.affected.set({ cause, ids: [...already, ...ids.filter((id) => !already.includes(id))] })
}

function settleAffected(desk: Desk, id: ProposalId): void {
  const choice = desk.affected.get()
  if (!choice?.ids.includes(id)) return
  const ids = choice.ids.filter((other) => other !== id)
  desk.affected.set(ids.length > 0 ? { ...choice, ids } : null)
}

/** Takes a decision back: Undo right after it, or Reopen from the history. */
export async function undoDecision(desk: Desk, id: ProposalId): Promise<void> {
  const row = desk.board.get().decided.find((decided) => decided.id === id)
  const block = desk.board.get().blocks.find((candidate) => candidate.id === row?.block)
  const result = await during(desk, id, () => desk.port.execute({ kind: 'decision-undo', proposal: id }))
  if (result.ok === 'queued') return queued(desk, id)
  if (!result.ok) return notify(desk, result.message, 'refused')
  desk.affected.set(null)
  const stop = stopAt(desk.board.get(), id)
  const what = row ? `${row.head.by}${block?.label ? `, ${block.label}` : ''}` : ''
  notify(desk, strings.decided.reopened(stop ? named(stop) : what))
  desk.select(id, { reveal: true, focus: true })
}

/** What the current one was followed by comes next also when somebody else has taken that off the table. */
function from(desk: Desk, stops: readonly Stop[], direction: 1 | -1): Stop | null {
  const current = desk.current.get()
  const gone = current !== null && !stops.some((stop) => stop.row.id === current)
  const resume = gone ? stops.find((stop) => stop.row.id === desk.resume.get()) : undefined
  if (!resume) return step(stops, current, direction)
  return direction === 1 ? resume : step(stops, resume.row.id, -1)
}

export function walk(desk: Desk, direction: 1 | -1): void {
  const all = stopsOf(desk.board.get())
  const own = desk.view.get() === 'mine'
  const mine = desk.actor.get().participant
  const stops = own ? all.filter((stop) => stop.row.head.by === mine) : all
  const next = from(desk, stops, direction)
  if (next) {
    if (!own) desk.view.set('all')
    return desk.select(next.row.id, { reveal: true, focus: true })
  }
  if (stops.length === 0) desk.said.set(strings.decided.none)
  else desk.said.set(direction === 1 ? strings.decided.lastStop : strings.decided.firstStop)
}

async function during<T>(desk: Desk, id: ProposalId, work: () => Promise<T>): Promise<T> {
  desk.busy.set(new Set([...desk.busy.get(), id]))
  try {
    return await work()
  } finally {
    const busy = new Set(desk.busy.get())
    busy.delete(id)
    desk.busy.set(busy)
  }
}
