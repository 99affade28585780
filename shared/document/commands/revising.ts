import type { CommandResult } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import { labelKey } from '../../model/label-path.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import { hasOpenBrackets, isOpenBracket } from '../agreement.ts'
import { concordance } from '../issue/concordance.ts'
import { notesInOrder } from '../issue/footnotes.ts'
import { renumbered } from '../issue/renumber.ts'
import type { Renumbered } from '../issue/renumber.ts'
import { revisionsOf } from '../issue/revisions.ts'
import { lastSilence } from '../issue/silence.ts'
import { anchoredTo, isOpen } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf, madeOf, paragraphsInOrder } from '../schema.ts'
import { entriesOf, recordDelete, recordGet, recordSet } from '../records.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { notAllowed } from './command-context.ts'
import type { Steps } from '../steps.ts'
import { badRemark } from './checks/remarks.ts'

export const revising: Handlers<'revision-issue'> = {
  'revision-issue': (executing, { note }) => issue(executing, note),
}

function* issue({ od, actor, now, sequence }: CommandContext, note: string): Steps<CommandResult> {
  if (actor.participant === null) return notAllowed('issue a revision')
  if (lastSilence(od)?.state === 'running')
    return refuse(
      'silence-running',
      'A revision is under silence. Wait for the deadline before issuing the next.',
    )
  const invalid = note.trim() === '' ? null : badRemark(note, 'a cover note')
  if (invalid) return invalid
  const last = revisionsOf(od).at(-1) ?? null
  const number = (last?.number ?? 0) + 1
  const { paragraphs, proposed } = notesInOrder(od, paragraphsInOrder(od))
  moveProposed(od, proposed)
  const numbered = renumbered(od, paragraphs)
  yield
  const rows = concordance(od, paragraphs, numbered.paragraphs, last)
  const open = yield* countOpen(od)
  clearVacant(od, paragraphs)
  yield
  giveNumbers(od, paragraphs, numbered)
  const { participant: by, name: person } = actor
  recordSet(od, `revision/${number}`, {
    number,
    sequence,
    at: now,
    by,
    person,
    note,
    concordance: rows,
    open,
  })
  return DONE
}

/** Gives the proposed footnotes their places in the order of the marks. */
function moveProposed(od: OutcomeDocument, proposed: ReadonlyMap<ProposalId, string>): void {
  for (const [id, order] of proposed) {
    const issued = recordGet(od, `label/${id}`)
    if (issued && issued.order !== order) recordSet(od, `label/${id}`, { ...issued, order })
  }
}

/** Proposals that are counted in one step. */
const COUNTED = 500

function* countOpen(od: OutcomeDocument): Steps<number> {
  let open = 0
  for (const [i, id] of [...od.proposals.keys()].entries()) {
    if (i % COUNTED === 0) yield
    if (isOpenBracket(od, id as ProposalId)) open++
  }
  return open
}

/**
 * Removes vacant numbers. A vacant paragraph that still has open proposals stays shown, without a number. A
 * proposal to move another paragraph after a vacant one is re-anchored to the last paragraph before it that has words.
 */
function clearVacant(od: OutcomeDocument, paragraphs: readonly ParagraphFacts[]): void {
  const standIns = new Map<ParagraphId, ParagraphId | null>()
  let last: ParagraphId | null = null
  for (const { id, vacant } of paragraphs) {
    if (vacant) standIns.set(id, last)
    else last = id
  }
  for (const [id, other] of standIns) {
    const moves = anchoredTo(od, id).filter((move) => headOf(od, move)?.kind === 'move' && isOpen(od, move))
    // What is asked of a paragraph above it does not keep an empty number.
    if (!hasOpenBrackets(od, id, new Map())) od.paragraphs.get(id)?.set('removed', true)
    for (const move of moves) {
      const anchor = od.anchors.get(move)
      if (anchor?.kind === 'whole' && anchor.other === id) od.anchors.set(move, { ...anchor, other })
    }
  }
}

function giveNumbers(od: OutcomeDocument, paragraphs: readonly ParagraphFacts[], numbered: Renumbered): void {
  for (const { id, label, order } of paragraphs) {
    const map = od.paragraphs.get(id)
    if (map?.get('order') !== order) map?.set('order', order)
    const next = numbered.paragraphs.get(id) ?? null
    if (!isSameLabel(next, label)) map?.set('label', next)
    if (map?.get('former')) map.set('former', null)
  }
  // A removed paragraph keeps a number only as an open proposal, since accepting that again would bring the
  // number back.
  for (const map of od.paragraphs.values())
    if (map.get('removed') === true && map.get('label')) map.set('label', null)
  for (const [proposal, issued] of entriesOf(od, 'label')) {
    const label = numbered.proposed.get(proposal)
    if (label !== undefined) recordSet(od, `label/${proposal}`, { ...issued, label })
    // If the proposal is reopened later, it gets a number of the round that is on then.
    else recordDelete(od, `label/${proposal}`)
  }
  for (const [proposal, label] of numbered.proposed) od.paragraphs.get(madeOf(proposal))?.set('label', label)
}

const isSameLabel = (a: Label | null, b: Label | null): boolean =>
  a && b ? labelKey(a) === labelKey(b) : a === b
