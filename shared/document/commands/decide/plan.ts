import type * as Y from 'yjs'
import type { Command, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { Disposition, TextPiece } from '../../../model/decision.ts'
import type { ParagraphId, ProposalId } from '../../../model/ids.ts'
import { CONTENT_LIMIT, isBlockKind, isOnWords } from '../../../model/proposal.ts'
import type { Anchor, WordAnchor } from '../../../model/proposal.ts'
import { isInAgreed } from '../../agreement.ts'
import type { Span } from '../../text/anchor.ts'
import { anchorAt, plainText, probesOf, readHost, spanOf } from '../../text/anchor.ts'
import { forward } from '../../follow/forward.ts'
import { isLiveHost, openOn } from '../../open.ts'
import { isRequest } from '../../composition/requests.ts'
import { withStranded } from '../../../model/stranded.ts'
import { looksBlank, stripText } from '../../../model/text-policy.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { baseTextOf, contentOf, headOf, hostText } from '../../schema.ts'
import type { Common } from '../../text/wording.ts'
import { commonEnds, piecesBetween, plain, revise } from '../../text/wording.ts'
import { badText } from '../characters.ts'
import { isRefusal } from '../command-context.ts'
import { leavesWordsOut, partOf } from './in-part.ts'
import type { OnSpan } from './neighbours.ts'
import { othersOn } from './neighbours.ts'
import { unavailable } from '../paragraphs.ts'

/** What accepting a proposal would do, worked out before anything is changed. */

/** How it is accepted: as proposed, with changes, or in part. */
export type AcceptedWording = Pick<Extract<Command, { kind: 'proposal-accept' }>, 'text' | 'part'>

export type Plan = WordsPlan | ParagraphPlan | WholePlan

/** The wording goes into the text of a host, behind the words that it replaces. */
export interface WordsPlan extends Worded {
  readonly kind: 'words'
  readonly anchor: WordAnchor
  readonly host: Y.Text
  /** The words that the proposal is on. */
  readonly span: Span
  /** Those that go, or the empty place where the wording goes in. */
  readonly taken: Span
  /** The words it is on go; false: it was accepted without that part. */
  readonly strike: boolean
  readonly spaced: Spaced
  /** The other open proposals on the host. */
  readonly others: readonly OnSpan[]
}

/** The wording becomes a paragraph. */
export interface ParagraphPlan extends Worded {
  readonly kind: 'paragraph'
  readonly after: ParagraphId
}

/** Something happens to a paragraph as such; there is no wording. */
export interface WholePlan {
  readonly kind: 'whole'
  readonly id: ProposalId
  readonly anchor: Anchor
}

interface Worded {
  readonly id: ProposalId
  readonly pieces: readonly TextPiece[]
  /** What it shares with the proposed wording; null: it is the proposed one. */
  readonly common: Common | null
  readonly disposition: Disposition
  /** Length of the proposed wording. */
  readonly proposed: number
}

interface Spaced {
  readonly before: boolean
  readonly after: boolean
}

/** Null where there is something to decide about, in a paragraph that takes changes. */
export function notDecidable(od: OutcomeDocument, id: ProposalId): Refusal | null {
  if (!contentOf(od, id) || !effectiveAnchor(od, id)) return TAKEN_BACK
  return isInAgreed(od, id) ? AGREED : null
}

const TAKEN_BACK = refuse('gone', 'Its author has taken this proposal back.')

export function planOf(od: OutcomeDocument, id: ProposalId, choice: AcceptedWording): Plan | Refusal {
  const content = contentOf(od, id)
  const placed = content && effectiveAnchor(od, id)
  if (!content || !placed) return TAKEN_BACK
  if (isInAgreed(od, id)) return AGREED
  const proposed = piecesBetween(content, 0, content.length)
  const anchor = forward(od, placed)
  const kind = headOf(od, id)?.kind ?? 'text'
  if (anchor.kind === 'whole' || isRequest(kind))
    return choice.text === undefined && !choice.part
      ? { kind: 'whole', id, anchor }
      : refuse('not-allowed', 'It has no wording of its own to be changed.')
  if (kind === 'alternative') return inPlaceOf(od, id, anchor.paragraph, proposed, choice)
  if (anchor.kind === 'after') {
    const wording = wordingOf(proposed, choice, false)
    if (isRefusal(wording)) return wording
    return looksBlank(plain(wording.pieces))
      ? refuse('gone', 'There are no words in this new paragraph.')
      : { kind: 'paragraph', id, after: anchor.paragraph, ...wording }
  }
  return planOnWords(od, id, anchor, proposed, choice)
}

/** An alternative takes the place of all words of its paragraph. */
function inPlaceOf(
  od: OutcomeDocument,
  id: ProposalId,
  paragraph: ParagraphId,
  proposed: readonly TextPiece[],
  choice: AcceptedWording,
): WordsPlan | Refusal {
  const refusal = unavailable(od, paragraph)
  if (refusal) return refusal
  const words = anchorAt(od, paragraph, paragraph, 0, baseTextOf(od, paragraph)?.length ?? 0)
  return isOnWords(words) && !looksBlank(choice.text ?? plain(proposed))
    ? planOnWords(od, id, words, proposed, choice)
    : refuse('nothing-changed', 'This alternative has no words yet.')
}

export const AGREED = refuse('paragraph-agreed', 'This paragraph is agreed: reopen it first.')

/**
 * Where a proposal stands. Without an anchor its author took it back while a colleague wrote in it: what is left is shown
 * at the end, and goes in there. Null: nothing is left.
 */
export function effectiveAnchor(od: OutcomeDocument, id: ProposalId): Anchor | null {
  const anchor = od.anchors.get(id)
  const head = headOf(od, id)
  if (anchor || !head) return anchor ?? null
  if (!contentOf(od, id)?.length && openOn(od, id).length === 0) return null
  const { kind, paragraph } = head
  if (isBlockKind(kind)) return { kind: 'after', paragraph }
  const end = baseTextOf(od, paragraph)?.length
  return end === undefined ? null : anchorAt(od, paragraph, paragraph, end, end)
}

export const invalidText = (text: string): Refusal | null =>
  text.length > CONTENT_LIMIT
    ? refuse('invalid-text', 'This wording is too long.')
    : badText(text, 'line', 'this wording')

/**
 * A wording from before there was a policy, without what may not stand in a text: it goes in as accepted with changes, so the
 * record says both. What may be right beside the words around it stays.
 */
const readable = (proposed: string): string =>
  stripText(proposed, 'line', { before: null, goesOn: true, isCut: true }).text

type Wording = Omit<Worded, 'id'>

/** `onWords`: there are words that it would strike. */
function wordingOf(
  pieces: readonly TextPiece[],
  { text, part }: AcceptedWording,
  onWords: boolean,
): Wording | Refusal {
  const proposed = plain(pieces)
  const invalid = text === undefined ? null : invalidText(text)
  if (invalid) return invalid
  const wanted = part && text !== undefined ? partOf(proposed, text) : (text ?? readable(proposed))
  if (wanted === null)
    return refuse('not-a-part', 'A part takes words of the proposed wording only, in their order.')
  const strikes = onWords && part?.strike !== false
  if (part && wanted === '' && !strikes) return refuse('not-a-part', 'Nothing of it would be left.')
  const inPart = part && (leavesWordsOut(proposed, wanted) || (onWords && !strikes))
  const common = wanted === proposed ? null : commonEnds(proposed, wanted)
  return {
    pieces: common === null ? pieces : revise(pieces, wanted),
    common,
    disposition: inPart ? 'accepted-in-part' : common === null ? 'accepted' : 'accepted-as-amended',
    proposed: proposed.length,
  }
}

function planOnWords(
  od: OutcomeDocument,
  id: ProposalId,
  anchor: WordAnchor,
  proposed: readonly TextPiece[],
  choice: AcceptedWording,
): WordsPlan | Refusal {
  const host = hostText(od, anchor.host)
  const span = host && spanOf(anchor, readHost(host, probesOf(anchor)).offsets)
  if (!host || !span || !isLiveHost(od, anchor.host))
    return refuse('host-closed', 'What this proposal is on is no longer on the table.')
  const wording = wordingOf(proposed, choice, span.start < span.end)
  if (isRefusal(wording)) return wording
  const strike = choice.part?.strike !== false
  const text = plainText(host)
  const struck = strike ? span : { start: span.end, end: span.end }
  const taken = wording.pieces.length > 0 ? struck : closingUp(text, struck)
  const beside = !strike || isGone(host, anchor, span)
  const spaced = beside ? spacesAround(text, taken, plain(wording.pieces)) : NO_SPACES
  const others = othersOn(od, anchor.host, id)
  return { kind: 'words', id, anchor, host, span, taken, strike, spaced, others, ...wording }
}

/** A deleted word takes the joiners beside its letters and one of the spaces around it along: two in a row, or one before a comma, nobody asked for. */
function closingUp(text: string, struck: Span): Span {
  const { start, end } = struck.start === struck.end ? struck : withStranded(text, struck)
  const spaceBefore = start === 0 || text[start - 1] === ' '
  if (start === end || !spaceBefore) return { start, end }
  if (text[end] === ' ') return { start, end: end + 1 }
  return start > 0 && /^[.,;:!?)\]،؛؟]/u.test(text.slice(end)) ? { start: start - 1, end } : { start, end }
}

/** The words that its author saw there are gone, so it may stand beside words that it was not written for. */
function isGone(host: Y.Text, anchor: WordAnchor, { start, end }: Span): boolean {
  if (anchor.kind === 'range') return start === end
  const { at: item } = anchor
  if (item === null) return false
  const [before, after] = readHost(host, [
    { item, side: 'before' },
    { item, side: 'after' },
  ]).offsets
  return before === after
}

const NO_SPACES: Spaced = { before: false, after: false }
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}]$/u
const STARTS_AS_WORD = /^[\p{L}\p{N}]/u

/** Two words are not run together. */
function spacesAround(text: string, { start, end }: Span, wording: string): Spaced {
  const before = text.slice(Math.max(0, start - 2), start)
  const after = text.slice(end, end + 2)
  return {
    before: ENDS_IN_WORD.test(before) && STARTS_AS_WORD.test(wording),
    after: ENDS_IN_WORD.test(wording) && STARTS_AS_WORD.test(after),
  }
}
