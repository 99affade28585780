import type * as Y from 'yjs'
import type { Command, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { Common, Disposition, TextPiece } from '../../../model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '../../../model/ids.ts'
import { CONTENT_LIMIT, isBlockKind, isOnWords, isRequest } from '../../../model/proposals/proposal.ts'
import type { Anchor, WordAnchor } from '../../../model/proposals/proposal.ts'
import { isInAgreed } from '../../agreement.ts'
import type { Span } from '../../text/anchor.ts'
import { anchorAt, plainText, probesOf, readHost, spanOf } from '../../text/anchor.ts'
import { forward } from '../../follow/forward.ts'
import { isLiveHost, openOn } from '../../open.ts'
import { withStranded } from '../../../model/characters/stranded.ts'
import { looksBlank, stripText } from '../../../model/characters/text-policy.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { baseTextOf, contentOf, headOf, hostText } from '../../schema.ts'
import { commonEnds, piecesBetween, plain, revise } from '../../text/wording.ts'
import { badText } from '../checks/characters.ts'
import { isRefusal } from '../command-context.ts'
import { leavesWordsOut, partOf } from './in-part.ts'
import type { OnSpan } from './neighbours.ts'
import { othersOn } from './neighbours.ts'
import { unavailable } from '../checks/paragraphs.ts'

/**
 * A plan says what accepting a proposal would do. Making one changes nothing, so the interface makes one to
 * show the consequences and the server makes the same one to carry it out.
 */

export type AcceptedWording = Pick<Extract<Command, { kind: 'proposal-accept' }>, 'text' | 'part'>

export type Plan = WordsPlan | ParagraphPlan | WholePlan

/**
 * The wording is inserted into the text of a host, behind the words that it replaces. Offsets are UTF-16 units
 * of it.
 */
export interface WordsPlan extends Worded {
  readonly kind: 'words'
  readonly anchor: WordAnchor
  readonly host: Y.Text
  /** The words that the proposal is anchored to. */
  readonly span: Span
  /** The words that will be deleted: `span`, and what closes up with it; empty for an insertion. */
  readonly taken: Span
  /** Whether the words it is anchored to are deleted. False when it was accepted without that part. */
  readonly strike: boolean
  readonly spaced: Spaced
  readonly others: readonly OnSpan[]
}

/** The wording becomes a new paragraph after `after`. */
export interface ParagraphPlan extends Worded {
  readonly kind: 'paragraph'
  readonly after: ParagraphId
}

/** A proposal about a paragraph as a whole (deletion, move, split, merger): it has no wording. */
export interface WholePlan {
  readonly kind: 'whole'
  readonly id: ProposalId
  readonly anchor: Anchor
}

interface Worded {
  readonly id: ProposalId
  readonly pieces: readonly TextPiece[]
  /**
   * What the wording shares with the proposed one at its ends, in UTF-16 units; null when it is the proposed
   * one.
   */
  readonly common: Common | null
  readonly disposition: Disposition
  /** Length of the proposed wording, in UTF-16 units. */
  readonly proposed: number
}

interface Spaced {
  readonly before: boolean
  readonly after: boolean
}

/** Returns null when the proposal still has content and a place, and stands on a paragraph that takes changes. */
export function notDecidable(od: OutcomeDocument, id: ProposalId): Refusal | null {
  if (!contentOf(od, id) || !effectiveAnchor(od, id)) return TAKEN_BACK
  return isInAgreed(od, id) ? AGREED : null
}

const TAKEN_BACK = refuse('gone', 'Its author has taken this proposal back.')

/**
 * Returns what accepting the proposal with this choice would do, or why it cannot be accepted so. Changes
 * nothing.
 */
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

/** The plan for an alternative: it replaces all words of its paragraph. */
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
 * Returns the anchor of a proposal. Its author can remove the anchor while a colleague writes in the wording;
 * what the colleague wrote is then shown at the end of the block, and would be inserted there. Returns null
 * when nothing is left.
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
 * Wordings written before the text policy existed may hold forbidden characters. They are removed here, which
 * makes it an acceptance with changes, so that the record holds both wordings. A character that can be right
 * beside the surrounding words is kept.
 */
const readable = (proposed: string): string =>
  stripText(proposed, 'line', { before: null, goesOn: true, isCut: true }).text

type Wording = Omit<Worded, 'id'>

/** Returns the wording to insert, or a refusal. `onWords`: accepting the proposal whole would delete words. */
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

/**
 * Widens the deleted span so that the text closes up: by joiners beside its letters, and by one space where the
 * deletion would leave two in a row or one before a comma.
 */
function closingUp(text: string, struck: Span): Span {
  const { start, end } = struck.start === struck.end ? struck : withStranded(text, struck)
  const spaceBefore = start === 0 || text[start - 1] === ' '
  if (start === end || !spaceBefore) return { start, end }
  if (text[end] === ' ') return { start, end: end + 1 }
  return start > 0 && /^[.,;:!?)\]،؛؟]/u.test(text.slice(end)) ? { start: start - 1, end } : { start, end }
}

/**
 * Whether the words that the author saw at the anchor are deleted. The wording may then stand beside words that
 * it was not written for, so spaces are added around it.
 */
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

/** Says on which sides a space must be inserted so that two words do not run together. */
function spacesAround(text: string, { start, end }: Span, wording: string): Spaced {
  const before = text.slice(Math.max(0, start - 2), start)
  const after = text.slice(end, end + 2)
  return {
    before: ENDS_IN_WORD.test(before) && STARTS_AS_WORD.test(wording),
    after: ENDS_IN_WORD.test(wording) && STARTS_AS_WORD.test(after),
  }
}
