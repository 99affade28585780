import type { Effect } from '../../model/proposals/decision.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { formatLabel, hasReference } from '../../model/label.ts'
import type { Label } from '../../model/label.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import type { ConcordanceReason, ConcordanceRow, Revision } from '../../model/revision.ts'
import { touchedSince } from './revisions.ts'
import type { ChangedBy } from './revisions.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf, proponentOf } from '../schema.ts'

/** What is known of one paragraph between two revisions. */
interface Known {
  readonly contributors: ParticipantId[]
  readonly why: Set<ConcordanceReason>
}

/**
 * Returns which former number became which new one. Call it before the new numbers are written. `numbers` are
 * these; a paragraph without one loses its number. A moved paragraph is listed under the number it had before
 * it was moved.
 */
export function concordance(
  od: OutcomeDocument,
  paragraphs: readonly ParagraphFacts[],
  numbers: ReadonlyMap<ParagraphId, Label>,
  last: Revision | null,
): ConcordanceRow[] {
  const known = new Map<ParagraphId, Known>()
  for (const touched of touchedSince(od, last)) note(od, touched, known)
  const rows: ConcordanceRow[] = []
  for (const { id, label, former } of paragraphs) {
    const now = written(numbers.get(id))
    const was = written(former ?? label)
    if (now === null && was === null) continue
    const row = { paragraph: id, now, was }
    const { contributors = [], why = new Set<ConcordanceReason>() } = known.get(id) ?? {}
    rows.push({ ...row, contributors, why: reasons(row, why) })
  }
  return rows
}

const written = (label: Label | null | undefined): string | null =>
  hasReference(label) ? formatLabel(label) : null

function note(
  od: OutcomeDocument,
  { proposal, decision, paragraphs }: ChangedBy,
  known: Map<ParagraphId, Known>,
): void {
  const reason = reasonOf(od, { proposal, decision, paragraphs })
  const by = proponentOf(od, proposal)
  for (const paragraph of paragraphs) {
    const entry = known.get(paragraph) ?? { contributors: [], why: new Set() }
    known.set(paragraph, entry)
    if (by && !entry.contributors.includes(by)) entry.contributors.push(by)
    if (reason) entry.why.add(reason)
  }
}

const reasonOf = (od: OutcomeDocument, { proposal, decision }: ChangedBy): ConcordanceReason | null =>
  reasonOfEffect(od, proposal, decision.effect)

function reasonOfEffect(od: OutcomeDocument, proposal: ProposalId, effect: Effect): ConcordanceReason | null {
  switch (effect.kind) {
    case 'family-changed':
      return reasonOfEffect(od, proposal, effect.parts[0]!)
    case 'paragraph-added':
      return headOf(od, proposal)?.kind === 'alternative' ? 'alternative' : 'new'
    case 'paragraph-vacated':
      return 'deleted'
    case 'paragraph-moved':
      return 'moved'
    case 'paragraph-split':
      return 'split'
    case 'paragraphs-joined':
      return 'merged'
    case 'merged':
      return headOf(od, proposal)?.kind === 'alternative' ? 'alternative' : null
    case 'none':
    case 'merged-into':
      return null
  }
}

/** The order in which reasons are listed: what best explains the number comes first. */
const ORDER: readonly ConcordanceReason[] = ['new', 'moved', 'split', 'merged', 'deleted', 'alternative']

/** Returns why a paragraph has another number, in the order of `ORDER`. */
function reasons(
  { now, was }: Pick<ConcordanceRow, 'now' | 'was'>,
  why: ReadonlySet<ConcordanceReason>,
): ConcordanceReason[] {
  const given = ORDER.filter((reason) => why.has(reason))
  const explained = why.has('new') || why.has('moved')
  return now === null || now === was || explained ? given : [...given, 'renumbered']
}
