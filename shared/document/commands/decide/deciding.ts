import type { Command, CommandResult, Refusal } from '../../../model/command.ts'
import { DONE, refuse } from '../../../model/command.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { isOnWords } from '../../../model/proposals/proposal.ts'
import { AS_RECEIVED, isAlias } from '../../../model/participant.ts'
import { can } from '../../../model/role.ts'
import { writesAs } from '../../attribution.ts'
import { restoreLastWords } from '../../issue/emptied.ts'
import { isLiveHost } from '../../open.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { decisionOf, proponentOf } from '../../schema.ts'
import { recordDelete, recordGet } from '../../records.ts'
import { accept } from './accept.ts'
import type { Ending } from '../../issue/closing.ts'
import { close } from '../../issue/closing.ts'
import { chooseOption } from './choosing.ts'
import type { CommandContext, Handlers } from '../command-context.ts'
import { isRefusal, notAllowed, sign, speaker } from '../command-context.ts'
import { staleForClosing } from '../checks/as-seen.ts'
import { merge } from './merge.ts'
import { undo } from '../take-back/taking-back.ts'
import { known, undecided } from '../checks/undecided.ts'

/** The commands that end a proposal, keep it open, or take a decision back. */
export const deciding: Handlers<
  | 'proposal-accept'
  | 'proposal-not-retain'
  | 'option-choose'
  | 'proposal-withdraw'
  | 'proposal-keep'
  | 'proposals-merge'
  | 'decision-undo'
> = {
  'proposal-accept': (executing, command) =>
    undecided(executing.od, command.proposal) ?? accept(executing, command),
  'proposal-not-retain': notRetain,
  'option-choose': chooseOption,
  'proposal-withdraw': withdraw,
  'proposal-keep': keep,
  'proposals-merge': merge,
  'decision-undo': undo,
}

function ended(od: OutcomeDocument, id: ProposalId, ending: Ending): CommandResult {
  return { ok: true, affected: close(od, id, ending) }
}

function notRetain(
  executing: CommandContext,
  command: Extract<Command, { kind: 'proposal-not-retain' }>,
): CommandResult {
  const { od } = executing
  const { proposal, basis, supersededBy } = command
  const refusal =
    undecided(od, proposal) ??
    staleForClosing(od, proposal, command) ??
    (supersededBy === undefined ? null : accepted(od, supersededBy))
  if (refusal) return refusal
  return ended(od, proposal, {
    disposition: supersededBy === undefined ? 'not-retained' : 'superseded',
    ...sign(executing),
    ...(basis === undefined ? {} : { basis }),
    ...(supersededBy === undefined ? {} : { supersededBy }),
  })
}

/** Returns null when `winner` was accepted: as proposed, with changes, or in part. Otherwise returns a refusal. */
function accepted(od: OutcomeDocument, winner: ProposalId): Refusal | null {
  const missing = known(od, winner)
  if (missing) return missing
  return decisionOf(od, winner)?.disposition.startsWith('accepted') === true
    ? null
    : refuse('not-decided', 'Only a proposal that was accepted supersedes another.')
}

function withdraw(
  executing: CommandContext,
  { proposal, onBehalfOf }: Extract<Command, { kind: 'proposal-withdraw' }>,
): CommandResult {
  const { od } = executing
  const missing = known(od, proposal)
  if (missing) return missing
  const owner = proponentOf(od, proposal)
  if (owner === AS_RECEIVED)
    return refuse('not-allowed', 'It is as received, and nobody’s to withdraw: facilitators decide about it.')
  const said = speaker(executing, onBehalfOf, owner)
  if (isRefusal(said)) return said
  if (said.participant !== owner)
    return refuse(
      'not-allowed',
      `Only ${owner && !isAlias(owner) ? owner : 'its proponent'} may withdraw its proposal.`,
    )
  const refusal = undecided(od, proposal)
  if (refusal) return refusal
  restoreLastWords(od, proposal)
  return ended(od, proposal, {
    disposition: 'withdrawn',
    ...sign(executing),
    by: said.participant,
    person: said.person,
    ...(said.via === undefined ? {} : { via: said.via }),
  })
}

function keep(
  { od, actor }: CommandContext,
  { proposal }: Extract<Command, { kind: 'proposal-keep' }>,
): CommandResult {
  const missing = known(od, proposal)
  if (missing) return missing
  const owner = proponentOf(od, proposal)
  const owns = actor.participant !== null && (owner === actor.participant || owner === writesAs(od, actor))
  if (!owns && !can(actor.role, 'decide')) return notAllowed('say what becomes of this proposal')
  const refusal = undecided(od, proposal)
  if (refusal) return refusal
  if (!recordGet(od, `affected/${proposal}`))
    return refuse('not-affected', 'No decision has affected this proposal.')
  const anchor = od.anchors.get(proposal)
  if (anchor && isOnWords(anchor) && !isLiveHost(od, anchor.host))
    return refuse('host-closed', 'What it amends is no longer on the table.')
  recordDelete(od, `affected/${proposal}`)
  return DONE
}
