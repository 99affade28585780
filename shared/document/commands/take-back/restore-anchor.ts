import type {
  Decision,
  Effect,
  WordingInserted,
  MovedAnchor,
  Run,
} from '../../../model/proposals/decision.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { isOnWords, sameItem } from '../../../model/proposals/proposal.ts'
import type { Anchor, ItemId } from '../../../model/proposals/proposal.ts'
import { sameAnchor } from '../../text/anchor.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { entriesOf, recordSet } from '../../records.ts'
import { decisionOf } from '../../schema.ts'
import { offsetInRuns } from '../../text/wording.ts'

/**
 * Restores the anchor of a proposal that decision `id` moved from `from` to `to`, when later decisions may have
 * moved it on from there.
 *
 * Those later decisions form a chain in which each recorded move begins where the one before ended. Taking out
 * one link must not move what later links moved: so the records of the later links are rewritten to begin at
 * `from`. Whichever of the decisions is taken back last then leaves the anchor where it first was. The two ends
 * of a range are restored independently, because a decision may have moved only one of them.
 */
export function restoreAnchor(
  od: OutcomeDocument,
  id: ProposalId,
  { proposal, from, to }: MovedAnchor,
): void {
  const back = changedEnds(to, from)
  let at = to
  const seen = new Set([id])
  for (let next = nextMove(od, seen, proposal, at); next; next = nextMove(od, seen, proposal, at)) {
    seen.add(next.id)
    const { decision, step } = next
    const moved = changedEnds(step.from, step.to)
    const start = withEnds(step.from, back)
    // From here on this end is where a later decision put it, so it stays there.
    for (const end of moved.keys()) back.delete(end)
    const rest = { proposal, from: start, to: withEnds(step.to, back) }
    recordSet(od, `decision/${next.id}`, { ...decision, effect: replaceMove(decision.effect, step, [rest]) })
    at = step.to
  }
  if (back.size > 0) restoreEnds(od, proposal, at, back)
}

/**
 * Lets ranges reach again to characters that have come back, when a wording accepted while these were deleted had cut
 * them off. The ranges then are where they would be, had the characters been there at that time.
 *
 * `back`: the characters, as the records of decisions name them now. Which decision brought them back must not be on
 * record any more: that one's own moves are restored by {@link restoreAnchor}.
 */
export function uncutRanges(od: OutcomeDocument, back: readonly Run[]): void {
  if (back.length === 0) return
  for (const [id] of entriesOf(od, 'decision'))
    for (let cut = cutOff(od, id, back); cut; cut = cutOff(od, id, back)) {
      const { decision, step } = cut
      const effect = replaceMove(decision.effect, step, [])
      recordSet(od, `decision/${id}`, { ...decision, effect })
      restoreAnchor(od, id, step)
    }
}

/** Returns a move by which a decision cut one end of a range that is among these characters; null for none. */
function cutOff(od: OutcomeDocument, id: ProposalId, back: readonly Run[]): LaterMove | null {
  const decision = decisionOf(od, id)
  if (decision?.effect.kind !== 'merged') return null
  const step = decision.effect.stepped.find(({ from, to }) => {
    // A range that was moved to what replaced its words has two other ends.
    const [end, ...more] = from.kind === 'range' ? changedEnds(to, from).values() : []
    return end && more.length === 0 && offsetInRuns(back, end) !== null
  })
  return step ? { id, decision, step } : null
}

/**
 * Restores an amendment that moved along with an accepted wording, to the character right before it, and that
 * later decisions moved on. It returns into the wording. The later records of its moves are removed, because
 * they start from a place that it will not be in again.
 */
export function restoreCarried(
  od: OutcomeDocument,
  id: ProposalId,
  { proposal, from, to }: MovedAnchor,
): void {
  const steps: LaterMove[] = []
  let at = to
  const seen = new Set([id])
  for (let next = nextMove(od, seen, proposal, at); next; next = nextMove(od, seen, proposal, at)) {
    seen.add(next.id)
    steps.push(next)
    at = next.step.to
  }
  const current = od.anchors.get(proposal)
  if (!current || !sameAnchor(current, at)) return
  od.anchors.set(proposal, from)
  for (const { id: later, decision, step } of steps)
    recordSet(od, `decision/${later}`, { ...decision, effect: replaceMove(decision.effect, step, []) })
}

