import type { CommandResult, ParagraphChange, Refusal } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import type { Stated } from '../../model/proposals/position.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import { cutQuote } from '../../model/proposals/proposal.ts'
import { looksBlank } from '../../model/characters/text-policy.ts'
import { anchorAt, plainText } from '../text/anchor.ts'
import { idsBelow } from '../issue/families.ts'
import { giveNumbers } from '../issue/follow-up.ts'
import type { OutcomeDocument } from '../schema.ts'
import { addProposal, baseTextOf, headOf, isTaken, paragraphFacts, paragraphsInOrder } from '../schema.ts'
import type { Handlers } from './command-context.ts'
import { isRefusal, speaker } from './command-context.ts'
import { agreedBelow, belowItself } from './checks/families.ts'
import { cutAt, unsplittable, notFollowing, unavailable } from './checks/paragraphs.ts'
import { markOn } from './checks/note-marks.ts'
import { unfitForTable } from './checks/tables.ts'
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
  const unfit = unfitForTable(od, change)
  if (unfit) return unfit
  if (change.kind === 'paragraph') return unfitBlock(od, change)
  if (change.kind === 'note') return unfitNote(od, change)
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

type NoteChange = Extract<ParagraphChange, { kind: 'note' }>

/** A new block stands beside a paragraph and is no part of it, so that one may be agreed. */
function unfitBlock(
  od: OutcomeDocument,
  { paragraph, block, text }: Extract<ParagraphChange, { kind: 'paragraph' }>,
): Refusal | null {
  const facts = paragraphFacts(od, paragraph)
  if (!facts || facts.removed) return refuse('no-such-paragraph', 'This paragraph does not exist.')
  if (facts.kind === 'note')
    return refuse('not-allowed', 'Footnotes stand behind the text: nothing stands behind one.')
  if (block.kind === 'paragraph' && facts.kind !== 'paragraph')
    return refuse('not-allowed', 'Only a paragraph has paragraphs below it.')
  return looksBlank(text) ? refuse('invalid-text', 'It needs words.') : invalidText(text)
}

/** A footnote opens a bracket in the paragraph that its mark stands in. */
function unfitNote(od: OutcomeDocument, { text, ...on }: NoteChange): Refusal | null {
  const place = markOn(od, on)
  if (isRefusal(place)) return place
  return looksBlank(text) ? refuse('invalid-text', 'It needs words.') : invalidText(text)
}

function unfitFamily(od: OutcomeDocument, paragraph: ParagraphId): Refusal | null {
  if (idsBelow(od, paragraph).length === 0) return refuse('nothing-changed', 'Nothing stands below it.')
  return agreedBelow(od, paragraph)
}

const takesAlternatives = (facts: ParagraphFacts | undefined): boolean =>
  facts?.kind === 'paragraph' && facts.label !== null

type Move = Extract<ParagraphChange, { kind: 'move' }>

function immovable(od: OutcomeDocument, change: Move): Refusal | null {
  const { paragraph, after, below, under } = change
  const shown = paragraphsInOrder(od)
  const other = shown.find(({ id }) => id === after)
  if (after !== null && !other)
    return refuse('no-such-paragraph', 'The paragraph it shall stand after does not exist.')
  if (shown.some(({ id, kind }) => kind === 'note' && (id === paragraph || id === after)))
    return refuse(
      'not-allowed',
      'A footnote stands where its mark puts it, and no paragraph stands behind one.',
    )
  const at = shown.findIndex(({ id }) => id === paragraph)
  if (under && (other?.kind !== 'paragraph' || shown[at]?.kind !== 'paragraph'))
    return refuse('not-allowed', 'Only a paragraph has paragraphs below it.')
  const stays =
    after === paragraph || (after === (shown[at - 1]?.id ?? null) && !changesLevel(change, shown[at], other))
  if (stays) return refuse('nothing-changed', 'It stands there already.')
  return belowItself(od, paragraph, after, below === true) ?? (below ? unfitFamily(od, paragraph) : null)
}

/** Whether a paragraph that stands right behind another one is moved there to have another level. */
function changesLevel({ under }: Move, moved?: ParagraphFacts, after?: ParagraphFacts): boolean {
  if (moved?.kind !== 'paragraph' || after?.kind !== 'paragraph') return false
  return moved.level !== after.level + (under ? 1 : 0)
}

function propose(od: OutcomeDocument, id: ProposalId, change: ParagraphChange, said: Stated): CommandResult {
  if (change.kind === 'note') return proposeNote(od, id, change, said)
  const { kind, paragraph } = change
  const text = 'text' in change ? change.text : ''
  const block = change.kind === 'paragraph' ? { block: change.block } : {}
  const quotes = kind === 'delete-paragraph' || kind === 'alternative'
  const base = baseTextOf(od, paragraph)
  const quote = quotes && base ? cutQuote(plainText(base)) : ''
  addProposal(od, id, { kind, ...saidBy(said), paragraph, quote, ...block }, anchorFor(od, change), text)
  giveNumbers(od, [id])
  return DONE
}

function proposeNote(
  od: OutcomeDocument,
  id: ProposalId,
  { text, ...on }: NoteChange,
  said: Stated,
): CommandResult {
  const mark = markOn(od, on)
  if (isRefusal(mark)) return mark
  const paragraph = isProposalId(mark.host) ? headOf(od, mark.host)?.paragraph : mark.host
  if (!paragraph) return refuse('no-such-proposal', 'This proposal does not exist.')
  const block = { kind: 'note', mark } as const
  addProposal(
    od,
    id,
    { kind: 'paragraph', ...saidBy(said), paragraph, quote: '', block },
    { kind: 'after', paragraph },
    text,
  )
  giveNumbers(od, [id])
  return DONE
}

const saidBy = ({ participant: by, person, via, at: createdAt }: Stated) => ({
  by,
  ...(via === undefined ? {} : { via }),
  person,
  createdAt,
})

const belowField = ({ below }: { readonly below?: true }) => (below ? { below } : {})

function anchorFor(od: OutcomeDocument, change: Exclude<ParagraphChange, NoteChange>): Anchor {
  const { kind, paragraph } = change
  switch (kind) {
    case 'reservation':
      return { kind: 'whole', paragraph, other: null }
    case 'delete-paragraph':
      return { kind: 'whole', paragraph, other: null, ...belowField(change) }
    case 'alternative':
    case 'paragraph':
      return { kind: 'after', paragraph }
    case 'move':
      return {
        kind: 'whole',
        paragraph,
        other: change.after,
        ...belowField(change),
        ...(change.under ? { under: change.under } : {}),
      }
    case 'join':
      return { kind: 'whole', paragraph, other: change.next }
    case 'split': {
      const at = cutAt(od, paragraph, change.at) ?? 0
      return anchorAt(od, paragraph, paragraph, at, at)
    }
  }
}
