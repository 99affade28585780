import type { Emptied, LastWords } from '../../model/proposals/emptied.ts'
import { EMPTIED_WAIT } from '../../model/proposals/emptied.ts'
import type { ParticipantId, ProposalId } from '../../model/ids.ts'
import type { Stated } from '../../model/proposals/position.ts'
import { close } from './closing.ts'
import { notePlacing } from './placing.ts'
import { isRequest } from '../../model/proposals/proposal.ts'
import { anchoredTo, isOpen } from '../open.ts'
import { cut, wordsOf } from '../proposed-words.ts'
import type { OutcomeDocument } from '../schema.ts'
import { contentOf, headOf, proponentOf } from '../schema.ts'
import { entriesOf, recordDelete, recordGet, recordSet } from '../records.ts'
import { insertPieces, piecesBetween } from '../text/wording.ts'

/**
 * What becomes of a proposal that its author empties. It is no longer shown. If others have spoken of it, it is withdrawn
 * after {@link EMPTIED_WAIT}, on record and with its last words, so that a supporter may take it over. The wait is there
 * because its author may be about to type it anew.
 *
 *     emptied ── filled again within EMPTIED_WAIT ──▶ it was reworded
 *        └────── left empty ──▶ spoken of: withdrawn, its words put back; else: taken back, and nothing more
 *
 * `emptied/<id>` exists as long as the proposal is empty; `emptying` lists the proposals that are still waiting. Both are
 * written in the batch that holds the author's update, so a server that is restarted in between finds what is due.
 */

/**
 * Whether nothing of a proposal is shown: it has no wording and deletes no words. Never true of a request,
 * which its proponent withdraws by a command.
 */
export function isEmptied(od: OutcomeDocument, id: ProposalId): boolean {
  const head = headOf(od, id)
  if (!head || isRequest(head.kind) || (contentOf(od, id)?.length ?? 0) > 0) return false
  return od.anchors.get(id)?.kind !== 'range'
}

/** Returns how a proposal reads and where it is now, for the case that its author empties it. */
export function lastWordsOf(od: OutcomeDocument, id: ProposalId): LastWords {
  const content = contentOf(od, id)
  const text = content ? piecesBetween(content, 0, content.length) : []
  return { text, struck: wordsOf(od, id).struck, anchor: od.anchors.get(id) ?? null }
}

/**
 * Records that its author has emptied it. A proposal that had no words before is not recorded. Only the server
 * calls it, in a transaction.
 */
export function noteEmptied(od: OutcomeDocument, id: ProposalId, last: LastWords, said: Stated): void {
  if (last.text.length === 0 && last.anchor?.kind !== 'range') return
  recordSet(od, `emptied/${id}`, { ...said, ...last, struck: cut(last.struck) })
  awaitEnd(od, id)
}

/** Removes that record when its author has written in it again. */
export function noteFilled(od: OutcomeDocument, id: ProposalId): void {
  if (!recordGet(od, `emptied/${id}`)) return
  recordDelete(od, `emptied/${id}`)
  forget(od, id)
}

/** Called when somebody speaks of a proposal: if it is empty, it now has to be withdrawn when its time has come. */
export function noteSpokenOf(od: OutcomeDocument, id: ProposalId): void {
  if (recordGet(od, `emptied/${id}`) && isOpen(od, id)) awaitEnd(od, id)
}

const waiting = (od: OutcomeDocument): readonly ProposalId[] => recordGet(od, 'emptying') ?? []

function awaitEnd(od: OutcomeDocument, id: ProposalId): void {
  if (!waiting(od).includes(id)) recordSet(od, 'emptying', [...waiting(od), id])
}

function forget(od: OutcomeDocument, id: ProposalId): void {
  if (waiting(od).includes(id))
    recordSet(
      od,
      'emptying',
      waiting(od).filter((other) => other !== id),
    )
}

const endOf = (od: OutcomeDocument, id: ProposalId): number =>
  (recordGet(od, `emptied/${id}`)?.at ?? 0) + EMPTIED_WAIT

/** Returns when the next emptied proposal is due, in milliseconds since 1970; null when none is. */
export const emptiedDueAt = (od: OutcomeDocument): number | null =>
  waiting(od).reduce<number | null>((first, id) => Math.min(first ?? Infinity, endOf(od, id)), null)

/** Ends the emptied proposals that are due, each as of the moment it was due. Call it inside a transaction. */
export function endEmptied(od: OutcomeDocument, now: number): void {
  for (const id of waiting(od)) {
    if (endOf(od, id) > now) continue
    forget(od, id)
    const emptied = recordGet(od, `emptied/${id}`)
    if (emptied && isOpen(od, id) && isEmptied(od, id) && isSpokenOf(od, id)) withdraw(od, id, emptied)
  }
}

function withdraw(od: OutcomeDocument, id: ProposalId, emptied: Emptied): void {
  const { participant: by, person, via } = emptied
  const signed = { by, person, at: endOf(od, id), ...(via === undefined ? {} : { via }) }
  restoreLastWords(od, id)
  close(od, id, { disposition: 'withdrawn', ...signed })
}

/** Restores the wording and the anchor that a proposal had before it was emptied. Does nothing when it was not. */
export function restoreLastWords(od: OutcomeDocument, id: ProposalId): void {
  const emptied = recordGet(od, `emptied/${id}`)
  const content = contentOf(od, id)
  if (!emptied || !content || !isEmptied(od, id)) return
  noteFilled(od, id)
  insertPieces(content, 0, emptied.text)
  if (od.anchors.has(id) || !emptied.anchor) return
  od.anchors.set(id, emptied.anchor)
  notePlacing(od, id, null)
}

/** Whether others have spoken of it: a position, a co-sponsor, a condition, a comment or an amendment. */
export function isSpokenOf(od: OutcomeDocument, id: ProposalId): boolean {
  const { cosponsors = [], dissociated = [], left = [] } = recordGet(od, `sponsors/${id}`) ?? {}
  const said = [...(recordGet(od, `positions/${id}`) ?? []), ...cosponsors, ...dissociated, ...left]
  if (said.length > 0 || recordGet(od, `condition/${id}`)) return true
  const proponent = proponentOf(od, id)
  return isCommented(od, id, proponent) || isAmended(od, id, proponent)
}

function isCommented(od: OutcomeDocument, id: ProposalId, proponent: ParticipantId | undefined): boolean {
  for (const [, { on, participant, removed }] of entriesOf(od, 'comment')) {
    if (on === id && participant !== proponent && !removed) return true
  }
  return false
}

function isAmended(od: OutcomeDocument, id: ProposalId, proponent: ParticipantId | undefined): boolean {
  return anchoredTo(od, id).some(
    (amendment) =>
      proponentOf(od, amendment) !== proponent && (!isOpen(od, amendment) || !isEmptied(od, amendment)),
  )
}
