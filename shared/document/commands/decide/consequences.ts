import type { ProposalId } from '../../../model/ids.ts'
import type { Consequence } from '../../../model/proposals/proposal.ts'
import { plainText, probesOf, readHost, sameAnchor, spanOf } from '../../text/anchor.ts'
import { conflictSets } from '../../text/conflict.ts'
import { openAfter, openOn, isShown } from '../../open.ts'
import { byAgeIn } from '../../age.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { compareStrings, contentOf, headOf, proponentOf } from '../../schema.ts'
import { recordGet } from '../../records.ts'
import { carryOffset, lengthOf, plain } from '../../text/wording.ts'
import { isRefusal } from '../command-context.ts'
import type { OnSpan } from './neighbours.ts'
import { neighboursOf } from './neighbours.ts'
import type { AcceptedWording, Plan, WordsPlan } from './plan.ts'
import { planOf } from './plan.ts'
import { restructure } from './restructure.ts'

/**
 * Returns what becomes of the other open proposals when one is accepted, in the order of the text. Only those
 * are listed that are in dispute with it about the same words (`conflict.ts`). The interface shows this before
 * the decision, and the decision records the same.
 *
 * - **contradicts**: another delegation asked for something else in place of the very same words, or for an
 *   insertion at the very same point. Two proposals of one proponent do not contradict each other, nor do two
 *   that ask for the same wording; a proposal that overlaps, encloses or touches the words is about other
 *   words. Alternatives to one paragraph contradict each other in the same way.
 * - **words-gone**: none of the words it is about are left. This includes amendments whose words an accepted
 *   wording did not keep.
 * - **re-anchored**: it stays open, on all or on the rest of its words.
 */
export function consequencesOf(
  od: OutcomeDocument,
  id: ProposalId,
  choice: AcceptedWording = {},
): Consequence[] {
  const plan = planOf(od, id, choice)
  return isRefusal(plan) ? [] : consequencesOfPlan(od, plan)
}

/** See {@link consequencesOf}, for a plan that was made before. */
export function consequencesOfPlan(od: OutcomeDocument, plan: Plan): Consequence[] {
  if (plan.kind === 'whole') {
    const whole = restructure(od, plan)
    return isRefusal(whole) ? [] : [...whole.consequences]
  }
  const others = plan.kind === 'words' ? [...amongOthers(od, plan), ...otherAlternatives(od, plan)] : []
  return [...others, ...lostAmendments(od, plan)]
}

function amongOthers(od: OutcomeDocument, plan: WordsPlan): Consequence[] {
  const others = plan.others.filter((other) => isSeen(od, other)).sort(byHeadOf(od))
  const own: Member = { id: plan.id, span: plan.span }
  const set = conflictSets<Member>([...others, own]).find((members) => members.includes(own))
  const gone = neighboursOf(od, plan.id, plan.taken, plan.others).filter(({ inside }) => inside)
  return others.flatMap((other): Consequence[] => {
    const becomes = competes(od, plan, other)
      ? 'contradicts'
      : gone.some(({ id }) => id === other.id)
        ? 'words-gone'
        : 're-anchored'
    return becomes !== 're-anchored' || set?.includes(other) ? [{ proposal: other.id, becomes }] : []
  })
}

/** An emptied proposal is shown as long as it is flagged, since somebody has to decide what becomes of it. */
const isSeen = (od: OutcomeDocument, other: OnSpan): boolean =>
  isShown(od, other) || recordGet(od, `affected/${other.id}`) !== undefined

type Member = Pick<OnSpan, 'id' | 'span'>

const byHeadOf =
  (od: OutcomeDocument) =>
  (a: OnSpan, b: OnSpan): number => {
    const age = byAgeIn(od)(a.id, b.id)
    return a.span.start - b.span.start || a.span.end - b.span.end || age
  }

/** Whether accepting the plan contradicts `other`: see {@link consequencesOf}. */
function competes(od: OutcomeDocument, plan: WordsPlan, other: OnSpan): boolean {
  if (proponentOf(od, plan.id) === proponentOf(od, other.id)) return false
  if (plan.anchor.kind !== other.anchor.kind) return false
  const samePlace = plan.span.start === other.span.start && plan.span.end === other.span.end
  if (plan.anchor.kind === 'point') return samePlace && lengthOf(plan.pieces) > 0
  const sameWords = samePlace && (plan.span.start < plan.span.end || sameAnchor(plan.anchor, other.anchor))
  const content = contentOf(od, other.id)
  return plan.strike && sameWords && content !== undefined && plainText(content) !== plain(plan.pieces)
}

/** The open alternatives to the same paragraph. Those of other delegations are contradicted. */
function otherAlternatives(od: OutcomeDocument, { id, anchor }: WordsPlan): Consequence[] {
  if (headOf(od, id)?.kind !== 'alternative') return []
  const others = openAfter(od, anchor.paragraph).filter(
    (other) => other !== id && headOf(od, other)?.kind === 'alternative',
  )
  const proponent = proponentOf(od, id)
  return others.sort(compareStrings).map((proposal): Consequence => {
    const own = proponentOf(od, proposal) === proponent
    return { proposal, becomes: own ? 're-anchored' : 'contradicts' }
  })
}

/** The amendments of the proposed wording whose words are not in the wording that goes in. */
function lostAmendments(od: OutcomeDocument, plan: Exclude<Plan, { kind: 'whole' }>): Consequence[] {
  const content = contentOf(od, plan.id)
  if (!content) return []
  const carry = (offset: number) => carryOffset(plan.common, plan.proposed, lengthOf(plan.pieces), offset)
  return openOn(od, plan.id).flatMap(({ id, anchor }): Consequence[] => {
    const span = spanOf(anchor, readHost(content, probesOf(anchor)).offsets)
    if (anchor.kind !== 'range' || !span || carry(span.start) < carry(span.end)) return []
    return [{ proposal: id, becomes: 'words-gone' }]
  })
}
