import type { Reopened } from '../../model/decision.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { isParagraphId } from '../../model/ids.ts'
import type { PositionEntry, Stated } from '../../model/position.ts'
import type { Revision } from '../../model/revision.ts'
import type { Silence } from '../../model/silence.ts'
import type { ParagraphStatus, StatusStep } from '../../model/status.ts'
import { paragraphOf } from '../agreement.ts'
import { itemsBetween, plainText } from '../text/anchor.ts'
import { causesOf } from './causes.ts'
import type { Cause, HistoryEvent } from './compared.ts'
import { touchedBy } from '../issue/revisions.ts'
import type { OutcomeDocument } from '../schema.ts'
import { baseTextOf, compareStrings, contentOf, headOf, recordGet } from '../schema.ts'

/**
 * Who asked for these words of a paragraph's base text, when, and who agreed: in the order of the words, each once.
 * `from` and `to` are offsets in UTF-16 units.
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

/** All that happened to a paragraph and is in the record, oldest first. */
export function paragraphHistory(od: OutcomeDocument, paragraph: ParagraphId): HistoryEvent[] {
  const events: HistoryEvent[] = []
  for (const key of od.proposals.keys()) {
    const id = key as ProposalId
    if (concerns(od, id, paragraph)) events.push(...ofProposal(od, id))
  }
  events.push(...positionsOn(od, paragraph, null))
  const status = recordGet(od, `status/${paragraph}`)
  if (status) events.push(...statusSteps(status))
  for (const [key, value] of od.record.entries()) {
    if (key.startsWith('revision/')) events.push(...renumbered(value as Revision, paragraph))
    else if (key.startsWith('silence/')) events.push(...broken(value as Silence, paragraph))
  }
  return events.sort(
    (a, b) =>
      a.at - b.at ||
      ORDER.indexOf(a.what) - ORDER.indexOf(b.what) ||
      compareStrings(a.proposal ?? '', b.proposal ?? ''),
  )
}

/** Of what bears the same time, in the order in which one leads to the other. */
const ORDER: readonly HistoryEvent['what'][] = [
  'proposed',
  'position',
  'decided',
  'reopened',
  'silence-broken',
  'status',
  'renumbered',
]

/** What changed it, what stands on it, and what was proposed on it wherever that went since. */
function concerns(od: OutcomeDocument, id: ProposalId, paragraph: ParagraphId): boolean {
  if (touchedBy(od, id)?.paragraphs.includes(paragraph)) return true
  const on = paragraphOf(od, id)
  if (on === paragraph) return true
  const head = headOf(od, id)
  if (head?.paragraph !== paragraph) return false
  // A new paragraph after this one has a history of its own, unless nothing came of it.
  const own = on === null && recordGet(od, `decision/${id}`)?.effect.kind !== 'none'
  return !own
}

function ofProposal(od: OutcomeDocument, id: ProposalId): HistoryEvent[] {
  const head = headOf(od, id)
  if (!head) return []
  const content = contentOf(od, id)
  const wording = content ? plainText(content) : ''
  const words = wording === '' ? head.quote : wording
  const told = { proposal: id, words }
  const kind = wording === '' ? 'deletion' : head.quote === '' ? 'insertion' : 'replacement'
  const detail = head.kind === 'text' ? kind : head.kind
  const events: HistoryEvent[] = [{ ...told, ...doneBy(head), at: head.createdAt, what: 'proposed', detail }]
  const decided = (was: Reopened['decision']) =>
    events.push({ ...told, ...doneBy(was), at: was.at, what: 'decided', detail: was.disposition })
  for (const reopened of recordGet(od, `reopened/${id}`) ?? []) {
    decided(reopened.decision)
    const { at, reason } = reopened
    events.push({ ...told, ...doneBy(reopened), at, what: 'reopened', detail: reason })
  }
  const decision = recordGet(od, `decision/${id}`)
  if (decision) decided(decision)
  const sponsors = recordGet(od, `sponsors/${id}`)
  const stand = (stated: Stated, position: string) =>
    events.push({ ...told, ...statedBy(stated), what: 'position', detail: position })
  for (const stated of sponsors?.cosponsors ?? []) stand(stated, 'co-sponsor')
  for (const stated of sponsors?.dissociated ?? []) stand(stated, 'dissociate')
  for (const { side, until, renewed, ...stated } of sponsors?.left ?? []) {
    const cosponsored = side === 'cosponsors'
    stand(stated, cosponsored ? 'co-sponsor' : 'dissociate')
    if (renewed) continue
    // Who said so for it is told by what it said instead, if anything.
    stand(
      { participant: stated.participant, person: '', at: until },
      cosponsored ? 'no-co-sponsor' : 'associate',
    )
  }
  const owner = recordGet(od, `owner/${id}`)
  if (owner) stand(owner, 'take-over')
  return [...events, ...positionsOn(od, id, words)]
}

const statedBy = ({ participant, person, via, at }: Stated) => ({
  ...doneBy({ by: participant, person, via }),
  at,
})

/** By whom, and who wrote it down for them. */
const doneBy = ({
  by,
  person,
  via,
}: {
  by: ParticipantId
  person: string
  via?: ParticipantId | undefined
}) => ({
  by,
  person,
  ...(via === undefined ? {} : { via }),
})

function positionsOn(
  od: OutcomeDocument,
  on: ParagraphId | ProposalId,
  words: string | null,
): HistoryEvent[] {
  const proposal = isParagraphId(on) ? null : on
  const entries: readonly PositionEntry[] = recordGet(od, `positions/${on}`) ?? []
  return entries.flatMap((entry) =>
    [...entry.earlier, entry].map(({ position, person, via, at }) => ({
      at,
      ...doneBy({ by: entry.participant, person, via }),
      what: 'position' as const,
      proposal,
      detail: position ?? 'taken-back',
      words: words ?? '',
    })),
  )
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
