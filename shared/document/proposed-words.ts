import type { HostId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import { cutQuote, isOnWords, QUOTE_LIMIT } from '../model/proposal.ts'
import type { Fingerprint, ProposedWords } from '../model/wording.ts'
import { forward } from './follow/forward.ts'
import type { OutcomeDocument } from './schema.ts'
import { anchorOf, baseTextOf, contentOf, headOf, holderOf, hostText } from './schema.ts'
import { recordGet, recordSet } from './records.ts'
import { plainText, resolveAnchor } from './text/anchor.ts'
import { fingerprintOf } from './text/fingerprint.ts'

/** The wording, and its place, that is spoken of when something is said of a proposal or a paragraph. */

export function wordsOf(od: OutcomeDocument, on: HostId): ProposedWords {
  if (isProposalId(on)) return { struck: struckBy(od, on), text: textOf(od, on), placing: placingOf(od, on) }
  const base = baseTextOf(od, on)
  return { struck: '', text: base ? plainText(base) : '' }
}

/** The number of the place where it stands. */
export const placingOf = (od: OutcomeDocument, id: ProposalId): number =>
  recordGet(holderOf(od, id), `placing/${id}`)?.number ?? 0

function textOf(od: OutcomeDocument, id: ProposalId): string {
  const content = contentOf(od, id)
  return content ? plainText(content) : ''
}

/** The deletion of a paragraph asks for all its words; a move, a split, a merger and a reservation for none. */
function struckBy(od: OutcomeDocument, id: ProposalId): string {
  const placed = anchorOf(od, id)
  if (!placed) return ''
  if (headOf(od, id)?.kind === 'delete-paragraph') return wordsOf(od, placed.paragraph).text
  const anchor = forward(od, placed)
  const span = resolveAnchor(od, anchor)
  const host = isOnWords(anchor) ? hostText(od, anchor.host) : undefined
  return span && host && span.start < span.end ? plainText(host).slice(span.start, span.end) : ''
}

export const cut = (words: string): string => (words.length > QUOTE_LIMIT ? `${cutQuote(words)}…` : words)

/** Keeps how it reads now, for the histories; the server only, inside a transaction. */
export function noteWords(od: OutcomeDocument, on: HostId): Fingerprint {
  const words = wordsOf(od, on)
  const wording = fingerprintOf(words)
  const { struck, text, placing = 0 } = words
  const place = placing === 0 ? {} : { placing }
  if (!recordGet(od, `wording/${on}/${wording}`))
    recordSet(od, `wording/${on}/${wording}`, { struck: cut(struck), text: cut(text), ...place })
  return wording
}

/** How a wording read that something was said of. */
export const notedWords = (
  od: OutcomeDocument,
  on: HostId,
  wording: Fingerprint | undefined,
): ProposedWords | undefined =>
  wording === undefined ? undefined : recordGet(od, `wording/${on}/${wording}`)
