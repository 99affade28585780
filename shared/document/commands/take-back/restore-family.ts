import type { FamilyChanged, PlaceMoved } from '../../../model/proposals/decision.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { labelKey, stepsUp } from '../../../model/label-path.ts'
import type { Part, Restructuring } from '../../follow/restructured.ts'
import { partsOf, restructuringsOf } from '../../follow/restructured.ts'
import { familyOf, issuedAmong } from '../../issue/families.ts'
import type { IssuedTo } from '../../issue/families.ts'
import { giveNumbers } from '../../issue/follow-up.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { decisionOf, headOf, makerOf } from '../../schema.ts'
import { entriesOf, recordDelete, recordSet } from '../../records.ts'

/** Taking back the move of a paragraph with everything below it. */

/** The moves among its parts. */
const movesIn = (parts: readonly Part[]) =>
  parts.flatMap((part) => (part.kind === 'paragraph-moved' ? [part] : []))

/**
 * Returns a later decision on which the place rests that a restructuring would be taken back to: what came below the moved
 * paragraph since has nowhere to return to, and a paragraph cannot return below one that was moved since.
 */
export function laterInFamily(od: OutcomeDocument, id: ProposalId, effect: Restructuring): ProposalId | null {
  const moves = movesIn(partsOf(effect))
  if (moves.length === 0) return null
  return (effect.kind === 'family-changed' ? joinedSince(od, effect) : null) ?? movedAway(od, id, moves)
}

function joinedSince(od: OutcomeDocument, { paragraph, parts }: FamilyChanged): ProposalId | null {
  const known = new Set(parts.map((part) => part.paragraph))
  const since = familyOf(od, paragraph).find((member) => !known.has(member.id))
  if (!since) return null
  const maker = makerOf(since.id)
  return restructuringsOf(od, since.id).at(-1) ?? (headOf(od, maker) && decisionOf(od, maker) ? maker : null)
}

function movedAway(
  od: OutcomeDocument,
  id: ProposalId,
  moves: readonly Pick<PlaceMoved, 'from'>[],
): ProposalId | null {
  for (const [other, { effect }] of entriesOf(od, 'decision')) {
    if (other === id || effect.kind !== 'family-changed') continue
    const left = movesIn(effect.parts).map(({ from }) => from)
    const [first, last] = [left[0], left.at(-1)]
    if (!first || !last) continue
    const keys = new Set(left.flatMap(({ label }) => (label ? [labelKey(label)] : [])))
    const isAway = moves.some(
      ({ from: { label, order } }) =>
        (order > first.order && order < last.order) ||
        (label !== null && [...stepsUp(label)].some((step) => keys.has(labelKey(step)))),
    )
    if (isAway) return other
  }
  return null
}

/** The numbers and places issued among a family that returns; read before it does. */
export const issuedInFamily = (od: OutcomeDocument, { paragraph, parts }: FamilyChanged): IssuedTo[] =>
  movesIn(parts).length > 0 ? issuedAmong(od, familyOf(od, paragraph)) : []

/** Puts the proposals for paragraphs below it back to their places. Those made since are given numbers there. */
export function restoreProposed(
  od: OutcomeDocument,
  { proposed }: FamilyChanged,
  issued: readonly IssuedTo[],
): void {
  const before = new Map(proposed.map(({ proposal, from }) => [proposal, from]))
  const fresh: ProposalId[] = []
  for (const { proposal } of issued) {
    const from = before.get(proposal)
    if (from) recordSet(od, `label/${proposal}`, from)
    else {
      recordDelete(od, `label/${proposal}`)
      fresh.push(proposal)
    }
  }
  giveNumbers(od, fresh)
}
