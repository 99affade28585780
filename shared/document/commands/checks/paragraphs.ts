import type { Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { ParagraphId } from '../../../model/ids.ts'
import type { ItemId } from '../../../model/proposals/proposal.ts'
import { offsetAfter, plainText } from '../../text/anchor.ts'
import { looksBlank } from '../../../model/characters/text-policy.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { baseTextOf, isAgreedParagraph, paragraphFacts, paragraphsInOrder } from '../../schema.ts'

/**
 * Conditions for asking or doing something with a paragraph as a whole. Each check returns null when its
 * condition holds and otherwise the refusal.
 */

export function unavailable(od: OutcomeDocument, id: ParagraphId): Refusal | null {
  const facts = paragraphFacts(od, id)
  if (!facts || facts.removed) return refuse('no-such-paragraph', 'This paragraph does not exist.')
  if (facts.kind === 'separator')
    return refuse('not-allowed', 'A line of asterisks has no words to speak of.')
  if (facts.vacant) return refuse('gone', 'This number stands empty.')
  return isAgreedParagraph(od, id)
    ? refuse('paragraph-agreed', 'This paragraph is agreed: reopen it first.')
    : null
}

/**
 * Returns the offset at which a paragraph is split when `last` is the last character that stays, in UTF-16
 * units; null when the paragraph does not hold that character.
 */
export function cutAt(od: OutcomeDocument, id: ParagraphId, last: ItemId | null): number | null {
  const text = baseTextOf(od, id)
  const offset = text ? offsetAfter(text, last) : null
  if (!text || offset === null) return null
  // An offset between the two halves of a surrogate pair is moved behind the pair.
  return /^[\uDC00-\uDFFF]/.test(plainText(text).slice(offset, offset + 1)) ? offset + 1 : offset
}

export function unsplittable(od: OutcomeDocument, id: ParagraphId, cut: number | null): Refusal | null {
  const text = baseTextOf(od, id)
  if (cut === null || !text || paragraphFacts(od, id)?.kind !== 'paragraph')
    return refuse('not-allowed', 'It cannot be split there.')
  const words = plainText(text)
  return looksBlank(words.slice(0, cut)) || looksBlank(words.slice(cut))
    ? refuse('nothing-changed', 'One of the two parts would have no words.')
    : null
}

/** Only neighbouring paragraphs can be merged. A vacant number between them does not count as a neighbour. */
export function notFollowing(od: OutcomeDocument, id: ParagraphId, next: ParagraphId): Refusal | null {
  const shown = paragraphsInOrder(od).filter(({ vacant }) => !vacant)
  const at = shown.findIndex((facts) => facts.id === id)
  const neighbours = at >= 0 && shown[at + 1]?.id === next
  const both = [shown[at], shown[at + 1]].every((facts) => facts?.kind === 'paragraph')
  return neighbours && both
    ? null
    : refuse('not-together', 'A paragraph is merged with the one that follows it.')
}
