import type { Command, CommandResult } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { ParagraphId } from '../../../model/ids.ts'
import type { ParagraphFacts } from '../../../model/paragraph.ts'
import type { WholeAnchor } from '../../../model/proposals/proposal.ts'
import { droppedFor, optionsHeadedBy } from '../../issue/options.ts'
import { addProposal, isTaken } from '../../schema.ts'
import type { CommandContext } from '../command-context.ts'
import { isRefusal, sign } from '../command-context.ts'
import { choice, NO_OPTION } from './choice.ts'
import { acceptWhole } from './restructure.ts'

/**
 * Chooses one of several options. The record of it is a proposal of the facilitators, accepted in the act that makes it, so that it
 * is in the history and taken back as any other decision. Its anchor is on the first paragraph that is taken off.
 */
export function chooseOption(
  executing: CommandContext,
  { proposal, option, dropped, basis }: Extract<Command, { kind: 'option-choose' }>,
): CommandResult {
  const { od, now } = executing
  if (isTaken(od, proposal)) return refuse('id-taken', 'There is a decision of this identity already.')
  const set = optionsHeadedBy(od, option)
  if (!set) return NO_OPTION
  const going = droppedFor(set, option)
  const paragraph = going[0]?.id
  if (paragraph === undefined || !isSame(going, dropped)) return CHANGED
  const refused = choice(od, proposal, option)
  if (isRefusal(refused)) return refused
  const { by, person } = sign(executing)
  const anchor: WholeAnchor = { kind: 'whole', paragraph, other: option }
  const head = { kind: 'choice', by, person, createdAt: now, paragraph, quote: '' } as const
  addProposal(od, proposal, head, anchor, '')
  return acceptWhole(executing, { kind: 'whole', id: proposal, anchor }, basis)
}

const CHANGED = refuse(
  'wording-changed',
  'What the other options hold changed while you were deciding. Please look at them again.',
)

const isSame = (now: readonly ParagraphFacts[], seen: readonly ParagraphId[]): boolean =>
  now.length === seen.length && now.every(({ id }, i) => id === seen[i])
