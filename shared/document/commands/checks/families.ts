import type { Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { ParagraphId } from '../../../model/ids.ts'
import { withWords } from '../../../model/family.ts'
import { formatLabel, hasReference } from '../../../model/label.ts'
import type { ParagraphFacts } from '../../../model/paragraph.ts'
import { familyOf, idsBelow } from '../../issue/families.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { isAgreedParagraph, paragraphFacts } from '../../schema.ts'

/** Conditions for doing something with a paragraph and everything below it. Null: the condition holds. */

/** An agreed paragraph below stands in the way of a deletion or a move of all: the refusal says which. */
export function agreedBelow(od: OutcomeDocument, head: ParagraphId): Refusal | null {
  const agreed = withWords(familyOf(od, head).slice(1)).find(({ id }) => isAgreedParagraph(od, id))
  return agreed
    ? refuse('paragraph-agreed', `${nameOf(agreed)} is below it and agreed: reopen that first.`)
    : null
}

/** "Paragraph 2 (a)", "Article 9". */
export function nameOf({ label, kind }: Pick<ParagraphFacts, 'label' | 'kind'>): string {
  if (!hasReference(label)) return kind === 'heading' ? 'A heading' : 'A paragraph without a number'
  const reference = formatLabel(label)
  return /^\p{Lu}\p{Ll}/u.test(reference) ? reference : `Paragraph ${reference}`
}

/** Checks that what stands below a paragraph is what the person saw there. */
export function staleBelow(
  od: OutcomeDocument,
  head: ParagraphId,
  seen: readonly ParagraphId[] | undefined,
): Refusal | null {
  const now = idsBelow(od, head)
  return seen?.length === now.length && seen.every((id, i) => id === now[i])
    ? null
    : refuse(
        'wording-changed',
        'What stands below it changed while you were deciding. Please look at it again.',
      )
}

/**
 * A paragraph, or a heading with its division, must not be moved behind what is below it. A heading alone may be moved down in
 * its division.
 */
export function belowItself(
  od: OutcomeDocument,
  moved: ParagraphId,
  after: ParagraphId | null,
  all: boolean,
): Refusal | null {
  if (!all && paragraphFacts(od, moved)?.kind === 'heading') return null
  const below = familyOf(od, moved).find(({ id }, i) => i > 0 && id === after)
  return below
    ? refuse('not-allowed', `${nameOf(below)} is below it: choose a place outside of what it governs.`)
    : null
}
