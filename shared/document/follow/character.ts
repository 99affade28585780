import { isPutIn } from '../../model/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { ItemId } from '../../model/proposal.ts'
import { followTabled } from '../drafts.ts'
import type { OutcomeDocument } from '../schema.ts'
import { contentOf, decisionOf, hostText } from '../schema.ts'
import { itemAt, offsetAfter, plainText, readHost } from '../text/anchor.ts'
import { carryOffset, commonEnds, itemInRuns, offsetInRuns, runsLength } from '../text/wording.ts'
import type { Common } from '../text/wording.ts'
import { beforeInserted, intoInserted } from './forward.ts'
import { renewedItem } from './renewed.ts'
import { departedFrom } from './restructured.ts'

/** One character, by the text that it is in and its identity there; null: the start of that text. */
export interface Character {
  readonly host: HostId
  readonly item: ItemId | null
}

export interface CharacterNow extends Character {
  /** It is that character, or the copy that a decision made of it. False: the nearest before it that has one. */
  readonly exact: boolean
}

/** Longer than the way of any character through decisions that were taken and taken back. */
const STEPS = 64

/**
 * Where a character is now: through wordings that were accepted, paragraphs that were split and merged, drafts that were
 * tabled, and all of these taken back. It may be deleted there, or stand in a text that is not shown; a character
 * that has gone nowhere is where it was.
 */
export function characterNow(od: OutcomeDocument, character: Character): CharacterNow {
  let now: CharacterNow = { ...character, exact: true }
  for (let steps = 0; steps < STEPS; steps++) {
    const next = step(od, now)
    if (next === null) break
    now = { ...next, exact: now.exact && next.exact }
  }
  return now
}

/** From one text, or one identity, to the next. Null: it went nowhere from here. */
function step(od: OutcomeDocument, { host, item }: Character): CharacterNow | null {
  const moved = item && (renewed(od, host, item) ?? tabled(od, host, item) ?? departed(od, host, item))
  return moved ?? (isProposalId(host) ? (putIn(od, host, item) ?? bridged(od, host, item)) : null)
}

function renewed(od: OutcomeDocument, host: HostId, item: ItemId): CharacterNow | null {
  const now = renewedItem(od, host, item)
  return now === item ? null : { host, item: now, exact: true }
}

/** A character of the private copy that a tabled draft has left behind, in the room. */
function tabled(od: OutcomeDocument, host: HostId, item: ItemId): CharacterNow | null {
  const text = od.spaces && isProposalId(host) ? hostText(od, host) : undefined
  if (!text || offsetAfter(text, item) !== null) return null
  // Which paragraph it is in does not matter here.
  const moved = followTabled(od, { kind: 'point', host, paragraph: host as ParagraphId, at: item })
  return moved.kind !== 'point' || moved.at === item ? null : { host, item: moved.at, exact: true }
}

/** By a split or a merger of paragraphs, or back by taking a decision back. */
function departed(od: OutcomeDocument, host: HostId, item: ItemId): CharacterNow | null {
  for (const { runs, to, become, common } of departedFrom(od, host)) {
    const offset = offsetInRuns(runs, item)
    if (offset === null) continue
    const [from, length] = [runsLength(runs), runsLength(become)]
    const end = common ? carryOffset(common, from, length, offset + 1) : offset + 1 + length - from
    const exact = end > 0 && (!common || isCommon(common, from, offset))
    return { host: to, item: end > 0 ? itemInRuns(become, end - 1) : null, exact }
  }
  return null
}

/** Into the text that a wording was accepted into. */
function putIn(od: OutcomeDocument, id: ProposalId, item: ItemId | null): CharacterNow | null {
  const effect = decisionOf(od, id)?.effect
  const content = contentOf(od, id)
  if (!content || !isPutIn(effect)) return null
  const host = effect.kind === 'merged' ? effect.host : effect.paragraph
  const place = item && placeIn(od, id, item)
  if (item && !place) return null
  const end = intoInserted(effect, content.length, place?.end ?? 0)
  const at = place && place.end > 0 && end > 0 ? itemInRuns(effect.inserted, end - 1) : null
  if (!place || !at) return { host, item: beforeInserted(effect), exact: false }
  const { common } = effect
  const kept = common === null || isCommon(common, content.length, place.end - 1)
  return { host, item: at, exact: place.visible && kept }
}

/** From a wording that was merged into a bridging text to the words that this has of it. */
function bridged(od: OutcomeDocument, id: ProposalId, item: ItemId | null): CharacterNow | null {
  const effect = decisionOf(od, id)?.effect
  const bridge = effect?.kind === 'merged-into' ? contentOf(od, effect.bridge) : undefined
  const content = contentOf(od, id)
  const place = item && placeIn(od, id, item)
  if (effect?.kind !== 'merged-into' || !bridge || !content || (item && !place)) return null
  const [own, words] = [plainText(content), plainText(bridge)]
  const whole = own === '' ? -1 : words.indexOf(own)
  const common = commonEnds(own, words)
  const offset = place ? place.end : 0
  const end = whole < 0 ? carryOffset(common, own.length, words.length, offset) : whole + offset
  const exact = place?.visible === true && end > 0 && (whole >= 0 || isCommon(common, own.length, offset - 1))
  return { host: effect.bridge, item: end > 0 ? itemAt(bridge, end - 1) : null, exact }
}

const isCommon = ({ prefix, suffix }: Common, length: number, offset: number): boolean =>
  offset < prefix || offset >= length - suffix

/** Where a character ends in the text of its host, and whether it is still to be seen. Null: it is not of this text. */
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
