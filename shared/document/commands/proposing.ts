import type { CommandResult, ParagraphChange, Refusal } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import type { Stated } from '../../model/proposals/position.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import { cutQuote } from '../../model/proposals/proposal.ts'
import { anchorAt, plainText } from '../text/anchor.ts'
import { idsBelow } from '../issue/families.ts'
import { issueAlternative } from '../issue/numbering.ts'
import type { OutcomeDocument } from '../schema.ts'
import { addProposal, baseTextOf, isTaken, paragraphFacts, paragraphsInOrder } from '../schema.ts'
import { recordSet } from '../records.ts'
import type { Handlers } from './command-context.ts'
import { isRefusal, speaker } from './command-context.ts'
import { agreedBelow, belowItself } from './checks/families.ts'
import { cutAt, unsplittable, notFollowing, unavailable } from './checks/paragraphs.ts'
import { invalidText } from './decide/plan.ts'

export const proposing: Handlers<'paragraph-propose'> = {
  'paragraph-propose': (executing, { proposal, change, onBehalfOf }) => {
    const said = speaker(executing, onBehalfOf)
    if (isRefusal(said)) return said
    return refusalOf(executing.od, proposal, change) ?? propose(executing.od, proposal, change, said)
  },
}

/** Returns null when this can be proposed. */
function refusalOf(od: OutcomeDocument, id: ProposalId, change: ParagraphChange): Refusal | null {
  if (isTaken(od, id)) return refuse('id-taken', 'There is a proposal of this identity already.')
  const unavailing = unavailable(od, change.paragraph)
  if (unavailing) return unavailing
  switch (change.kind) {
    case 'reservation':
      return null
    case 'delete-paragraph':
      return change.below ? unfitFamily(od, change.paragraph) : null
    case 'alternative':
      if (!takesAlternatives(paragraphFacts(od, change.paragraph)))
        return refuse(
          'not-allowed',
          'Only a numbered paragraph takes an alternative: propose other words instead.',
        )
      return invalidText(change.text)
    case 'move':
      return immovable(od, change)
    case 'split':
      return unsplittable(od, change.paragraph, cutAt(od, change.paragraph, change.at))
    case 'join':
      return unavailable(od, change.next) ?? notFollowing(od, change.paragraph, change.next)
  }
}

function unfitFamily(od: OutcomeDocument, paragraph: ParagraphId): Refusal | null {
  if (idsBelow(od, paragraph).length === 0) return refuse('nothing-changed', 'Nothing stands below it.')
  return agreedBelow(od, paragraph)
}

const takesAlternatives = (facts: ParagraphFacts | undefined): boolean =>
  facts?.kind === 'paragraph' && facts.label !== null

type Move = Extract<ParagraphChange, { kind: 'move' }>

function immovable(od: OutcomeDocument, { paragraph, after, below }: Move): Refusal | null {
  const shown = paragraphsInOrder(od)
  if (after !== null && !shown.some(({ id }) => id === after))
    return refuse('no-such-paragraph', 'The paragraph it shall stand after does not exist.')
  if (shown.some(({ id, kind }) => kind === 'note' && (id === paragraph || id === after)))
    return refuse(
      'not-allowed',
      'A footnote stands where its mark puts it, and no paragraph stands behind one.',
    )
  const at = shown.findIndex(({ id }) => id === paragraph)
  const before = shown[at - 1]?.id ?? null
  if (after === paragraph || after === before) return refuse('nothing-changed', 'It stands there already.')
  return belowItself(od, paragraph, after, below === true) ?? (below ? unfitFamily(od, paragraph) : null)
}

function propose(
  od: OutcomeDocument,
  id: ProposalId,
  change: ParagraphChange,
  { participant: by, person, via, at: createdAt }: Stated,
): CommandResult {
  const { kind, paragraph } = change
  const quotes = kind === 'delete-paragraph' || kind === 'alternative'
  const text = baseTextOf(od, paragraph)
  const quote = quotes && text ? cutQuote(plainText(text)) : ''
  const head = { kind, by, ...(via === undefined ? {} : { via }), person, createdAt, paragraph, quote }
  addProposal(od, id, head, anchorFor(od, change), kind === 'alternative' ? change.text : '')
  const issued = kind === 'alternative' ? issueAlternative(od, paragraph) : null
  if (issued) recordSet(od, `label/${id}`, issued)
  return DONE
}

const belowField = ({ below }: { readonly below?: true }) => (below ? { below } : {})

function anchorFor(od: OutcomeDocument, change: ParagraphChange): Anchor {
  const { kind, paragraph } = change
  switch (kind) {
    case 'reservation':
      return { kind: 'whole', paragraph, other: null }
    case 'delete-paragraph':
      return { kind: 'whole', paragraph, other: null, ...belowField(change) }
    case 'alternative':
      return { kind: 'after', paragraph }
    case 'move':
      return { kind: 'whole', paragraph, other: change.after, ...belowField(change) }
    case 'join':
      return { kind: 'whole', paragraph, other: change.next }
    case 'split': {
      const at = cutAt(od, paragraph, change.at) ?? 0
      return anchorAt(od, paragraph, paragraph, at, at)
    }
  }
}
