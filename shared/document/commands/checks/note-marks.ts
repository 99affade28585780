import type { OnCharacter, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { HostId } from '../../../model/ids.ts'
import { isProposalId } from '../../../model/ids.ts'
import type { NoteMark } from '../../../model/paragraph.ts'
import { CHAIN_LIMIT, isOnWords } from '../../../model/proposals/proposal.ts'
import { isInAgreed } from '../../agreement.ts'
import { characterNow, placeIn } from '../../follow/character.ts'
import { markAt } from '../../follow/marked.ts'
import { isLiveHost } from '../../open.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { anchorOf, headOf, hostText, isAgreedParagraph, paragraphFacts } from '../../schema.ts'
import { plainText } from '../../text/anchor.ts'
import { wordEndIn } from '../../text/word-end.ts'

/**
 * Returns the mark of a footnote behind the word that a character is in, or why none may stand there. The character is followed to
 * where it is now.
 */
export function markOn(od: OutcomeDocument, { host, at }: OnCharacter): NoteMark | Refusal {
  const now = characterNow(od, { host, item: at })
  const unfit = unfitText(od, now.host)
  if (unfit) return unfit
  const place = now.item && now.exact ? placeIn(od, now.host, now.item) : null
  const text = hostText(od, now.host)
  if (!place?.visible || !text) return refuse('gone', 'The word that the footnote belongs to is gone.')
  const words = plainText(text)
  const mark = markAt(od, now.host, wordEndIn(words, words.slice(0, place.end).trimEnd().length))
  return mark && /[\p{L}\p{N}]/u.test(mark.quote)
    ? mark
    : refuse('not-allowed', 'A footnote stands behind a word: choose one.')
}

/** Returns null when a mark may stand in this text. */
function unfitText(od: OutcomeDocument, host: HostId): Refusal | null {
  if (!isLiveHost(od, host) || !hostText(od, host))
    return refuse('gone', 'The word that the footnote belongs to is gone.')
  if (isInNote(od, host)) return refuse('not-allowed', 'A footnote has no footnotes of its own.')
  const agreed = isProposalId(host) ? isInAgreed(od, host) : isAgreedParagraph(od, host)
  return agreed ? refuse('paragraph-agreed', 'This paragraph is agreed: reopen it first.') : null
}

/** Whether a text is a footnote's, or stands in one. */
function isInNote(od: OutcomeDocument, host: HostId): boolean {
  let current = host
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (!isProposalId(current)) return paragraphFacts(od, current)?.kind === 'note'
    if (headOf(od, current)?.block?.kind === 'note') return true
    const anchor = anchorOf(od, current)
    if (!anchor) return false
    current = isOnWords(anchor) ? anchor.host : anchor.paragraph
  }
  return false
}
