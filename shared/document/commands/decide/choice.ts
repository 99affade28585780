import type { Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { ParagraphId, ProposalId } from '../../../model/ids.ts'
import type { OptionSet } from '../../../model/options.ts'
import type { ParagraphFacts } from '../../../model/paragraph.ts'
import { droppedFor, optionsHeadedBy, proposedWithin } from '../../issue/options.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { isAgreedParagraph } from '../../schema.ts'
import { close } from '../../issue/closing.ts'
import { isOpen, openOn } from '../../open.ts'
import type { Signature } from '../command-context.ts'
import type { Consequence } from '../../../model/proposals/proposal.ts'
import { nameOf } from '../checks/families.ts'
import { takeOff } from './family.ts'
import type { FamilyChange } from './family.ts'

/**
 * Returns what choosing an option does, which is to take the words of all others off, or why it cannot be chosen. Changes nothing
 * itself. `option`: the paragraph or heading that the option begins with.
 */
export function choice(
  od: OutcomeDocument,
  id: ProposalId,
  option: ParagraphId | null,
): FamilyChange | Refusal {
  const set = option === null ? null : optionsHeadedBy(od, option)
  if (!set || option === null) return NO_OPTION
  const refusal = agreedAmong(od, set, option)
  if (refusal) return refusal
  const others = set.filter(({ head }) => head.id !== option)
  return takeOff(
    od,
    id,
    others.flatMap(({ blocks }) => blocks),
    others.flatMap((one) => proposedWithin(od, one)),
  )
}

export const NO_OPTION = refuse('not-together', 'It is not one of several options any more.')

/** An agreed paragraph in an option that would be taken off stands in the way: the refusal says which. */
function agreedAmong(
  od: OutcomeDocument,
  set: OptionSet<ParagraphFacts>,
  option: ParagraphId,
): Refusal | null {
  const agreed = droppedFor(set, option).find(({ id }) => isAgreedParagraph(od, id))
  return agreed
    ? refuse('paragraph-agreed', `${nameOf(agreed)} would be taken off and is agreed: reopen it first.`)
    : null
}

/**
 * Ends what was open on the options that were taken off, amendments first: superseded by the choice, and taken back with it. Who
 * chose was shown how many they are.
 */
export function endWithOptions(
  od: OutcomeDocument,
  id: ProposalId,
  consequences: readonly Consequence[],
  signature: Signature,
): void {
  const end = (proposal: ProposalId): void => {
    if (!isOpen(od, proposal)) return
    for (const amendment of openOn(od, proposal)) end(amendment.id)
    close(od, proposal, { disposition: 'superseded', supersededBy: id, acceptedWith: id, ...signature })
  }
  for (const { proposal } of consequences) end(proposal)
}
