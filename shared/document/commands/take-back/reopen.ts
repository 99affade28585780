import { anchorItems, isOnWords } from '../../../model/proposals/proposal.ts'
import type * as Y from 'yjs'
import type { CommandResult } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import { isInsertion } from '../../../model/proposals/decision.ts'
import type {
  Decision,
  Effect,
  WordingInserted,
  MovedAnchor,
  ParagraphAdded,
  Insertion,
  Run,
} from '../../../model/proposals/decision.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { isNameless } from '../../../model/participant.ts'
import type { Anchor, ItemId, WordAnchor } from '../../../model/proposals/proposal.ts'
import { isInAgreed } from '../../agreement.ts'
import { anchorAt, itemsBetween, probesOf, readHost, sameAnchor, spanOf } from '../../text/anchor.ts'
import { intoProposal, wordingIn } from '../../follow/forward.ts'
import { isLiveHost, isOpen, isPlaced, openAfter, placedOn } from '../../open.ts'
import { putBack } from '../../text/put.ts'
import { renew } from '../../follow/renew.ts'
import { isRestructuring, noteDeparted, partsOf } from '../../follow/restructured.ts'
import { withUndoCopies } from '../../follow/undo-copies.ts'
import { issuedSince } from '../../issue/revisions.ts'
import type { OutcomeDocument } from '../../schema.ts'
import type { Departed } from '../../records.ts'
import { baseTextOf, contentOf, decisionOf, headOf, hostText, proponentOf } from '../../schema.ts'
import { entriesOf, recordDelete, recordGet, recordSet } from '../../records.ts'
import { reversed } from '../../text/kept.ts'
import { giveNumbers } from '../../issue/follow-up.ts'
import {
  carryOffset,
  offsetInRuns,
  piecesBetween,
  rewrite,
  runsBetween,
  runsOverlap,
} from '../../text/wording.ts'
import type { CommandContext } from '../command-context.ts'
import { sign } from '../command-context.ts'
import { unmarkAffected } from '../../issue/affected.ts'
import { AGREED } from '../decide/plan.ts'
import { laterOn, restore, restructuredSince } from './restore.ts'
import { anchorMoves, moveRecordsBack, restoreCarried, restoreAnchor, uncutRanges } from './restore-anchor.ts'

/**
 * Takes a decision back by applying the inverse of the effect that it recorded, and keeps on record who took it
 * back, when and why. Returns the proposals whose flags are gone.
 *
 * Refused with `later-decision` when a later decision rests on this one: that one must be taken back first.
 * Decisions that do not rest on each other can be taken back in any order.
 *
 * The order of the steps matters. Anchors that are still where the decision put them are found before any text
 * changes. The text is restored, which renews recorded identities (`renew`). Only then are the anchors set,
 * from the renewed record.
 */
export function reopen(executing: CommandContext, id: ProposalId, reason: string): CommandResult {
  const { od } = executing
  const refusal = notReopenable(od, id)
  const decision = decisionOf(od, id)
  if (refusal || !decision) return refusal ?? NOT_DECIDED
  const effect = asItStands(od, decision.effect)
  const moved = anchorMoves(effect).filter((anchor) => isUnmoved(od, anchor))
  if (effect.kind === 'merged') removeWording(od, id, effect)
  const isRewritten = effect.kind === 'paragraph-added' && removeParagraph(od, id, effect)
  if (isRestructuring(effect)) restore(od, id, effect)
  // Restoring the text has renewed this record, so its anchors name the characters that were put back.
  const restored = decisionOf(od, id)!.effect
  const record = anchorMoves(restored)
  // In a rewritten wording they stand where its words are now.
  for (const { proposal } of isRewritten ? [] : moved) {
    const back = record.find((entry) => entry.proposal === proposal)
    if (back) od.anchors.set(proposal, back.from)
  }
  restoreMovedOn(od, id, moved)
  recordDelete(od, `decision/${id}`)
  uncutRanges(od, deletedBy(restored))
  giveNumbers(od, [id])
  for (const other of decision.flagged) unmarkAffected(od, other, id)
  recordReopened(executing, id, decision, reason)
  return { ok: true, affected: decision.flagged.filter((other) => isOpen(od, other)) }
}

const NOT_DECIDED = refuse('not-decided', 'This proposal is open: there is no decision to take back.')

/** Returns why a decision cannot be taken back; null when it can. */
export function notReopenable(od: OutcomeDocument, id: ProposalId): CommandResult | null {
  const decision = decisionOf(od, id)
  if (!decision) return NOT_DECIDED
  if (isInAgreed(od, id)) return AGREED
  const issued = issuedSince(od, id)
  if (issued)
    return refuse(
      'later-decision',
      `Rev.${issued.number} was issued since, and its numbers rest on this decision.`,
    )
  const effect = asItStands(od, decision.effect)
  if (isInsertion(effect)) return dependency(od, id, effect) ?? restructuredSince(od, id, effect)
  return isRestructuring(effect) ? laterOn(od, id, effect) : null
}

