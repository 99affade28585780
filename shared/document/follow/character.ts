import type * as Y from 'yjs'
import { CHAIN_LIMIT } from '../../model/proposals/proposal.ts'
import { isInsertion } from '../../model/proposals/decision.ts'
import type { Common, Insertion, Run } from '../../model/proposals/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { followTabled } from '../drafts.ts'
import type { OutcomeDocument } from '../schema.ts'
import { contentOf, decisionOf, hostText } from '../schema.ts'
import { recordGet } from '../records.ts'
import { itemAt, offsetAfter, plainText, readHost } from '../text/anchor.ts'
import { carryUnit } from '../text/kept.ts'
import { carryOffset, commonEnds, itemInRuns, offsetInRuns, runsLength } from '../text/wording.ts'
import { beforeInserted, wordingIn } from './forward.ts'
import { renewedItem } from './renewed.ts'
import { departedFrom } from './restructured.ts'

/** A character by the text that holds it and its Yjs identity. `item` null stands for the start of that text. */
export interface Character {
  readonly host: HostId
  readonly item: ItemId | null
}

export interface CharacterNow extends Character {
  /**
   * True: it is the same character, or the copy that a decision made of it. False: it has no copy, and this is
   * the nearest character before it that has one.
   */
  readonly exact: boolean
}

/**
 * Returns where a character is now. It is followed through every decision that made copies of it and through
 * every one taken back: accepted wordings, splits and mergers of paragraphs, bridging texts, tabled drafts.
 *
 * The result may be a deleted character, or one in a text that is not shown. A character that was never copied
 * is returned unchanged. Takes at most {@link CHAIN_LIMIT} steps, so it ends on a damaged document too.
 *
 * Adds to `passed` the texts that hold it or held one of its copies. The result is another one only after a change of
 * one of these texts, or of a record about one of them.
 */
export function characterNow(od: OutcomeDocument, character: Character, passed?: Set<HostId>): CharacterNow {
  let now: CharacterNow = { ...character, exact: true }
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    passed?.add(now.host)
    const next = step(od, now)
    if (next === null) break
    now = { ...next, exact: now.exact && next.exact }
  }
  return now
}

/**
 * Follows one copy. Returns null when no copy was made of this character. The order matters: an identity that
 * was replaced in its own text is followed before the text as a whole.
 */
function step(od: OutcomeDocument, { host, item }: Character): CharacterNow | null {
  const moved = item && (renewed(od, host, item) ?? tabled(od, host, item) ?? departed(od, host, item))
  if (moved || !isProposalId(host)) return moved
  return putIn(od, host, item) ?? bridged(od, host, item) ?? (item && unbridged(od, host, item))
}

function renewed(od: OutcomeDocument, host: HostId, item: ItemId): CharacterNow | null {
  const now = renewedItem(od, host, item)
  return now === item ? null : { host, item: now, exact: true }
}

/** From a private draft to the copy that tabling made in the room. */
function tabled(od: OutcomeDocument, host: HostId, item: ItemId): CharacterNow | null {
  const text = od.spaces && isProposalId(host) ? hostText(od, host) : undefined
  if (!text || offsetAfter(text, item) !== null) return null
  // `followTabled` does not look at the paragraph.
  const moved = followTabled(od, { kind: 'point', host, paragraph: host as ParagraphId, at: item })
  return moved.kind !== 'point' || moved.at === item ? null : { host, item: moved.at, exact: true }
}

/** To another text by a split or a merger of paragraphs, or back from there when a decision was taken back. */
function departed(od: OutcomeDocument, host: HostId, item: ItemId): CharacterNow | null {
  for (const { runs, to, become, revised } of departedFrom(od, host)) {
    const offset = offsetInRuns(runs, item)
    if (offset === null) continue
    const [from, length] = [runsLength(runs), runsLength(become)]
    const { unit, exact } = revised
      ? carryUnit(revised, from, length, offset)
      : { unit: offset + length - from, exact: true }
    return unit < 0
      ? { host: to, item: null, exact: false }
      : { host: to, item: itemInRuns(become, unit), exact }
  }
  return null
}

