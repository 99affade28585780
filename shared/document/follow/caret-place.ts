import type { CaretPlace } from '../../model/caret.ts'
import type { HostId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { CHAIN_LIMIT, isOnWords } from '../../model/proposal.ts'
import { isLiveHost } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { anchorOf, headOf, hostText, makerOf } from '../schema.ts'
import { resolveAnchor } from '../text/anchor.ts'
import type { Character, CharacterNow } from './character.ts'
import { characterNow, placeIn } from './character.ts'
import { forward } from './forward.ts'
import { standInFor } from './stand-in.ts'

/** An offset in the text of a host. */
export interface HostPlace {
  readonly host: HostId
  /** UTF-16 units of the host's visible text. */
  readonly index: number
}

/** `lean`: beside which character it is, where signs stand at this place: the one before them, or the one behind. */
export interface ShownPlace extends HostPlace {
  readonly lean: 'left' | 'right'
}

/**
 * Where a caret belongs now, best first: beside one of the two characters it stood between, else where they were, else
 * where the bracket stood that it was in. All of them are in texts that are on the table; one that a view does not show
 * is passed over. Empty: nothing of its paragraph is left, and no other paragraph takes its place.
 */
export function placesNow(od: OutcomeDocument, place: CaretPlace): ShownPlace[] {
  const { host, item, next = null, side } = place
  const [before, after] = [characterNow(od, { host, item }), next && characterNow(od, { host, item: next })]
  const beside = [besideItem(od, before, after, place), after && beforeItem(od, after)]
  if (side === 'before') beside.reverse()
  const found = beside.filter((at) => at !== null)
  const gap = offsetBehind(od, before)
  const live = isLiveHost(od, before.host)
  // A character that is not known yet will be: nothing else stands for it.
  if (gap === null && live) return found
  if (gap !== null && live) found.push({ host: before.host, index: gap, lean: 'left' })
  return [...found, ...around(od, before.host, gap ?? 0)]
}

/** A place in a tabled draft is told by the room's characters from then on, and by nothing of the private copy. */
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
  // At the start of a text: as long as what it began with has not gone elsewhere.
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

/** Where the brackets stand that a text is in, innermost first. */
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

/** A proposed paragraph stands in no text. */
function outside(od: OutcomeDocument, id: ProposalId): HostPlace | null {
  const placed = anchorOf(od, id)
  const anchor = placed && forward(od, placed)
  const span = anchor && resolveAnchor(od, anchor)
  return span && isOnWords(anchor) ? { host: anchor.host, index: span.end } : null
}

/** Of a paragraph that is no more: the wording it was made of, or the paragraph that it was split off from. */
function madeFrom(od: OutcomeDocument, paragraph: HostId, index: number): HostPlace | null {
  if (isProposalId(paragraph) || isLiveHost(od, paragraph)) return null
  const made = makerOf(paragraph)
  const host = headOf(od, made)?.kind === 'paragraph' ? made : standInFor(od, paragraph)
  const length = hostText(od, host)?.length
  if (host === paragraph || length === undefined) return null
  return { host, index: isProposalId(host) ? Math.min(index, length) : length }
}