const deletedBy = (effect: Effect): readonly Run[] =>
  (isRestructuring(effect) ? partsOf(effect) : [effect]).flatMap((part) =>
    'deletedRuns' in part ? part.deletedRuns : [],
  )

function recordReopened(executing: CommandContext, id: ProposalId, was: Decision, reason: string): void {
  const { effect, flagged: _flagged, ...decision } = was
  const { by, person, at } = sign(executing)
  const words = 'inserted' in effect ? { inserted: effect.inserted } : {}
  const entry = { decision, by, person, at, reason, ...words }
  const earlier = recordGet(executing.od, `reopened/${id}`) ?? []
  recordSet(executing.od, `reopened/${id}`, [...earlier, entry])
}

function asItStands(od: OutcomeDocument, effect: Effect): Effect {
  const text = effect.kind === 'merged' ? hostText(od, effect.host) : undefined
  if (effect.kind !== 'merged' || !text) return effect
  return { ...effect, inserted: withUndoCopies(text, effect.inserted, effect.put) }
}

/** Anchors that later decisions have moved again are restored through those decisions' records. */
function restoreMovedOn(od: OutcomeDocument, id: ProposalId, moved: readonly MovedAnchor[]): void {
  const { effect } = decisionOf(od, id)!
  const rest = (entries: readonly MovedAnchor[]) =>
    entries.filter(({ proposal }) => !moved.some((other) => other.proposal === proposal))
  if (effect.kind === 'merged') {
    for (const entry of rest(effect.stepped)) restoreAnchor(od, id, entry)
    for (const entry of rest(effect.carried)) restoreCarried(od, id, entry)
  }
  // What a split or a merger moved to the other paragraph has come back with its words: only a range that was cut in two is
  // left.
  if (effect.kind === 'paragraph-split' || effect.kind === 'paragraphs-joined')
    for (const entry of rest(effect.carried)) if (isCut(entry)) restoreAnchor(od, id, entry)
}

/** Whether a split or a merger left the anchor in its paragraph, on the words before the cut. */
const isCut = ({ from, to }: MovedAnchor): boolean =>
  isOnWords(from) && isOnWords(to) && from.host === to.host

/** Whether an anchor is still exactly where the decision put it, so that it can return to exactly where it was. */
function isUnmoved(od: OutcomeDocument, { proposal, to }: MovedAnchor): boolean {
  const current = od.anchors.get(proposal)
  return current !== undefined && isPlaced(od, proposal) && sameAnchor(current, to)
}

function dependency(od: OutcomeDocument, id: ProposalId, effect: Insertion): CommandResult | null {
  if (effect.kind === 'merged' && !isLiveHost(od, effect.host))
    return refuse(
      'host-closed',
      'The wording this was accepted into was itself decided later. Reopen that first.',
    )
  for (const [other, { effect: later }] of entriesOf(od, 'decision')) {
    if (other === id) continue
    if (isInsertion(later) && (restsOn(later, effect) || isCarriedBy(other, effect))) {
      const by = proponentOf(od, other)
      const author = by && !isNameless(by) ? by : 'Another delegation'
      return refuse(
        'later-decision',
        `${author}’s proposal was accepted on these words later. Reopen that first.`,
      )
    }
  }
  return null
}

/** Whether `later` deleted characters that `earlier` inserted, or is anchored to them. */
function restsOn(later: Insertion, earlier: Insertion): boolean {
  if (later.kind !== 'merged') return false
  if (earlier.kind === 'paragraph-added') return later.host === earlier.paragraph
  if (later.host !== earlier.host) return false
  return (
    runsOverlap(later.deletedRuns, earlier.inserted) ||
    anchorItems(later.anchor).some(within(earlier.inserted))
  )
}

/**
 * An amendment at the very start of a wording is anchored to the character before it when the wording is
 * accepted. It is then on none of the inserted characters, but still rests on the decision that moved it.
 */
const isCarriedBy = (later: ProposalId, { carried }: Insertion): boolean =>
  carried.some(({ proposal }) => proposal === later)

const within = (runs: readonly Run[]) => (item: ItemId) => offsetInRuns(runs, item) !== null

function removeWording(od: OutcomeDocument, id: ProposalId, effect: WordingInserted): void {
  const host = hostText(od, effect.host)!
  const back = anchorsInContent(od, id, effect)
  const content = contentOf(od, id)!
  noteDeparted(od, effect.host, {
    runs: wordingIn(effect),
    to: id,
    become: runsBetween(content, 0, content.length),
    ...revisedBack(effect),
  })
  deleteRuns(host, effect.inserted)
  const fresh = putBack(host, effect.deletedRuns, effect.deleted)
  od.anchors.set(id, placeBefore(od, id, effect))
  renew(od, effect.host, effect.deletedRuns, fresh)
  for (const [amendment, anchor] of back) od.anchors.set(amendment, anchor)
  moveRecordsBack(od, id, new Set(back.map(([amendment]) => amendment)), (anchor) =>
    isOnWords(anchor) && anchor.host === effect.host
      ? (anchorInContent(od, id, effect, anchor) ?? anchor)
      : anchor,
  )
}

