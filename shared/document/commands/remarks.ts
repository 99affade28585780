import type { Refusal } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import type { HostId, ParagraphId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { REMARK_LIMIT } from '../../model/position.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts } from '../schema.ts'
import { known } from './undecided.ts'

/** What is said beside the text: whether it can be said at all, and of something that is there. Null: it can. */

const CONTROLS = /[\p{Cc}\u2028\u2029]/u
/** A remark may have several lines. */
const CONTROLS_BUT_LINES = /[^\P{Cc}\n\t]|[\u2028\u2029]/u

/** One line. `what` is said of it: "a condition". */
export function badLine(text: string, what: string, limit = REMARK_LIMIT): Refusal | null {
  if (CONTROLS.test(text))
    return refuse('invalid-text', `There are no line breaks or control characters in ${what}.`)
  return badLength(text, what, limit)
}

export function badRemark(text: string, what: string): Refusal | null {
  if (CONTROLS_BUT_LINES.test(text))
    return refuse('invalid-text', `There are no control characters in ${what}.`)
  return badLength(text, what, REMARK_LIMIT)
}

function badLength(text: string, what: string, limit: number): Refusal | null {
  if (text.trim() === '') return refuse('invalid-text', `Nothing is written: please say ${what}.`)
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