/** From a proposal's wording into the text that it was accepted into. */
function putIn(od: OutcomeDocument, id: ProposalId, item: ItemId | null): CharacterNow | null {
  const effect = decisionOf(od, id)?.effect
  const content = contentOf(od, id)
  if (!content || !isInsertion(effect)) return null
  const host = effect.kind === 'merged' ? effect.host : effect.paragraph
  const place = item && placeIn(od, id, item)
  if (item && !place) return null
  const put = wordingIn(effect)
  const from = place ? place.end - 1 : -1
  const unsent = typedOn(content, effect, put)
  const { unit, exact } = unsent
    ? carryUnit({ common: unsent }, content.length, runsLength(put), from)
    : carryUnit(effect, content.length, runsLength(put), from)
  const at = unit < 0 ? null : itemInRuns(put, unit)
  if (!place || !at) return { host, item: beforeInserted(effect), exact: false }
  return { host, item: at, exact: place.visible && exact }
}

/**
 * What a wording that was accepted as it was proposed shares with its content here, where its author has typed on before
 * hearing of the decision: the server never had these letters, and no copies of them were made. Null where there are none.
 */
function typedOn(content: Y.Text, effect: Insertion, put: readonly Run[]): Common | null {
  if (effect.kind !== 'merged' || effect.common !== null || content.length === runsLength(put)) return null
  const before = effect.spaced?.before ? 1 : 0
  return commonEnds(plainText(content), effect.put.slice(before, before + runsLength(put)))
}

/** From a wording that was merged to the same words of the bridging text. */
function bridged(od: OutcomeDocument, id: ProposalId, item: ItemId | null): CharacterNow | null {
  const effect = decisionOf(od, id)?.effect
  const bridge = effect?.kind === 'merged-into' ? contentOf(od, effect.bridge) : undefined
  const content = contentOf(od, id)
  const place = item && placeIn(od, id, item)
  if (effect?.kind !== 'merged-into' || !bridge || !content || (item && !place)) return null
  const [own, words] = [plainText(content), plainText(bridge)]
  // Searches the bridging text for the whole wording, without the spaces at its ends.
  const inner = own.trim()
  const start = inner === '' ? -1 : words.indexOf(inner)
  const whole = start < 0 ? -1 : start - own.indexOf(inner)
  const common = commonEnds(own, words)
  const offset = place ? place.end : 0
  const end = start < 0 ? carryOffset(common, own.length, words.length, offset) : whole + offset
  const kept = start >= 0 || carryUnit({ common }, own.length, words.length, offset - 1).exact
  const exact = place?.visible === true && end > 0 && kept
  return { host: effect.bridge, item: end > 0 ? itemAt(bridge, end - 1) : null, exact }
}

/** From a bridging text whose merger was taken back to the same words of the source they came from. */
function unbridged(od: OutcomeDocument, bridge: ProposalId, item: ItemId): CharacterNow | null {
  const place = decisionOf(od, bridge)?.effect.kind === 'none' ? placeIn(od, bridge, item) : null
  if (!place?.visible) return null
  const words = plainText(contentOf(od, bridge)!)
  for (const source of recordGet(od, `bridge/${bridge}`)?.sources ?? []) {
    const content = contentOf(od, source)
    const own = content ? plainText(content) : ''
    const inner = own.trim()
    const offset = place.end - 1 - words.indexOf(inner)
    if (!content || inner === '' || !words.includes(inner) || offset < 0 || offset >= inner.length) continue
    return { host: source, item: itemAt(content, own.indexOf(inner) + offset), exact: true }
  }
  return null
}

/**
 * Returns the offset behind a character in its host's text, and whether it is visible (not deleted). Returns
 * null when the text does not hold it.
 */
export function placeIn(
  od: OutcomeDocument,
  host: HostId,
  item: ItemId,
): { readonly end: number; readonly visible: boolean } | null {
  const text = hostText(od, host)
  if (!text) return null
  const [start, end] = readHost(text, [
    { item, side: 'before' },
    { item, side: 'after' },
  ]).offsets
  return start == null || end == null ? null : { end, visible: end > start }
}
