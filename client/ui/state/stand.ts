import type { DecidedRow, ProposalRow } from '#shared/document/composition/board.ts'
import { isOnEarlier } from '#shared/model/proposals/position.ts'
import type { Fingerprint } from '#shared/model/proposals/wording.ts'
import type { AsSeen, Command, PositionCommand } from '#shared/model/command.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import type { Position, PositionEntry, Stated } from '#shared/model/proposals/position.ts'
import { can } from '#shared/model/role.ts'
import { strings } from '../strings.ts'
import type { Desk } from './desk.ts'
import { nameOf } from './names.ts'
import { notify } from './notify.ts'
import { send } from './send.ts'
import { answersTo, asSpeaker, proponentFor, speakerAt } from './speaking.ts'
import { blocksById, stopAt } from './walk.ts'
import { namedProposal } from './named-proposal.ts'

/** Actions of a delegation: positions, co-sponsoring, conditions, tabling of drafts. */

const words = strings.proposals

/** "KEN’s insertion in 12", "paragraph 12". */
export function named(desk: Desk, on: HostId): string {
  const board = desk.board.get()
  if (!isProposalId(on)) return words.position.paragraph(blocksById(board).get(on)?.label ?? '')
  const stop = stopAt(board, on)
  return stop ? namedProposal(stop) : ''
}

/** The position taken on a wording under any of these names. `wording` null: on any wording. */
export function positionOf(
  entries: readonly PositionEntry[],
  names: readonly ParticipantId[],
  wording: Fingerprint | null = null,
): Position | null {
  const entry = entries.find(({ participant }) => names.includes(participant))
  return entry && !isOnEarlier(entry, wording) ? entry.position : null
}

export const isAmong = (stated: readonly Stated[], names: readonly ParticipantId[]): boolean =>
  stated.some(({ participant }) => names.includes(participant))

/** The position of this person's side on the wording that is shown. */
function heldPosition(desk: Desk, on: HostId, names: readonly ParticipantId[]): Position | null {
  const board = desk.board.get()
  const spoken = isProposalId(on) ? stopAt(board, on)?.row : blocksById(board).get(on)
  return spoken ? positionOf(spoken.positions, names, spoken.spokenOf.wording) : null
}

/** The shown words, to be sent with a statement; the server refuses it if the wording has changed. */
function asShown(desk: Desk, on: HostId): AsSeen {
  const board = desk.board.get()
  if (!isProposalId(on)) return { seen: blocksById(board).get(on)?.base ?? '' }
  const row = stopAt(board, on)?.row
  return row ? seenIn(row) : {}
}

/** A proposal's wording and place, as commands about it name them. */
export const seenIn = ({ proposes: { text, struck, placing = 0 } }: ProposalRow) => ({
  seen: text,
  struck,
  placing,
})

/** Takes a position for whom this person speaks, or takes it back if it is already held on this wording. */
export async function takePosition(desk: Desk, on: HostId, wanted: Position): Promise<void> {
  const who = speakerAt(desk)
  const asked = desk.pending.positions
  const names = who === null ? [] : answersTo(desk.actor.get(), who)
  const held = asked.has(on) ? asked.get(on) : heldPosition(desk, on, names)
  return setPosition(desk, on, held === wanted ? null : wanted)
}

/** Sets the position, whatever is held; null takes it back. */
export async function setPosition(desk: Desk, on: HostId, position: Position | null): Promise<void> {
  const who = speakerAt(desk)
  if (who === null) return notify(desk, whyNoSpeaker(desk), 'refused')
  const names = answersTo(desk.actor.get(), who)
  if (isProposalId(on) && names.includes(stopAt(desk.board.get(), on)?.row.proponent ?? NOBODY))
    return notify(desk, words.position.ownProposal, 'refused')
  const asked = desk.pending.positions
  asked.set(on, position)
  const what = named(desk, on)
  const behalf = asSpeaker(desk.actor.get(), who)
  const done = await sendAbout(desk, on, {
    kind: 'position-take',
    on,
    position,
    ...(position === null ? {} : asShown(desk, on)),
    ...behalf,
  })
  if (asked.get(on) === position) {
    const shown = heldPosition(desk, on, names) === position
    if (shown || !done) asked.delete(on)
    else forgetLater(desk, on, position)
  }
  if (!done) return
  desk.said.set(
    position === null ? words.position.tookBack(who, what) : words.position.took(position, who, what),
  )
}

