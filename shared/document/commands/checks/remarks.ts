import type { Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { HostId, ParagraphId } from '../../../model/ids.ts'
import { isProposalId } from '../../../model/ids.ts'
import { REMARK_LIMIT } from '../../../model/proposals/position.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { paragraphFacts } from '../../schema.ts'
import { looksBlank } from '../../../model/characters/text-policy.ts'
import { badText } from './characters.ts'
import { known } from './undecided.ts'

/**
 * Checks on texts that stand beside the document's text (remarks, titles, reasons) and on the hosts they name.
 * Each returns null when the text or the host is acceptable, and otherwise the refusal.
 */

/** What the notation uses inside a bracket to separate words, names and statements. */
const NOTATION = /[[\]\uFF3B\uFF3D;\uFF1B]|\s[–—/]\s/u

/** For a text of one line, at most `limit` UTF-16 units long. `what` names it in the message: "a title". */
export function badLine(text: string, what: string, limit: number): Refusal | null {
  return badText(text, 'line', what) ?? badLength(text, what, limit)
}

/**
 * For a text shown inside a bracket among the names. It may hold no sign of the notation, so that nobody can be
 * misread as having said it.
 */
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