/**
 * Rewrites what other decisions than `id` recorded of these proposals' moves, when taking that one back moves their words to
 * another text: the others can then still be taken back from there.
 */
export function moveRecordsBack(
  od: OutcomeDocument,
  id: ProposalId,
  proposals: ReadonlySet<ProposalId>,
  moved: (anchor: Anchor) => Anchor,
): void {
  if (proposals.size === 0) return
  for (const [other, decision] of entriesOf(od, 'decision')) {
    if (other === id || !anchorMoves(decision.effect).some(({ proposal }) => proposals.has(proposal)))
      continue
    const effect = changeMoves(decision.effect, (move) =>
      proposals.has(move.proposal) ? [{ ...move, from: moved(move.from), to: moved(move.to) }] : [move],
    )
    recordSet(od, `decision/${other}`, { ...decision, effect })
  }
}

/**
 * Applies the restored ends to the proposal's present anchor, or, when it was accepted from there, to the
 * anchor that its own decision recorded.
 */
function restoreEnds(od: OutcomeDocument, proposal: ProposalId, at: Anchor, back: Ends): void {
  const current = od.anchors.get(proposal)
  if (current && sameAnchor(current, at)) od.anchors.set(proposal, withEnds(current, back))
  const decision = decisionOf(od, proposal)
  if (decision?.effect.kind !== 'merged' || !sameAnchor(decision.effect.anchor, at)) return
  const effect: WordingInserted = { ...decision.effect, anchor: withEnds(decision.effect.anchor, back) }
  recordSet(od, `decision/${proposal}`, { ...decision, effect })
}

interface LaterMove {
  readonly id: ProposalId
  readonly decision: Decision
  readonly step: MovedAnchor
}

/**
 * Returns the next link of the chain: a decision, not yet in `seen`, that moved the proposal on from `at`.
 * `seen` ends the search when two decisions moved it to and fro.
 */
function nextMove(
  od: OutcomeDocument,
  seen: ReadonlySet<ProposalId>,
  proposal: ProposalId,
  at: Anchor,
): LaterMove | null {
  for (const [id, decision] of entriesOf(od, 'decision')) {
    if (seen.has(id)) continue
    const step = anchorMoves(decision.effect).find(
      (entry) => entry.proposal === proposal && sameAnchor(entry.from, at),
    )
    if (step) return { id, decision, step }
  }
  return null
}

/** Returns all anchors that a decision changed. */
export function anchorMoves(effect: Effect): readonly MovedAnchor[] {
  if (effect.kind === 'merged') return [...effect.carried, ...effect.stepped]
  return 'carried' in effect ? effect.carried : []
}

/** Returns the effect with other entries in place of each of its {@link anchorMoves}. */
function changeMoves(effect: Effect, change: (move: MovedAnchor) => readonly MovedAnchor[]): Effect {
  if (effect.kind === 'merged')
    return { ...effect, carried: effect.carried.flatMap(change), stepped: effect.stepped.flatMap(change) }
  return 'carried' in effect ? { ...effect, carried: effect.carried.flatMap(change) } : effect
}

const replaceMove = (effect: Effect, move: MovedAnchor, by: readonly MovedAnchor[]): Effect =>
  changeMoves(effect, (entry) => (entry === move ? by : [entry]))

type End = 'start' | 'end' | 'at'
type Ends = Map<End, ItemId | null>

/** The ends in which `to` differs from `from`, each with its character in `to`. */
function changedEnds(from: Anchor, to: Anchor): Ends {
  const ends: Ends = new Map()
  if (!isOnWords(from) || !isOnWords(to)) return ends
  if (from.kind === 'range' && to.kind === 'range') {
    if (!sameItem(from.start, to.start)) ends.set('start', to.start)
    if (!sameItem(from.end, to.end)) ends.set('end', to.end)
  } else if (from.kind === 'point' && to.kind === 'point' && !sameItem(from.at, to.at)) ends.set('at', to.at)
  return ends
}

function withEnds(anchor: Anchor, ends: Ends): Anchor {
  if (anchor.kind === 'range')
    return { ...anchor, start: ends.get('start') ?? anchor.start, end: ends.get('end') ?? anchor.end }
  if (anchor.kind === 'point') return { ...anchor, at: ends.has('at') ? (ends.get('at') ?? null) : anchor.at }
  return anchor
}
