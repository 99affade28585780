import type { HostId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import { cutQuote, isOnWords, QUOTE_LIMIT } from '../model/proposals/proposal.ts'
import type { Fingerprint, ProposedWords } from '../model/proposals/wording.ts'
import { forward } from './follow/forward.ts'
import type { OutcomeDocument } from './schema.ts'
import { anchorOf, baseTextOf, contentOf, headOf, holderOf, hostText } from './schema.ts'
import { recordGet, recordSet } from './records.ts'
import { plainText, resolveAnchor } from './text/anchor.ts'
import { fingerprintOf } from './text/fingerprint.ts'

/** The wording, and the number of its place, that a statement about a proposal or a paragraph refers to. */

export function wordsOf(od: OutcomeDocument, on: HostId): ProposedWords {
  if (isProposalId(on)) return { struck: struckBy(od, on), text: textOf(od, on), placing: placingOf(od, on) }
  const base = baseTextOf(od, on)
  return { struck: '', text: base ? plainText(base) : '' }
}

/** Returns the number of the place where a proposal is: see `placing.ts`. */
export const placingOf = (od: OutcomeDocument, id: ProposalId): number =>
  recordGet(holderOf(od, id), `placing/${id}`)?.number ?? 0

function textOf(od: OutcomeDocument, id: ProposalId): string {
  const content = contentOf(od, id)
  return content ? plainText(content) : ''
}

/** Deleting a paragraph strikes all its words. A move, a split, a merger and a reservation strike none. */
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

/**
 * Records how a host reads now, for later display with statements about it, and returns the fingerprint. Only
 * the server calls it, in a transaction.
 */
export function noteWords(od: OutcomeDocument, on: HostId): Fingerprint {
  const words = wordsOf(od, on)
  const wording = fingerprintOf(words)
  const { struck, text, placing = 0 } = words
  const place = placing === 0 ? {} : { placing }
  if (!recordGet(od, `wording/${on}/${wording}`))
    recordSet(od, `wording/${on}/${wording}`, { struck: cut(struck), text: cut(text), ...place })
  return wording
}

/** Returns how a recorded wording read, or undefined when it was not recorded. */
export const notedWords = (
  od: OutcomeDocument,
  on: HostId,
  wording: Fingerprint | undefined,
): ProposedWords | undefined =>
  wording === undefined ? undefined : recordGet(od, `wording/${on}/${wording}`)