/** What `Departed` says of how the inserted wording maps back to the proposed one. */
const revisedBack = ({ common, kept }: Insertion): Pick<Departed, 'revised'> =>
  common === null ? {} : { revised: kept ? { common, kept: reversed(kept) } : { common } }

/** Where the reopened proposal is anchored: to the words it replaced; an alternative to its paragraph. */
const placeBefore = (od: OutcomeDocument, id: ProposalId, { anchor }: WordingInserted): Anchor =>
  headOf(od, id)?.kind === 'alternative' ? { kind: 'after', paragraph: anchor.paragraph } : anchor

/**
 * Deletes the inserted characters that are still there. Works from the end, so that the offsets before stay
 * valid.
 */
function deleteRuns(host: Y.Text, runs: readonly Run[]): void {
  const items = itemsBetween(host, 0, host.length)
  const isIn = within(runs)
  for (let offset = items.length - 1; offset >= 0; offset--) {
    if (!isIn(items[offset]!)) continue
    const end = offset + 1
    while (offset > 0 && isIn(items[offset - 1]!)) offset--
    host.delete(offset, end - offset)
  }
}

/**
 * Returns new anchors, in the content of the reopened proposal, for the proposals on the words that it had
 * inserted.
 */
function anchorsInContent(
  od: OutcomeDocument,
  id: ProposalId,
  effect: WordingInserted,
): [ProposalId, Anchor][] {
  const text = hostText(od, effect.host)!
  const back: [ProposalId, Anchor][] = []
  for (const { id: amendment, anchor } of placedOn(od, effect.host)) {
    if (amendment === id) continue
    // A neighbour that this decision had re-anchored returns to its former words instead.
    if (effect.stepped.some(({ proposal, to }) => proposal === amendment && sameAnchor(to, anchor))) continue
    const to = anchorInContent(od, id, effect, anchor)
    if (!to || wasPutBeside(od, id, amendment, anchor, effect)) continue
    if (spanOf(anchor, readHost(text, probesOf(anchor)).offsets)) back.push([amendment, to])
  }
  return back
}

/** Returns an anchor on inserted words on the same words of the proposal's content; null for any other anchor. */
function anchorInContent(
  od: OutcomeDocument,
  id: ProposalId,
  effect: WordingInserted,
  anchor: WordAnchor,
): Anchor | null {
  const { length } = contentOf(od, id)!
  const offsets = anchorItems(anchor).map((item) => offsetInRuns(effect.inserted, item))
  const [first, last] = [offsets[0] ?? null, offsets.at(-1) ?? null]
  if (first === null || last === null) return null
  const start = intoProposal(effect, length, anchor.kind === 'range' ? first : first + 1)
  const end = intoProposal(effect, length, last + 1)
  return anchorAt(od, id, effect.anchor.paragraph, start, Math.max(start, end))
}

/**
 * Whether another decision has put a proposal behind the words that decision `id` inserted, because the words between were
 * deleted. It is not on these words, so it stays, and returns to its own with the other decision.
 */
function wasPutBeside(
  od: OutcomeDocument,
  id: ProposalId,
  proposal: ProposalId,
  anchor: Anchor,
  { inserted }: WordingInserted,
): boolean {
  const isInserted = within(inserted)
  for (const [other, decision] of entriesOf(od, 'decision'))
    if (other !== id)
      for (const { proposal: moved, from, to } of anchorMoves(decision.effect))
        if (moved === proposal && sameAnchor(to, anchor) && !anchorItems(from).some(isInserted)) return true
  return false
}

/**
 * Takes back an accepted new paragraph. The paragraph stays in the document, marked `removed`, since no shared
 * type is ever deleted. Changes made to its words since are kept: the proposal's content is rewritten to the
 * paragraph's present text, and what was anchored in the paragraph is anchored to the same offsets of the
 * content. Returns whether it was rewritten.
 */
function removeParagraph(od: OutcomeDocument, id: ProposalId, effect: ParagraphAdded): boolean {
  const text = baseTextOf(od, effect.paragraph)!
  const content = contentOf(od, id)!
  const after = (od.anchors.get(id) ?? headOf(od, id)!).paragraph
  const now = runsBetween(text, 0, text.length)
  const changed = JSON.stringify(now) !== JSON.stringify(effect.inserted)
  if (changed) rewrite(content, piecesBetween(text, 0, text.length))
  noteDeparted(od, effect.paragraph, {
    runs: now,
    to: id,
    become: runsBetween(content, 0, content.length),
    ...(changed ? {} : revisedBack(effect)),
  })
  const carry = (offset: number) =>
    changed ? offset : carryOffset(effect.common, text.length, content.length, offset)
  for (const { id: amendment, anchor } of placedOn(od, effect.paragraph)) {
    const span = spanOf(anchor, readHost(text, probesOf(anchor)).offsets)
    if (span) od.anchors.set(amendment, anchorAt(od, id, after, carry(span.start), carry(span.end)))
  }
  for (const follower of openAfter(od, effect.paragraph))
    od.anchors.set(follower, { kind: 'after', paragraph: after })
  od.paragraphs.get(effect.paragraph)?.set('removed', true)
  return changed
}
