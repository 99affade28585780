import { anchorItems, isOnWords } from '../../../model/proposals/proposal.ts'
import type * as Y from 'yjs'
import type { Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type {
  Decision,
  WordingInserted,
  ParagraphSplit,
  ParagraphsJoined,
  ParagraphVacated,
  Insertion,
  Run,
  TextPiece,
} from '../../../model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '../../../model/ids.ts'
import { isProposalId } from '../../../model/ids.ts'
import type { Anchor, ItemId } from '../../../model/proposals/proposal.ts'
import { itemsBetween, resolveAnchor } from '../../text/anchor.ts'
import type { Span } from '../../text/anchor.ts'
import type { OpenOn } from '../../open.ts'
import { placedOn } from '../../open.ts'
import { putAfter, putBack } from '../../text/put.ts'
import type { Renewed } from '../../follow/renew.ts'
import { renew, renewAll } from '../../follow/renew.ts'
import type { Part, Restructuring } from '../../follow/restructured.ts'
import {
  changedBy,
  isRestructuring,
  leadOf,
  noteDeparted,
  partsOf,
  restructuringsOf,
  wayOf,
} from '../../follow/restructured.ts'
import { withUndoCopies } from '../../follow/undo-copies.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { baseTextOf, decisionOf, isAgreedParagraph, proponentOf } from '../../schema.ts'
import { entriesOf, recordSet } from '../../records.ts'
import {
  cutPieces,
  cutRuns,
  itemInRuns,
  joinRuns,
  offsetInRuns,
  piecesBetween,
  plain,
  runsBetween,
  runsLength,
  runsOverlap,
} from '../../text/wording.ts'
import { issuedInFamily, laterInFamily, restoreProposed } from './restore-family.ts'
import { moveRecordsBack } from './restore-anchor.ts'
import { AGREED } from '../decide/plan.ts'
import { placeParagraph } from '../decide/paragraphs.ts'

/** Taking back what an accepted proposal did to paragraphs as a whole: deletion, move, split and merger. */

/**
 * Returns the refusal when a later decision rests on this one (another restructuring of the same paragraphs, or
 * a wording accepted on the moved words), or when a paragraph is agreed. Returns null when this one can be
 * taken back.
 */
export function laterOn(od: OutcomeDocument, id: ProposalId, effect: Restructuring): Refusal | null {
  const paragraphs = changedBy(effect)
  const isMove = partsOf(effect).every(({ kind }) => kind === 'paragraph-moved')
  if (!isMove && paragraphs.some((paragraph) => isAgreedParagraph(od, paragraph))) return AGREED
  for (const paragraph of paragraphs) {
    const last = restructuringsOf(od, paragraph).at(-1)
    if (last !== undefined && last !== id) return later(od, last)
  }
  const family = laterInFamily(od, id, effect)
  if (family) return later(od, family)
  if (effect.kind !== 'paragraph-split' && effect.kind !== 'paragraphs-joined') return null
  const { to } = wayOf(effect)
  for (const [decided, { effect: put }] of entriesOf(od, 'decision')) {
    if (put.kind !== 'merged' || put.host !== to) continue
    const there =
      effect.kind === 'paragraph-split' ||
      runsOverlap(put.deletedRuns, effect.inserted) ||
      anchorItems(put.anchor).some((item) => offsetInRuns(effect.inserted, item) !== null)
    if (there) return later(od, decided)
  }
  return null
}

/**
 * The same check for an accepted wording: a later restructuring may have moved or deleted its words, or its
 * paragraph.
 */
export function restructuredSince(od: OutcomeDocument, id: ProposalId, effect: Insertion): Refusal | null {
  const host = effect.kind === 'merged' ? effect.host : effect.paragraph
  if (isProposalId(host)) return null
  const decided = decisionOf(od, id)?.at ?? 0
  for (const since of restructuringsOf(od, host).toReversed()) {
    const decision = decisionOf(od, since)
    if (!decision) continue
    if (effect.kind === 'paragraph-added') return later(od, since)
    if (decision.at >= decided && movedFrom(od, since, decision.effect, effect)) return later(od, since)
  }
  return null
}

function later(od: OutcomeDocument, id: ProposalId): Refusal {
  const author = proponentOf(od, id) ?? 'Another'
  return refuse('later-decision', `${author}’s proposal was accepted on this later. Reopen that first.`)
}

/** Whether restructuring `by` moved or deleted any of the words that a wording replaced or inserted. */
function movedFrom(
  od: OutcomeDocument,
  by: ProposalId,
  effect: Decision['effect'],
  { host, anchor, inserted, deletedRuns }: WordingInserted,
): boolean {
  if (effect.kind === 'family-changed') return effect.parts.some(({ kind }) => kind === 'paragraph-vacated')
  if (effect.kind === 'paragraph-vacated') return true
  if (effect.kind === 'paragraphs-joined') return effect.from === host
  if (effect.kind !== 'paragraph-split' || effect.paragraph !== host) return false
  const cut = od.anchors.get(by)
  const text = baseTextOf(od, effect.paragraph)
  if (!text || cut?.kind !== 'point') return true
  const behind = itemsBehind(text, cut.at)
  const touched = [...inserted, ...deletedRuns].map(([client, clock]): ItemId => [client, clock])
  return [...anchorItems(anchor), ...touched].some(behind)
}

/** Returns a test for whether a character of the text, deleted or not, stands behind the cut. */
function itemsBehind(text: Y.Text, cut: ItemId | null): (item: ItemId) => boolean {
  const before: Run[] = []
  for (let item = text._start; item !== null; item = item.right) {
    const { client, clock } = item.id
    if (cut && client === cut[0] && cut[1] >= clock && cut[1] < clock + item.length) {
      before.push([client, clock, cut[1] - clock + 1])
      return (other) => offsetInRuns(before, other) === null
    }
    before.push([client, clock, item.length])
  }
  return () => true
}

/** Applies the inverse of a restructuring. Words written among the moved words since are moved back with them. */
export function restore(od: OutcomeDocument, id: ProposalId, effect: Restructuring): void {
  for (const changed of changedBy(effect))
    recordSet(
      od,
      `restructured/${changed}`,
      restructuringsOf(od, changed).filter((other) => other !== id),
    )
  const issued = effect.kind === 'family-changed' ? issuedInFamily(od, effect) : []
  const renewed: Renewed[] = []
  for (const part of partsOf(effect)) {
    if (part.kind === 'paragraph-vacated') renewed.push(refill(od, part))
    else restorePart(od, id, part)
  }
  renewAll(od, renewed)
  if (effect.kind === 'family-changed') restoreProposed(od, effect, issued)
}

/** Puts the words of an emptied paragraph back. Returns which characters are to be renewed. */
function refill(od: OutcomeDocument, { paragraph, deletedRuns, deleted }: ParagraphVacated): Renewed {
  const fresh = putBack(baseTextOf(od, paragraph)!, deletedRuns, deleted)
  od.paragraphs.get(paragraph)!.set('vacant', isEmptied(od, paragraph))
  return { host: paragraph, old: deletedRuns, fresh }
}

function restorePart(od: OutcomeDocument, id: ProposalId, effect: Exclude<Part, ParagraphVacated>): void {
  switch (effect.kind) {
    case 'paragraph-moved':
      return placeParagraph(od, effect.paragraph, effect.from)
    case 'paragraph-split':
      moveBack(od, id, effect)
      od.paragraphs.get(effect.into)!.set('removed', true)
      return
    case 'paragraphs-joined':
      moveBack(od, id, effect)
      od.paragraphs.get(effect.from)!.set('vacant', isEmptied(od, effect.from))
  }
}

/**
 * Whether an earlier restructuring had emptied the paragraph. It is vacant again then: words that arrived in it
 * later were moved away by the one now taken back.
 */
const isEmptied = (od: OutcomeDocument, paragraph: ParagraphId): boolean =>
  restructuringsOf(od, paragraph).some((id) => {
    const effect = decisionOf(od, id)?.effect
    if (!effect || !isRestructuring(effect)) return false
    return partsOf(effect).some(
      (part) =>
        (part.kind === 'paragraph-vacated' && part.paragraph === paragraph) ||
        (part.kind === 'paragraphs-joined' && part.from === paragraph),
    )
  })

/**
 * Words that are moved back to the paragraph they came from. Offsets are UTF-16 units of the text that they
 * leave.
 */
interface ReturningWords {
  readonly home: ParagraphId
  readonly region: Span
  /** The identity that each character of the region has in `home`; null for a character that is not moved. */
  readonly fresh: readonly (ItemId | null)[]
  /** The character that the first of them is put behind. */
  readonly before: ItemId | null
}

/**
 * Moves words back to the paragraph they came from. What is left of the moved words returns to its exact former
 * place; what was written between them since is put right behind the word it follows. Anchors on either are
 * moved with them.
 */
function moveBack(od: OutcomeDocument, id: ProposalId, effect: ParagraphSplit | ParagraphsJoined): void {
  const { from: home, to: away } = wayOf(effect)
  const text = baseTextOf(od, away)!
  const cut = od.anchors.get(id)
  const before = effect.kind === 'paragraph-split' && cut?.kind === 'point' ? cut.at : null
  const lead = leadOf(effect.deletedRuns, effect.inserted)
  const words = lead > 0 ? ` ${plain(effect.deleted)}` : plain(effect.deleted).slice(-lead)
  const inserted = withUndoCopies(text, effect.inserted, words)
  const offsets = itemsBetween(text, 0, text.length).map((item) => offsetInRuns(inserted, item))
  const region = effect.kind === 'paragraph-split' ? { start: 0, end: text.length } : stretchOf(offsets)
  const anchored = placedOn(od, away).map((on) => ({ ...on, span: resolveAnchor(od, on.anchor) }))
  const leaving = region.start < region.end ? runsBetween(text, region.start, region.end) : []
  const fresh = reinsertWords(od, home, effect, text, region, offsets, before)
  const coming: ReturningWords = { home, region, fresh, before }
  const returned = new Set<ProposalId>()
  for (const { span, ...on } of anchored) {
    const to = span && returnedAnchor(on, span, coming, effect)
    if (!to) continue
    od.anchors.set(on.id, to)
    returned.add(on.id)
  }
  const homeItem = (item: ItemId): ItemId | null => {
    const offset = offsetInRuns(leaving, item)
    if (offset !== null) return fresh[offset] ?? null
    const gone = offsetInRuns(effect.inserted, item)
    return gone === null ? null : itemInRuns(effect.deletedRuns, gone - lead)
  }
  moveRecordsBack(od, id, returned, (anchor) => anchorAtHome(anchor, away, home, homeItem))
  const become = joinRuns(fresh.filter((item) => item !== null))
  const gone = { runs: lead > 0 ? cutRuns(leaving, runsLength(leaving) - runsLength(become)) : leaving }
  noteDeparted(od, away, { ...gone, to: home, become })
  if (effect.kind === 'paragraphs-joined' && leaving.length > 0)
    text.delete(region.start, region.end - region.start)
}

/** Returns an anchor on words that were moved back on the same characters in `home`; any other one as it is. */
function anchorAtHome(
  anchor: Anchor,
  away: ParagraphId,
  home: ParagraphId,
  homeItem: (item: ItemId) => ItemId | null,
): Anchor {
  if (!isOnWords(anchor) || anchor.host !== away) return anchor
  const on = { host: home, paragraph: home } as const
  if (anchor.kind === 'point') {
    const at = anchor.at && homeItem(anchor.at)
    return at ? { kind: 'point', ...on, at } : anchor
  }
  const [start, end] = [homeItem(anchor.start), homeItem(anchor.end)]
  return start && end ? { kind: 'range', ...on, start, end } : anchor
}

const isThere = (offset: number | null): boolean => offset !== null

function stretchOf(offsets: readonly (number | null)[]): Span {
  const start = offsets.findIndex(isThere)
  return start < 0
    ? { start: offsets.length, end: offsets.length }
    : { start, end: offsets.findLastIndex(isThere) + 1 }
}

/** Puts the words of the region into `home`. Returns the identity that each character of the region has there. */
function reinsertWords(
  od: OutcomeDocument,
  home: ParagraphId,
  { deleted, deletedRuns, inserted }: ParagraphSplit | ParagraphsJoined,
  text: Y.Text,
  region: Span,
  offsets: readonly (number | null)[],
  before: ItemId | null,
): (ItemId | null)[] {
  const into = baseTextOf(od, home)!
  const lead = leadOf(deletedRuns, inserted)
  const [old, now]: [Run[], Run[]] = [[], []]
  const back = (from: number, to: number, pieces: readonly TextPiece[]): Run[] => {
    const runs = cutRuns(deletedRuns, from, to)
    const put = putBack(into, runs, pieces)
    old.push(...runs)
    now.push(...put)
    return put
  }
  // Restores the leading space that was left out when the words began a paragraph.
  let last = before
  if (lead < 0) last = lastOf(back(0, -lead, cutPieces(deleted, 0, -lead))) ?? last
  const fresh: (ItemId | null)[] = []
  for (let at = region.start; at < region.end;) {
    const first = offsets[at] ?? null
    let end = at + 1
    while (end < region.end && (first === null ? offsets[end] === null : offsets[end] === first + end - at))
      end++
    const parting = first !== null && first < lead ? lead - first : 0
    for (let i = 0; i < parting; i++) fresh.push(null)
    const pieces = piecesBetween(text, at + parting, end)
    const put =
      first === null
        ? putAfter(into, last, pieces)
        : back(first + parting - lead, first + end - at - lead, pieces)
    for (let i = 0; i < runsLength(put); i++) fresh.push(itemInRuns(put, i))
    last = lastOf(put) ?? last
    at = end
  }
  renew(od, home, old, now)
  return fresh
}

const lastOf = (runs: readonly Run[]): ItemId | null => itemInRuns(runs, runsLength(runs) - 1)

/** Returns the anchor in `home` for an anchor on the moved words, or null when it is on other words or on none. */
function returnedAnchor(
  { id, anchor }: OpenOn,
  span: Span,
  { home, region, fresh, before }: ReturningWords,
  { kind, deletedRuns, inserted, carried }: ParagraphSplit | ParagraphsJoined,
): Anchor | null {
  if (span.start < region.start || span.end > region.end) return null
  const lead = leadOf(deletedRuns, inserted)
  const on = { host: home, paragraph: home } as const
  if (anchor.kind === 'point') {
    // A point right before words that were merged in, into a paragraph whose own were deleted, may be on either.
    const isOfHome = kind === 'paragraph-split' || carried.some(({ proposal }) => proposal === id)
    if (span.start === region.start && (region.start > 0 || !isOfHome)) return null
    const there = fresh.slice(0, span.start - region.start).findLast((item) => item !== null)
    return { kind: 'point', ...on, at: there ?? before }
  }
  const there = fresh
    .slice(span.start - region.start, span.end - region.start)
    .filter((item) => item !== null)
  const [first, last] = [there[0], there.at(-1)]
  if (first && last) return { kind: 'range', ...on, start: first, end: last }
  // Its words were deleted after the move, so it is anchored to their deleted originals in `home`.
  const [start, end] = [anchor.start, anchor.end].map((item) => {
    const offset = offsetInRuns(inserted, item)
    return offset === null ? null : itemInRuns(deletedRuns, offset - lead)
  })
  return start && end ? { kind: 'range', ...on, start, end } : null
}
