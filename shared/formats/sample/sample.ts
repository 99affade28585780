import { anchorAt, itemAt, plainText } from '../../document/text/anchor.ts'
import { execute } from '../../document/commands/execute.ts'
import { wordsOf } from '../../document/proposed-words.ts'
import { createDocument } from '../../document/create.ts'
import type { OutcomeDocument } from '../../document/schema.ts'
import { addProposal, hostText, paragraphsInOrder } from '../../document/schema.ts'
import { followUp } from '../../document/issue/follow-up.ts'
import type { Command } from '../../model/command.ts'
import type {
  HostId,
  ParagraphId,
  ParticipantId,
  PersonId,
  ProposalId,
  RandomBytes,
} from '../../model/ids.ts'
import { newProposalId } from '../../model/ids.ts'
import { formatLabel } from '../../model/label.ts'
import { participantOf } from '../../model/participant.ts'
import type { Anchor, ProposalKind } from '../../model/proposals/proposal.ts'
import type { Role } from '../../model/role.ts'
import { sampleDraft } from './sample-draft.ts'
import { sampleProposals } from './sample-proposals.ts'
import { sampleTalks } from './sample-talks.ts'
import type { SampleNames, SampleProposal, SampleStep } from './sample-types.ts'

/** Writes {@link sampleDraft} and issues it as Rev.1. This is the first row of the sample's log. */
export function circulateSample(od: OutcomeDocument, random: RandomBytes, now: number): void {
  createDocument(od, sampleDraft, random, now)
  const at = now - (sampleProposals.length + sampleTalks.length + 1) * MINUTES
  const note = 'The Co-Facilitators circulate their draft for the first reading.'
  said(od, { by: 'facilitator', person: 'Elena Marsh' }, { kind: 'revision-issue', note }, at)
}

/** Makes the sample's brackets and what was said of them, one step after the other. */
export function negotiateSample(od: OutcomeDocument, random: RandomBytes, now: number): void {
  const named = new Map<string, ProposalId>()
  const byReference = new Map<string, ParagraphId>()
  for (const { label, id } of paragraphsInOrder(od)) if (label) byReference.set(formatLabel(label), id)
  const paragraphOf = (reference: number | string) =>
    found(byReference.get(String(reference)), `paragraph ${reference}`)
  const begun = now - (sampleProposals.length + sampleTalks.length) * MINUTES
  od.doc.transact(() => {
    const created = sampleProposals.map((proposal, i) => {
      const paragraph = paragraphOf(proposal.paragraph)
      const host =
        proposal.amends === undefined ? paragraph : found(named.get(proposal.amends), proposal.amends)
      const id = newProposalId(random)
      if (proposal.name !== undefined) named.set(proposal.name, id)
      const { kind, anchor, quote, text } = place(od, host, paragraph, proposal.change)
      const createdAt = begun + i * MINUTES
      const by = proposal.by as ParticipantId
      addProposal(od, id, { kind, by, person: proposal.person, createdAt, paragraph, quote }, anchor, text)
      return id
    })
    followUp(od, { created, anchored: created, revived: [] })
    const names: SampleNames = {
      paragraph: paragraphOf,
      wording(proposal) {
        const { text, struck } = wordsOf(od, proposal)
        return { seen: text, struck }
      },
      proposal(name) {
        const id = named.get(name) ?? newProposalId(random)
        named.set(name, id)
        return id
      },
      endOf(number, words) {
        const text = found(hostText(od, paragraphOf(number)), 'such text')
        return found(itemAt(text, quoteIn(plainText(text), words) + words.length - 1) ?? undefined, words)
      },
    }
    for (const [i, step] of sampleTalks.entries())
      said(od, step, step.ask(names), begun + (sampleProposals.length + i) * MINUTES)
  })
}

/** Throws when the room refuses the step, since that is a mistake in the sample. */
function said(
  od: OutcomeDocument,
  { by, person }: Pick<SampleStep, 'by' | 'person'>,
  command: Command,
  now: number,
): void {
  const role: Role = by === 'facilitator' || by === 'secretariat' ? by : 'delegation'
  const participant = participantOf(role, by as ParticipantId)
  const actor = { person: `sample-${by}` as PersonId, name: person, role, participant }
  const result = execute({ od, actor, now, sequence: 1 }, command)
  if (!result.ok) throw new Error(`the sample is refused: ${result.message}`)
}

/** The time between two steps, in milliseconds. */
const MINUTES = 7 * 60_000

interface Place {
  readonly kind: ProposalKind
  readonly anchor: Anchor
  readonly quote: string
  readonly text: string
}

function place(
  od: OutcomeDocument,
  host: HostId,
  paragraph: ParagraphId,
  change: SampleProposal['change'],
): Place {
  if (change.kind === 'new-paragraph') {
    return { kind: 'paragraph', anchor: { kind: 'after', paragraph }, quote: '', text: change.text }
  }
  const words = change.kind === 'insert' ? change.after : change.words
  const start = quoteIn(plainText(found(hostText(od, host), 'such host')), words)
  const end = start + words.length
  if (change.kind === 'insert') {
    return { kind: 'text', anchor: anchorAt(od, host, paragraph, end, end), quote: '', text: change.text }
  }
  const text = change.kind === 'replace' ? change.text : ''
  return { kind: 'text', anchor: anchorAt(od, host, paragraph, start, end), quote: words, text }
}

/**
 * Returns the offset of words quoted exactly. Throws when they occur never or twice, since that is a mistake in
 * the sample.
 */
function quoteIn(text: string, words: string): number {
  const start = text.indexOf(words)
  if (start < 0 || text.indexOf(words, start + 1) >= 0)
    throw new Error(`not exactly once in the text: ${words}`)
  return start
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the sample has no ${what}`)
  return value
}
