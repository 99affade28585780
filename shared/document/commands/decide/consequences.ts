import type { ProposalId } from '../../../model/ids.ts'
import type { Consequence } from '../../../model/proposal.ts'
import { plainText, probesOf, readHost, sameAnchor, spanOf } from '../../text/anchor.ts'
import { conflictSets } from '../../composition/conflict.ts'
import { openAfter, openOn, saysSomething } from '../../open.ts'
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
 * What becomes of the others when a proposal is accepted: known before, and the same then. The others are the open
 * proposals in dispute with it about the same words (`conflict.ts`), in the order of the text.
 *
 * - **contradicts**: another delegation asked for something else of the very same words, or for something at the very
 *   same point, and this is what was accepted. Two proposals of one proponent do not compete; two that ask for the same of
 *   the same words do not either; and what overlaps, encloses or touches is about other words. Alternatives to one
 *   paragraph contradict each other in the same way.
 * - **words-gone**: nothing of the words it is about is left. So do amendments end whose words an accepted wording
 *   has not kept.
 * - **re-anchored**: it stands on, on all or what is left of its words.
 */
export function consequencesOf(
  od: OutcomeDocument,
  id: ProposalId,
  choice: AcceptedWording = {},
): Consequence[] {
  const plan = planOf(od, id, choice)
  return isRefusal(plan) ? [] : consequencesOfPlan(od, plan)
}

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

/** What was emptied is seen as long as a flag asks what becomes of it. */
const isSeen = (od: OutcomeDocument, other: OnSpan): boolean =>
  saysSomething(od, other) || recordGet(od, `affected/${other.id}`) !== undefined

type Member = Pick<OnSpan, 'id' | 'span'>

const byHeadOf =
  (od: OutcomeDocument) =>
  (a: OnSpan, b: OnSpan): number => {
    const age = byAgeIn(od)(a.id, b.id)
    return a.span.start - b.span.start || a.span.end - b.span.end || age
  }

/** See {@link consequencesOf}. */
function competes(od: OutcomeDocument, plan: WordsPlan, other: OnSpan): boolean {
  if (proponentOf(od, plan.id) === proponentOf(od, other.id)) return false
  if (plan.anchor.kind !== other.anchor.kind) return false
  const samePlace = plan.span.start === other.span.start && plan.span.end === other.span.end
  if (plan.anchor.kind === 'point') return samePlace && lengthOf(plan.pieces) > 0
  const sameWords = samePlace && (plan.span.start < plan.span.end || sameAnchor(plan.anchor, other.anchor))
  const content = contentOf(od, other.id)
  return plan.strike && sameWords && content !== undefined && plainText(content) !== plain(plan.pieces)
}

/** One alternative to a paragraph was chosen, so another delegation's was not. */
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

/** What was proposed on words of the proposed wording that did not go in. */
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
