import type { Command, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { labelInSeries, labelKey, seriesKey } from '../../../model/label-path.ts'
import { proposedBelow } from '../../issue/proposed-below.ts'
import { entriesOf, recordGet } from '../../records.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { headOf } from '../../schema.ts'
import { staleForDecision } from '../checks/as-seen.ts'
import { nameOf } from '../checks/families.ts'
import { isRefusal } from '../command-context.ts'
import type { ParagraphPlan } from './plan.ts'
import { notDecidable, planOf } from './plan.ts'

/** Accepting a new paragraph or heading with everything that is proposed below it: all of it, or nothing and why not. */

type Accept = Extract<Command, { kind: 'proposal-accept' }>

/** Returns the plans for what is proposed below, in order; empty when only the proposal itself is to be accepted. */
export function plansBelow(od: OutcomeDocument, command: Accept): readonly ParagraphPlan[] | Refusal {
  const { proposal: head, proposedBelow: seen } = command
  if (!seen) return []
  const now = proposedBelow(od, head)
  if (now.length !== seen.length || now.some((id, i) => id !== seen[i]!.proposal)) return CHANGED
  const rivals = rivalsIn(od, [head, ...now])
  if (rivals) return rivals
  const plans: ParagraphPlan[] = []
  for (const one of seen) {
    const id = one.proposal
    const refusal = notDecidable(od, id) ?? staleForDecision(od, id, one)
    if (refusal) return inTheWay(od, id, refusal)
    const plan = planOf(od, id, {})
    if (isRefusal(plan)) return inTheWay(od, id, plan)
    if (plan.kind !== 'paragraph') return inTheWay(od, id, ANOTHER)
    plans.push(plan)
  }
  return plans
}

const CHANGED = refuse(
  'wording-changed',
  'What is proposed below it changed while you were deciding. Please look at it again.',
)

const ANOTHER = refuse('not-together', 'It is an alternative to a paragraph of the text.')

const inTheWay = (od: OutcomeDocument, id: ProposalId, { code, message }: Refusal): Refusal =>
  refuse(
    code,
    `${namedProposed(od, id)} stands in the way: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
  )

function namedProposed(od: OutcomeDocument, id: ProposalId): string {
  const issued = recordGet(od, `label/${id}`)
  const isHeading = issued?.heading ?? headOf(od, id)?.block?.kind === 'heading'
  return nameOf({ label: issued?.label ?? null, kind: isHeading ? 'heading' : 'paragraph' })
}

/** Two proposals for one place, or two options, of which only one can stand: the refusal says which. */
function rivalsIn(od: OutcomeDocument, ids: readonly ProposalId[]): Refusal | null {
  const first = new Map<string, ProposalId>()
  for (const id of ids) {
    const place = placeIn(od, id)
    const other = place === null ? undefined : first.get(place)
    if (other)
      return refuse(
        'not-together',
        `${namedProposed(od, other)} and ${namedProposed(od, id)} are alternatives: decide on one of them first.`,
      )
    if (place !== null) first.set(place, id)
  }
  return null
}

/** What alternatives have in common; null for a block without a number. */
function placeIn(od: OutcomeDocument, id: ProposalId): string | null {
  const label = recordGet(od, `label/${id}`)?.label
  if (!label) return null
  if (label.division === 'option') return `options ${seriesKey(label)}`
  return labelKey(labelInSeries(label, label.number, label.suffix))
}

/** Returns the proposals that were decided in one act with this one: see `acceptedWith`. In no particular order. */
export function acceptedBelow(od: OutcomeDocument, head: ProposalId): readonly ProposalId[] {
  const found: ProposalId[] = []
  for (const [id, { acceptedWith }] of entriesOf(od, 'decision')) if (acceptedWith === head) found.push(id)
  return found
}
