import type { HostId } from '../../model/ids.ts'
import type { NoteMark } from '../../model/paragraph.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { CHAIN_LIMIT } from '../../model/proposals/proposal.ts'
import { isLiveHost } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { hostText } from '../schema.ts'
import { plainText } from '../text/anchor.ts'
import { itemInRuns, runsBetween } from '../text/wording.ts'
import { characterNow, placeIn } from './character.ts'
import { undoCopiesOf } from './undo-copies.ts'

/** A character that is shown, by its host and its identity. */
export interface Marked {
  readonly host: HostId
  readonly item: ItemId
}

const SPOKEN = /[\p{L}\p{N}]/u

/**
 * Returns the character that the mark of a note stands behind now: the last one that is left of its word. Its characters are
 * followed through decisions, and to the copies by which an undo brought them back. Null when no letter and no digit of the
 * word is shown any more: the mark went with it. `passed`: as of {@link characterNow}.
 */
export function markedNow(
  od: OutcomeDocument,
  { host, runs, quote }: NoteMark,
  passed?: Set<HostId>,
): Marked | null {
  const isWord = SPOKEN.test(quote)
  let last: Marked | null = null
  for (let i = quote.length - 1; i >= 0; i--) {
    const item = itemInRuns(runs, i)
    const shown = item && shownNow(od, { host, item }, quote.slice(0, i + 1), passed)
    if (!shown) continue
    last ??= shown
    if (!isWord || SPOKEN.test(quote[i] ?? '')) return last
  }
  return null
}

/** Returns where a character is shown now; null when it is deleted. `quote` ends with it. */
function shownNow(
  od: OutcomeDocument,
  character: Marked,
  quote: string,
  passed?: Set<HostId>,
): Marked | null {
  let waiting = [character]
  for (let steps = 0; steps < CHAIN_LIMIT && waiting.length > 0; steps++) {
    const copies: Marked[] = []
    for (const one of waiting) {
      const { host, item, exact } = characterNow(od, one, passed)
      if (!exact || !item) continue
      if (isLiveHost(od, host) && placeIn(od, host, item)?.visible) return { host, item }
      const text = hostText(od, host)
      if (text) for (const copy of undoCopiesOf(text, item, quote)) copies.push({ host, item: copy })
    }
    waiting = copies
  }
  return null
}

/** How many UTF-16 units of a word a mark holds on to. */
const HELD = 24

/**
 * Makes the mark of a note behind the first `at` units of a host's present text: it holds on to the word before it, or in
 * scripts without spaces to its last characters. Null at the start of the text.
 */
export function markAt(od: OutcomeDocument, host: HostId, at: number): NoteMark | null {
  const text = hostText(od, host)
  const before = text ? plainText(text).slice(0, at) : ''
  const quote = /\S*\s*$/u.exec(before)?.[0].slice(-HELD) ?? ''
  if (!text || quote === '') return null
  return { host, runs: runsBetween(text, at - quote.length, at), quote }
}
