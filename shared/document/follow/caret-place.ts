import type { CaretPlace } from '../../model/caret.ts'
import type { HostId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { CHAIN_LIMIT, isOnWords } from '../../model/proposals/proposal.ts'
import { isLiveHost } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { anchorOf, headOf, hostText, makerOf } from '../schema.ts'
import { resolveAnchor } from '../text/anchor.ts'
import type { Character, CharacterNow } from './character.ts'
import { characterNow, placeIn } from './character.ts'
import { forward } from './forward.ts'
import { standInFor } from './stand-in.ts'

export interface HostPlace {
  readonly host: HostId
  /** In UTF-16 units of the host's visible text. */
  readonly index: number
}

/**
 * A place as the editor shows it. `lean`: when brackets or names are shown at this offset, the caret stands
 * beside the character before them (`left`) or the character behind them (`right`).
 */
export interface ShownPlace extends HostPlace {
  readonly lean: 'left' | 'right'
}

/**
 * Returns the places where a caret belongs now, best first:
 *
 * - beside either of the two characters that it was put between, wherever decisions have moved these;
 * - at the offset where they were, when they are deleted;
 * - at the end of each bracket that it was in, innermost first.
 *
 * Each place is in a text that is on the table. A view that does not show a place takes the next one. Returns
 * an empty list when neither the caret's paragraph nor a paragraph that it came from is left.
 */
export function placesNow(od: OutcomeDocument, place: CaretPlace): ShownPlace[] {
  const { host, item, next = null, side } = place
  const [before, after] = [characterNow(od, { host, item }), next && characterNow(od, { host, item: next })]
  const beside = [besideItem(od, before, after, place), after && beforeItem(od, after)]
  if (side === 'before') beside.reverse()
  const found = beside.filter((at) => at !== null)
  const gap = offsetBehind(od, before)
  const live = isLiveHost(od, before.host)
  // The character is in an update that has not arrived yet. No other place is offered, because it will be found
  // then.
  if (gap === null && live) return found
  if (gap !== null && live) found.push({ host: before.host, index: gap, lean: 'left' })
  return [...found, ...around(od, before.host, gap ?? 0)]
}

/**
 * Rewrites a caret in a draft that was tabled: it then names characters of the room's copy and none of the
 * private copy, so that it can be sent to the room.
 */
export function tabledPlace(od: OutcomeDocument, place: CaretPlace): CaretPlace {
  if (!od.spaces || !od.proposals.has(place.host)) return place
  const inRoom = (item: CaretPlace['item']) => !item || placeIn(od, place.host, item) !== null
  const { host, item, next = null, side } = place
  if (inRoom(item) && inRoom(next)) return place
  const now = { host, item: item && characterNow(od, { host, item }).item }
  return { ...now, next: next && characterNow(od, { host, item: next }).item, ...(side ? { side } : {}) }
}

function besideItem(
  od: OutcomeDocument,
  now: CharacterNow,
  after: CharacterNow | null,
  { host, item }: CaretPlace,
): ShownPlace | null {
  if (!now.exact || !isLiveHost(od, now.host)) return null
  // A caret at the start of a text has no character before it. It stays there unless the text's first word has
  // been moved to another text.
  if (now.item === null)
    return item === null && now.host === host && (after === null || after.host === host)
      ? { host, index: 0, lean: 'left' }
      : null
  const at = placeIn(od, now.host, now.item)
  return at?.visible ? { host: now.host, index: at.end, lean: 'left' } : null
}

function beforeItem(od: OutcomeDocument, { host, item, exact }: CharacterNow): ShownPlace | null {
  const at = exact && item && isLiveHost(od, host) ? placeIn(od, host, item) : null
  return at?.visible ? { host, index: at.end - 1, lean: 'right' } : null
}

function offsetBehind(od: OutcomeDocument, { host, item }: Character): number | null {
  if (item === null) return hostText(od, host) ? 0 : null
  return placeIn(od, host, item)?.end ?? null
}

/** Returns the ends of the brackets that a text is nested in, innermost first. */
function around(od: OutcomeDocument, host: HostId, index: number): ShownPlace[] {
  const found: ShownPlace[] = []
  let current = host
  for (let depth = 0; depth < CHAIN_LIMIT; depth++) {
    const next = isProposalId(current) ? outside(od, current) : madeFrom(od, current, index)
    if (!next) break
    if (isLiveHost(od, next.host)) found.push({ ...next, lean: 'left' })
    current = next.host
  }
  return found
}

/**
 * Returns the end of the proposal's anchor in the text of its host. A proposed new paragraph is in no text:
 * null.
 */
function outside(od: OutcomeDocument, id: ProposalId): HostPlace | null {
  const placed = anchorOf(od, id)
  const anchor = placed && forward(od, placed)
  const span = anchor && resolveAnchor(od, anchor)
  return span && isOnWords(anchor) ? { host: anchor.host, index: span.end } : null
}

/**
 * For a paragraph that is not shown any more: returns a place in the wording it was made from, or at the end of
 * the paragraph that it was split from.
 */
function madeFrom(od: OutcomeDocument, paragraph: HostId, index: number): HostPlace | null {
  if (isProposalId(paragraph) || isLiveHost(od, paragraph)) return null
  const made = makerOf(paragraph)
  const host = headOf(od, made)?.kind === 'paragraph' ? made : standInFor(od, paragraph)
  const length = hostText(od, host)?.length
  if (host === paragraph || length === undefined) return null
  return { host, index: isProposalId(host) ? Math.min(index, length) : length }
}
