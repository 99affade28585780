import type { BoardBlock, DecidedRow } from '#shared/document/composition/board.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { UNDO_WINDOW } from '#shared/model/proposals/decision.ts'
import { referenceInSentence, referenceOf } from '../paragraph/status.ts'
import { strings } from '../strings.ts'
import type { Desk } from './desk.ts'
import type { StillThere } from './focus.ts'
import { namedProposal } from './named-proposal.ts'
import { nameOf } from './names.ts'
import { notify } from './notify.ts'
import { send } from './send.ts'
import type { Sent } from './send.ts'
import { stopAt } from './walk.ts'

/** Takes decisions back: the last one by a key, any one from the history. */

/**
 * Takes back this person's last decision. One that the server has not answered yet is waited for. In the first seconds no
 * reason is needed; after that a dialog asks for it.
 */
export async function undoLast(desk: Desk): Promise<void> {
  const still = desk.port.noteFocus()
  const awaited = desk.pending.decision
  await awaited
  const shown = desk.notice.get()?.undo
  if (shown) return undoAtOnce(desk, shown, still)
  // The outcome of a decision that was waited for has already been reported.
  if (awaited) return
  const last = lastDecision(desk)
  if (!last) return notify(desk, strings.decided.nothingToUndo)
  if (desk.port.now() - last.decision.at < UNDO_WINDOW) return undoAtOnce(desk, last.id, still)
  desk.dialog.set({ kind: 'decision-reopen', proposal: last.id })
}

async function undoAtOnce(desk: Desk, id: ProposalId, still: StillThere): Promise<void> {
  const sent = await undoDecision(desk, id, { still })
  // The clocks differ, or the request took long.
  if (sent.state === 'refused' && sent.code === 'reason-needed')
    desk.dialog.set({ kind: 'decision-reopen', proposal: id })
}

/** The last decision that this person took and that stands; undefined for none. Withdrawals are none. */
export function lastDecision(desk: Desk): DecidedRow | undefined {
  const { participant, name } = desk.actor.get()
  return desk.board
    .get()
    .decided.find(
      ({ decision: { by, person, disposition, acceptedWith } }) =>
        by === participant && person === name && disposition !== 'withdrawn' && acceptedWith === undefined,
    )
}

/** "Not retained: KEN, 12". */
export const namedDecision = (desk: Desk, row: DecidedRow): string =>
  strings.heard.decision[row.decision.disposition](placeOfDecided(desk, row))

/** "KEN, 12": the proponent and the paragraph of a decided proposal. */
function placeOfDecided(desk: Desk, row: DecidedRow): string {
  const block = blockOf(desk, row)
  const reference = block ? referenceOf(block) : ''
  return `${nameOf(row.proponent)}${reference ? `, ${reference}` : ''}`
}

const blockOf = (desk: Desk, { block: at }: DecidedRow): BoardBlock | undefined =>
  desk.board.get().blocks.find(({ id }) => id === at)

function choiceTakenBack(desk: Desk, row: DecidedRow): string {
  const option = blockOf(desk, row)
  return strings.options.takenBack(option ? referenceInSentence(option) : '')
}

interface Undoing {
  readonly reason?: string
  /** The focus when this was requested, if not now. */
  readonly still?: StillThere
  /** Whether a form shows why it was refused. */
  readonly inForm?: boolean
}

/** Takes a decision back, and makes its proposal current: by Undo right after it, later with a reason. */
export async function undoDecision(desk: Desk, id: ProposalId, undoing: Undoing = {}): Promise<Sent> {
  const { reason = '', still = desk.port.noteFocus(), inForm = false } = undoing
  const row = desk.board.get().decided.find((decided) => decided.id === id)
  const what = row ? placeOfDecided(desk, row) : ''
  const why = reason === '' ? {} : { reason }
  const command = { kind: 'decision-undo', proposal: id, ...why } as const
  const sent = await send(desk, command, { about: id, oneAtATime: true, inForm })
  if (sent.state !== 'done') return sent
  desk.affected.set(null)
  const stop = stopAt(desk.board.get(), id)
  const say = reason === '' ? strings.decided.undone : strings.decided.reopened
  if (row?.head.kind === 'choice') notify(desk, choiceTakenBack(desk, row))
  else notify(desk, say(stop ? namedProposal(stop) : what))
  if (still()) desk.select(id, { reveal: true, focus: true, still })
  return sent
}
