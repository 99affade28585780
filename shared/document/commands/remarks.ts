import type { Refusal } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import type { HostId, ParagraphId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { REMARK_LIMIT } from '../../model/position.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts } from '../schema.ts'
import { looksBlank } from '../../model/text-policy.ts'
import { badText } from './characters.ts'
import { known } from './undecided.ts'

/** What is said beside the text: whether it can be said at all, and of something that is there. Null: it can. */

/** What parts the words, the names and what others say within a bracket. */
const NOTATION = /[[\]\uFF3B\uFF3D;\uFF1B]|\s[–—/]\s/u

/** A remark may have several lines, other texts have one. `what` is said of it: "a title". */
export function badLine(text: string, what: string, limit: number): Refusal | null {
  return badText(text, 'line', what) ?? badLength(text, what, limit)
}

/** What stands within a bracket, among the names: nobody may be misread to have said it. */
export const badInBracket = (text: string, what: string, limit: number): Refusal | null =>
  NOTATION.test(text)
    ? refuse('invalid-text', `It stands in a bracket: no brackets, semicolons or parting strokes in ${what}.`)
    : badLine(text, what, limit)

export function badRemark(text: string, what: string): Refusal | null {
  return badText(text, 'lines', what) ?? badLength(text, what, REMARK_LIMIT)
}

function badLength(text: string, what: string, limit: number): Refusal | null {
  if (looksBlank(text)) return refuse('invalid-text', `Nothing is written: please say ${what}.`)
  return text.length > limit ? refuse('invalid-text', `At most ${limit} characters make ${what}.`) : null
}

export const missingHost = (od: OutcomeDocument, host: HostId): Refusal | null =>
  isProposalId(host) ? known(od, host) : missingParagraph(od, host)

export function missingParagraph(od: OutcomeDocument, id: ParagraphId): Refusal | null {
  const facts = paragraphFacts(od, id)
  return facts && !facts.removed && facts.kind !== 'separator'
    ? null
    : refuse('no-such-paragraph', 'This paragraph does not exist.')
}
