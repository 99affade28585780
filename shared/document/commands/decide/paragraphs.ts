import type { ParagraphMoved, ParagraphVacated } from '../../../model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '../../../model/ids.ts'
import type { ParagraphFacts } from '../../../model/paragraph.ts'
import type { Consequence, WholeAnchor } from '../../../model/proposals/proposal.ts'
import { issueFirst, issueLabel, issueUnder, Numbers } from '../../issue/numbering.ts'
import { anchoredTo, isOpen, isShownOrRequest, openOn } from '../../open.ts'
import type { IssuedLabel } from '../../records.ts'
import { recordGet, recordSet } from '../../records.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { baseTextOf, headOf, paragraphFacts, setLevel } from '../../schema.ts'
import { piecesBetween, runsBetween } from '../../text/wording.ts'

/** What deleting and moving does to one paragraph. */

/**
 * The consequences when a paragraph loses all its words: for proposals on its words and on the paragraph as a
 * whole.
 */
export function withoutWords(od: OutcomeDocument, id: ProposalId, paragraph: ParagraphId): Consequence[] {
  const onWords = openOn(od, paragraph).filter((on) => isShownOrRequest(od, on))
  const gone = [...onWords.map((on) => on.id), ...openOf(od, paragraph)]
  return gone
    .filter((other) => other !== id)
    .map((proposal): Consequence => ({ proposal, becomes: 'words-gone' }))
}

/** Returns the open proposals about a paragraph as a whole, and the open alternatives to it. */
export function openOf(od: OutcomeDocument, paragraph: ParagraphId): ProposalId[] {
  return anchoredTo(od, paragraph).filter((id) => {
    const anchor = od.anchors.get(id)
    if (anchor?.paragraph !== paragraph || !isOpen(od, id)) return false
    return anchor.kind === 'whole' || headOf(od, id)?.kind === 'alternative'
  })
}

export function vacate(od: OutcomeDocument, paragraph: ParagraphId): ParagraphVacated {
  const text = baseTextOf(od, paragraph)!
  const deleted = piecesBetween(text, 0, text.length)
  const deletedRuns = runsBetween(text, 0, text.length)
  text.delete(0, text.length)
  od.paragraphs.get(paragraph)!.set('vacant', true)
  return { kind: 'paragraph-vacated', paragraph, deleted, deletedRuns }
}

/**
 * Moves a paragraph. Until the next revision it shows the number that it had when the round began, however
 * often it is moved. A paragraph takes a label and the level of its new place, a heading the next number of its kind if
 * it has one.
 */
export function move(
  od: OutcomeDocument,
  id: ProposalId,
  paragraph: ParagraphId,
  { other: after, under }: Pick<WholeAnchor, 'other' | 'under'>,
): ParagraphMoved {
  const facts = paragraphFacts(od, paragraph)!
  const { order, label, former, level } = facts
  const place = under && after ? issueUnder(od, after) : placeBehind(od, facts, after)
  const issued = place.label === null ? place : issuedOnce(od, id, place)
  const from = { order, label, former, ...(level > 0 ? { level } : {}) }
  const to = { ...issued, former: former ?? label }
  placeParagraph(od, paragraph, to)
  return { kind: 'paragraph-moved', paragraph, from, to }
}

/** Returns the place that a paragraph takes behind another one, or, for null, before all others. */
function placeBehind(od: OutcomeDocument, moved: ParagraphFacts, after: ParagraphId | null): IssuedLabel {
  const { kind, label, level } = moved
  if (kind === 'heading' && label) return new Numbers(od).division({ ...moved, label }, after)
  const place = after === null ? issueFirst(od) : issueLabel(od, after)
  return kind === 'heading' ? { label: null, order: place.order, level } : place
}

/** Puts a paragraph at a place in the order, with the label, the level and the former label of that place. */
export function placeParagraph(
  od: OutcomeDocument,
  paragraph: ParagraphId,
  place: ParagraphMoved['to'],
): void {
  const map = od.paragraphs.get(paragraph)!
  map.set('order', place.order)
  map.set('label', place.label)
  map.set('former', place.former)
  setLevel(map, place.level)
}

/**
 * Returns the label that this proposal was given when it was accepted before; otherwise gives it `fresh` for
 * good.
 */
export function issuedOnce(od: OutcomeDocument, id: ProposalId, fresh: IssuedLabel): IssuedLabel {
  const issued = recordGet(od, `label/${id}`) ?? fresh
  recordSet(od, `label/${id}`, issued)
  return issued
}
