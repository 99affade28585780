import { anchorAt, plainText } from '../document/anchor.ts'
import { createDocument } from '../document/create.ts'
import type { OutcomeDocument } from '../document/schema.ts'
import { addProposal, hostText, paragraphsInOrder } from '../document/schema.ts'
import { settle } from '../document/settle.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId, RandomBytes } from '../model/ids.ts'
import { newProposalId } from '../model/ids.ts'
import type { Anchor, ProposalKind } from '../model/proposal.ts'
import { sampleDraft } from './sample-draft.ts'

/** One bracket of the sample, told as a person would: which words, by whom, what instead. */
export interface SampleProposal {
  /** Named only where another proposal amends its wording. */
  readonly name?: string
  readonly by: string
  readonly person: string
  /** The number of the paragraph; for `new-paragraph` the one it follows. */
  readonly paragraph: number
  /** The proposal whose wording is amended, instead of the paragraph's base text. */
  readonly amends?: string
  readonly change:
    | { readonly kind: 'insert'; readonly after: string; readonly text: string }
    | { readonly kind: 'delete'; readonly words: string }
    | { readonly kind: 'replace'; readonly words: string; readonly text: string }
    | { readonly kind: 'new-paragraph'; readonly text: string }
}

export const sampleProposals: readonly SampleProposal[] = [
  {
    by: 'KEN',
    person: 'Amina Otieno',
    paragraph: 2,
    change: { kind: 'insert', after: 'snow, ice, wetlands', text: ', groundwater' },
  },
  {
    by: 'NOR',
    person: 'Ingrid Dahl',
    paragraph: 3,
    change: { kind: 'replace', words: 'grave concern', text: 'alarm' },
  },
  {
    by: 'JPN',
    person: 'Haruto Mori',
    paragraph: 3,
    change: { kind: 'replace', words: 'grave concern', text: 'concern' },
  },
  {
    name: 'equity',
    by: 'G77',
    person: 'Rafael Duarte',
    paragraph: 6,
    change: {
      kind: 'insert',
      after: 'equity, solidarity',
      text: ', common but differentiated responsibilities',
    },
  },
  {
    by: 'EU',
    person: 'Clara Weiss',
    paragraph: 6,
    amends: 'equity',
    change: {
      kind: 'insert',
      after: 'differentiated responsibilities',
      text: ' and respective capabilities, in the light of different national circumstances',
    },
  },
  {
    by: 'EU',
    person: 'Clara Weiss',
    paragraph: 10,
    change: { kind: 'delete', words: ' and free of charge' },
  },
  {
    by: 'BRA',
    person: 'Luísa Prado',
    paragraph: 10,
    change: { kind: 'replace', words: 'Agree', text: 'Agree, in accordance with national legislation,' },
  },
  {
    by: 'EGY',
    person: 'Samir Halim',
    paragraph: 12,
    change: {
      kind: 'insert',
      after: 'springs, terraces',
      text: ', underground channels (aflaj, “الأفلاج”)',
    },
  },
  {
    name: 'restore',
    by: 'KEN',
    person: 'Amina Otieno',
    paragraph: 16,
    change: {
      kind: 'replace',
      words: 'at least one third',
      text: 'at least one half, with adequate means of implementation,',
    },
  },
  {
    by: 'JPN',
    person: 'Haruto Mori',
    paragraph: 16,
    amends: 'restore',
    change: { kind: 'replace', words: 'adequate', text: 'appropriate' },
  },
  {
    by: 'CHN',
    person: 'Lin Yue',
    paragraph: 17,
    change: { kind: 'replace', words: 'in public and in good time', text: 'in accordance with national law' },
  },
  {
    by: 'G77',
    person: 'Rafael Duarte',
    paragraph: 19,
    change: {
      kind: 'new-paragraph',
      text: 'We reaffirm that the financing of mountain freshwater should not be counted towards commitments made elsewhere, and that loans should not add to the debt of those who protect the sources.',
    },
  },
  {
    by: 'NOR',
    person: 'Ingrid Dahl',
    paragraph: 20,
    change: { kind: 'delete', words: ' on mutually agreed terms' },
  },
  {
    by: 'EU',
    person: 'Clara Weiss',
    paragraph: 26,
    change: { kind: 'insert', after: 'Establish a voluntary fund', text: ', of limited duration,' },
  },
]

/** The ready sample consultation: {@link sampleDraft} with {@link sampleProposals} in an empty document. */
export function createSample(od: OutcomeDocument, random: RandomBytes, now: number): void {
  createDocument(od, sampleDraft, random)
  const named = new Map<string, ProposalId>()
  const byNumber = new Map<number, ParagraphId>()
  for (const facts of paragraphsInOrder(od)) if (facts.label) byNumber.set(facts.label.number, facts.id)
  od.doc.transact(() => {
    const created = sampleProposals.map((proposal, i) => {
      const paragraph = found(byNumber.get(proposal.paragraph), `paragraph ${proposal.paragraph}`)
      const host =
        proposal.amends === undefined ? paragraph : found(named.get(proposal.amends), proposal.amends)
      const id = newProposalId(random)
      if (proposal.name !== undefined) named.set(proposal.name, id)
      const { kind, anchor, quote, text } = place(od, host, paragraph, proposal.change)
      const createdAt = now - (sampleProposals.length - i) * MINUTES
      const by = proposal.by as ParticipantId
      addProposal(od, id, { kind, by, person: proposal.person, createdAt, paragraph, quote }, anchor, text)
      return id
    })
    settle(od, { created, anchored: created, revived: [] })
  })
}

/** Between one delegation's bracket and the next one's. */
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

/** Words are given by exact quote; one that is not there, or twice, is a mistake in the sample. */
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
