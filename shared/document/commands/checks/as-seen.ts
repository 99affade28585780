import type { AsSeen, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { HostId, ProposalId } from '../../../model/ids.ts'
import { isProposalId } from '../../../model/ids.ts'
import type { ProposedWords } from '../../../model/proposals/wording.ts'
import { isEmptied } from '../../issue/emptied.ts'
import { wordsOf } from '../../proposed-words.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { decisionOf } from '../../schema.ts'
import { readAlike } from '../../text/fingerprint.ts'

/**
 * Checks that a proposal or a paragraph still has the wording and the place that the person saw when they sent
 * a command about it. A command carries what was seen (`AsSeen`); each check returns null when it still holds,
 * and otherwise the refusal.
 */

const GONE = refuse('gone', 'There are no words in it any more: its author has taken them back.')

const UNNAMED = refuse(
  'wording-needed',
  'It was not said of which words: load the page again, and do it for those that are shown.',
)

const CHANGED = refuse(
  'wording-changed',
  'The wording changed while you were deciding. Please look at it again.',
)

const MOVED = refuse(
  'wording-changed',
  'Its author has put it elsewhere meanwhile. Please look at it again where it stands now.',
)

/**
 * For commands that say something about `on` (positions, co-sponsors and the like). Compares wordings by
 * `readAlike`, so a correction of spaces, punctuation or letter case is no change. Returns `gone` for an open
 * proposal that was emptied, `wording-needed` when the command names no wording, `wording-changed` when wording
 * or place differ.
 */
export function staleForStatement(
  od: OutcomeDocument,
  on: HostId,
  { seen, struck, placing }: AsSeen,
): Refusal | null {
  const isOpenProposal = isProposalId(on) && !decisionOf(od, on)
  if (isOpenProposal && isEmptied(od, on)) return GONE
  if (seen === undefined || (isOpenProposal && struck === undefined)) return UNNAMED
  const now = wordsOf(od, on)
  if (!readAlike(seen, now.text) || !readAlike(struck ?? now.struck, now.struck)) return reworded(on, now)
  return isThere(now, placing) ? null : MOVED
}

/**
 * For not retaining an open proposal. Compares wordings by `readAlike`. One that was emptied may be closed like any other.
 */
export function staleForClosing(
  od: OutcomeDocument,
  id: ProposalId,
  { seen, struck, placing }: AsSeen,
): Refusal | null {
  if (seen === undefined || struck === undefined) return UNNAMED
  const now = wordsOf(od, id)
  if (!readAlike(seen, now.text) || !readAlike(struck, now.struck)) return CHANGED
  return isThere(now, placing) ? null : MOVED
}

/**
 * For commands that accept an open proposal or merge it. Its wording goes into the text exactly as it reads, so it is
 * compared letter by letter; the struck words are compared by `readAlike`.
 */
export const staleForDecision = (od: OutcomeDocument, id: ProposalId, shown: AsSeen): Refusal | null =>
  staleForClosing(od, id, shown) ?? (shown.seen === wordsOf(od, id).text ? null : CHANGED)

const isThere = (now: ProposedWords, placing = 0): boolean => (now.placing ?? 0) === placing

function reworded(on: HostId, now: ProposedWords): Refusal {
  const reads = now.text === '' ? now.struck : now.text
  const shown = reads.length > SHOWN ? `${reads.slice(0, SHOWN).toWellFormed()}…` : reads
  const message = isProposalId(on) && now.text === '' ? 'It asks to delete' : 'It reads now'
  return refuse(
    'wording-changed',
    `The wording changed while you were speaking of it.${reads === '' ? '' : ` ${message}: “${shown}”.`}`,
  )
}

/** How much of the new wording a refusal quotes, in UTF-16 units. */
const SHOWN = 160