/** Removes a pending position at the next change of the board, which will show it. */
function forgetLater(desk: Desk, on: HostId, position: Position | null): void {
  const stop = desk.board.subscribe(() => {
    stop()
    if (desk.pending.positions.get(on) === position) desk.pending.positions.delete(on)
  })
}

/** Sends a command; true when it was executed now. Earlier commands need not be awaited, since order is kept. */
const sendAbout = async (desk: Desk, about: HostId, command: Command): Promise<boolean> =>
  (await send(desk, command, { about })).state === 'done'

/** A name that no participant has. */
const NOBODY = '' as ParticipantId

function whyNoSpeaker(desk: Desk): string {
  const { role } = desk.actor.get()
  return can(role, 'write-for-others') ? words.position.noSpeaker : words.position.observer
}

export type Stance = 'cosponsor' | 'dissociate' | 'neither'

export async function setSide(desk: Desk, row: ProposalRow, stance: Stance): Promise<void> {
  const who = speakerAt(desk)
  if (who === null) return notify(desk, whyNoSpeaker(desk), 'refused')
  const wasDissociated = isAmong(row.sponsorship.dissociated, answersTo(desk.actor.get(), who))
  const what = named(desk, row.id)
  const behalf = asSpeaker(desk.actor.get(), who)
  const seen = stance === 'neither' ? {} : seenIn(row)
  const command = { kind: 'proposal-sponsor', proposal: row.id, stance, ...seen, ...behalf } as const
  if (!(await sendAbout(desk, row.id, command))) return
  const { added, dissociated, associated, removed } = words.sponsor
  const said = { cosponsor: added, dissociate: dissociated, neither: wasDissociated ? associated : removed }
  notify(desk, said[stance](who, what))
}

/** Adds the name of whom this person speaks for to a proposal, or removes it. */
export function toggleCosponsor(desk: Desk, row: ProposalRow): void {
  const who = speakerAt(desk)
  const names = who === null ? [] : answersTo(desk.actor.get(), who)
  if (names.includes(row.proponent)) return notify(desk, words.position.ownProposal, 'refused')
  const { cosponsors } = row.sponsorship
  const stands = isAmong(
    cosponsors.filter((stated) => !isOnEarlier(stated, row.spokenOf.wording)),
    names,
  )
  void setSide(desk, row, stands ? 'neither' : 'cosponsor')
}

type Condition = Extract<PositionCommand, { kind: 'proposal-condition' }>['condition']

export async function setCondition(desk: Desk, row: ProposalRow, condition: Condition): Promise<void> {
  const actor = desk.actor.get()
  const who = proponentFor(actor, desk.writing.get(), row)
  if (who === null) return
  const what = named(desk, row.id)
  const seen = condition === null ? {} : seenIn(row)
  const still = desk.port.noteFocus()
  const command = { kind: 'proposal-condition', proposal: row.id, condition, ...seen } as const
  if (!(await sendAbout(desk, row.id, { ...command, ...asSpeaker(actor, who) }))) return
  const { proposal, kind } = desk.task.get() ?? {}
  if (proposal === row.id && kind === 'condition') desk.task.set(null)
  desk.wantFocus(row.id, still)
  notify(desk, condition === null ? words.condition.lifted(what) : words.condition.said(what))
}

export async function tableDraft(desk: Desk, row: ProposalRow): Promise<void> {
  if (row.space === null) return notify(desk, words.draft.notADraft, 'refused')
  const command = { kind: 'drafts-table', space: row.space, drafts: [row.id] } as const
  if (await sendAbout(desk, row.id, command)) notify(desk, words.draft.tabled(named(desk, row.id)))
}

/** Whether this person's delegation supported a withdrawn proposal and may take it over. */
export const mayTakeOver = (row: DecidedRow, names: readonly ParticipantId[]): boolean =>
  row.decision.disposition === 'withdrawn' &&
  (positionOf(row.positions, names) === 'support' || isAmong(row.sponsorship.cosponsors, names))

export async function takeOver(desk: Desk, row: DecidedRow, who: ParticipantId): Promise<void> {
  const { id, proponent, text: seen, placing } = row
  const still = desk.port.noteFocus()
  const behalf = asSpeaker(desk.actor.get(), who)
  if (!(await sendAbout(desk, id, { kind: 'proposal-take-over', proposal: id, seen, placing, ...behalf })))
    return
  notify(desk, words.act.tookOver(who, nameOf(proponent)))
  if (still()) desk.select(id, { reveal: true, focus: true, still })
}
