import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'
import type { Silence } from '../../model/silence.ts'
import type { ParagraphStatus, StatusStep } from '../../model/status.ts'
import { paragraphOf } from '../agreement.ts'
import { itemsBetween } from '../text/anchor.ts'
import { causesOf } from './causes.ts'
import type { Cause, HistoryEvent } from './compared.ts'
import { touchedBy } from '../issue/revisions.ts'
import type { OutcomeDocument } from '../schema.ts'
import { baseTextOf, compareStrings, headOf } from '../schema.ts'
import { entriesOf, recordGet } from '../records.ts'
import { eventsOfProposal, positionsOn, statedBy } from './of-proposal.ts'

/**
 * Returns who asked for the words of a paragraph's base text from `from` to `to` (UTF-16 units), when, and who
 * decided: in the order of the words, each once.
 */
export function phraseHistory(
  od: OutcomeDocument,
  paragraph: ParagraphId,
  from: number,
  to: number,
): readonly Cause[] {
  const text = baseTextOf(od, paragraph)
  if (!text) return []
  const causes = causesOf(od)
  return [...new Set(itemsBetween(text, from, to).flatMap((item) => causes.of(item)))]
}

/** Returns everything in the record that happened to a paragraph, oldest first. */
export function paragraphHistory(od: OutcomeDocument, paragraph: ParagraphId): HistoryEvent[] {
  const events: HistoryEvent[] = []
  for (const key of od.proposals.keys()) {
    const id = key as ProposalId
    if (concerns(od, id, paragraph)) events.push(...eventsOfProposal(od, id))
  }
  events.push(...positionsOn(od, paragraph, null))
  const status = recordGet(od, `status/${paragraph}`)
  if (status) events.push(...statusSteps(status))
  for (const [, revision] of entriesOf(od, 'revision')) events.push(...renumbered(revision, paragraph))
  for (const [, silence] of entriesOf(od, 'silence')) events.push(...broken(silence, paragraph))
  return events.sort(
    (a, b) =>
      a.at - b.at ||
      ORDER.indexOf(a.what) - ORDER.indexOf(b.what) ||
      compareStrings(a.proposal ?? '', b.proposal ?? ''),
  )
}

/** The order of events that have the same time: a cause comes before its result. */
const ORDER: readonly HistoryEvent['what'][] = [
  'proposed',
  'position',
  'reworded',
  'emptied',
  'decided',
  'reopened',
  'silence-broken',
  'status',
  'renumbered',
]

/**
 * Whether a proposal belongs to a paragraph's history: it changed the paragraph, is on it, or was proposed on
 * it.
 */
function concerns(od: OutcomeDocument, id: ProposalId, paragraph: ParagraphId): boolean {
  if (touchedBy(od, id)?.paragraphs.includes(paragraph)) return true
  const on = paragraphOf(od, id)
  if (on === paragraph || isChosenBy(od, id, paragraph)) return true
  const head = headOf(od, id)
  if (head?.paragraph !== paragraph) return false
  // An accepted new paragraph after this one has its own history. One that was not accepted is told here.
  const own = on === null && recordGet(od, `decision/${id}`)?.effect.kind !== 'none'
  return !own
}

function isChosenBy(od: OutcomeDocument, id: ProposalId, option: ParagraphId): boolean {
  const anchor = od.anchors.get(id)
  return headOf(od, id)?.kind === 'choice' && anchor?.kind === 'whole' && anchor.other === option
}

function statusSteps(status: ParagraphStatus): HistoryEvent[] {
  const steps: readonly StatusStep[] = [...status.earlier, status]
  return steps.map(({ at, by, person, status: detail, reason }) => ({
    at,
    by,
    person,
    what: 'status' as const,
    proposal: null,
    detail,
    words: reason ?? '',
  }))
}

function renumbered({ at, by, person, concordance }: Revision, paragraph: ParagraphId): HistoryEvent[] {
  const row = concordance.find((one) => one.paragraph === paragraph)
  if (!row || row.now === row.was) return []
  const detail = `${row.was ?? '–'} → ${row.now ?? '–'}`
  return [{ at, by, person, what: 'renumbered', proposal: null, detail, words: '' }]
}

const broken = ({ breaks }: Silence, paragraph: ParagraphId): HistoryEvent[] =>
  breaks
    .filter(({ paragraphs }) => paragraphs.includes(paragraph))
    .map((one) => ({
      ...statedBy(one),
      what: 'silence-broken' as const,
      proposal: null,
      detail: one.objection,
      words: one.text,
    }))
