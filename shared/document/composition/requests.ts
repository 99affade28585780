import { formatLabel, hasReference } from '../../model/label.ts'
import { isCaption, isCell } from '../../model/table.ts'
import type { ParagraphId } from '../../model/ids.ts'
import { plainText } from '../text/anchor.ts'
import { attributed, otherPositions, supportersOf } from './names.ts'
import type { OpenProposal } from './proposals.ts'
import type { ShownStanding } from '../standing.ts'
import type { OutcomeDocument } from '../schema.ts'
import { baseTextOf, paragraphFacts } from '../schema.ts'

/**
 * Returns the bracket of a request, in which it is shown alone:
 *
 *     [… – KEN delete paragraph]    [move after 7 – KEN]    [move below 7 – KEN]    [merge with 8 – KEN]    [split here – KEN]    [… – EU reserve]
 *
 * A kind that this version does not know shows who stands behind it, `[… – KEN]`.
 */
export function bracketOf(
  od: OutcomeDocument,
  { head, anchor }: Pick<OpenProposal, 'head' | 'anchor'>,
  standing: ShownStanding,
): string {
  const names = supportersOf(standing)
  const who = names === '' ? '' : `${names} `
  const behind = attributed(standing, 'delete')
  const other = anchor?.kind === 'whole' ? anchor.other : null
  const all = anchor?.kind === 'whole' && anchor.below ? ' with everything below' : ''
  switch (head.kind) {
    case 'delete-paragraph':
      return `[… – ${who}delete ${deleted(od, anchor)}${otherPositions(standing, 'retain')}]`
    case 'reservation':
      return `[… – ${who}reserve${otherPositions(standing, 'delete')}]`
    case 'move': {
      const side = anchor?.kind === 'whole' && anchor.under ? 'below' : 'after'
      const where = other === null ? 'to the beginning' : `${side} ${nameOf(od, other)}`
      return `[move ${where}${all && `,${all}`}${behind}]`
    }
    case 'join':
      return `[merge with ${other === null ? '…' : nameOf(od, other)}${behind}]`
    case 'split':
      return `[split here${behind}]`
    case 'choice':
      return `[choose ${other === null ? '…' : nameOf(od, other)}${behind}]`
    case 'text':
    case 'paragraph':
    case 'alternative':
      throw new Error(`${head.kind} has words of its own`)
    default:
      return `[…${behind}]`
  }
}

/** "paragraph", "paragraph with everything below"; what that is in a table is a row, or the table. */
function deleted(od: OutcomeDocument, anchor: OpenProposal['anchor']): string {
  if (anchor?.kind !== 'whole' || !anchor.below) return 'paragraph'
  const label = paragraphFacts(od, anchor.paragraph)?.label
  if (isCell(label)) return 'row'
  return isCaption(label) ? 'table' : 'paragraph with everything below'
}

const HEADING_SHOWN = 40

/** Returns the number of a paragraph; for a heading, which has none, its words. */
export function nameOf(od: OutcomeDocument, id: ParagraphId): string {
  const facts = paragraphFacts(od, id)
  if (hasReference(facts?.label)) return formatLabel(facts.label)
  if (facts?.kind === 'separator') return '* * *'
  const text = baseTextOf(od, id)
  const words = text ? plainText(text).trim() : ''
  return words.length > HEADING_SHOWN ? `“${words.slice(0, HEADING_SHOWN).toWellFormed()}…”` : `“${words}”`
}
