import type { CommandResult } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import type { Disposition } from '../../model/decision.ts'
import type { ProposalId } from '../../model/ids.ts'
import { can } from '../../model/role.ts'
import { isLiveHost, openOn, saysSomething } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { decisionOf, headOf, proponentOf, recordGet, recordSet } from '../schema.ts'
import { accept } from './accept.ts'
import type { Executing, Handlers, Signature } from './executing.ts'
import { notAllowed, sign } from './executing.ts'
import { reopen } from './reopen.ts'

/** What becomes of a proposal. */
export const deciding: Handlers<
  | 'proposal-accept'
  | 'proposal-not-retain'
  | 'proposal-withdraw'
  | 'proposal-keep'
  | 'proposals-merge'
  | 'decision-undo'
> = {
  'proposal-accept': (executing, command) =>
    undecided(executing.od, command.proposal) ??
    accept(executing.od, command.proposal, command, sign(executing)),
  'proposal-not-retain': (executing, { proposal }) =>
    undecided(executing.od, proposal) ?? close(executing.od, proposal, 'not-retained', sign(executing)),
  'proposal-withdraw': (executing, { proposal }) => {
    const missing = known(executing.od, proposal)
    if (missing) return missing
    if (!owns(executing, proposal))
      return refuse('not-allowed', `Only ${proponentOf(executing.od, proposal)} may withdraw its proposal.`)
    return undecided(executing.od, proposal) ?? close(executing.od, proposal, 'withdrawn', sign(executing))
  },
  'proposal-keep': (executing, { proposal }) => {
    const missing = known(executing.od, proposal)
    if (missing) return missing
    if (!owns(executing, proposal) && !can(executing.actor.role, 'decide'))
      return notAllowed('say what becomes of this proposal')
    return undecided(executing.od, proposal) ?? keep(executing.od, proposal)
  },
  'proposals-merge': () => refuse('not-together', 'These proposals cannot be merged.'),
  'decision-undo': ({ od }, { proposal }) => known(od, proposal) ?? reopen(od, proposal),
}

const owns = ({ od, actor }: Executing, id: ProposalId): boolean =>
  actor.participant !== null && proponentOf(od, id) === actor.participant

/** Null when there is such a proposal. */
const known = (od: OutcomeDocument, id: ProposalId): CommandResult | null =>
  headOf(od, id) ? null : refuse('no-such-proposal', 'This proposal does not exist.')

const SPOKEN: Record<Disposition, string> = {
  accepted: 'Accepted',
  'accepted-as-amended': 'Accepted with changes',
  'accepted-in-part': 'Accepted in part',
  merged: 'Merged',
  superseded: 'Superseded',
  'not-retained': 'Not retained',
  withdrawn: 'Withdrawn',
}

/** Null while it is there and open; else a refusal that says who was first, and when. */
function undecided(od: OutcomeDocument, id: ProposalId): CommandResult | null {
  const missing = known(od, id)
  if (missing) return missing
  const decision = decisionOf(od, id)
  if (!decision) return null
  const who = decision.person === '' ? decision.by : `${decision.person} (${decision.by})`
  const when = new Date(decision.at).toISOString()
  const message = `${SPOKEN[decision.disposition]} already by ${who} on ${when.slice(0, 10)} at ${when.slice(11, 19)} UTC.`
  return refuse('already-decided', message)
}

/** Ends a proposal without a change of text. Amendments of it are flagged: their host is closed. */
function close(
  od: OutcomeDocument,
  id: ProposalId,
  disposition: Disposition,
  signature: Signature,
): CommandResult {
  const flagged = openOn(od, id)
    .filter((amendment) => saysSomething(od, amendment))
    .map((amendment) => amendment.id)
  for (const amendment of flagged) recordSet(od, `affected/${amendment}`, { by: id, effect: 'host-closed' })
  od.record.delete(`affected/${id}`)
  recordSet(od, `decision/${id}`, { disposition, ...signature, effect: { kind: 'none' }, flagged })
  return { ok: true, affected: flagged }
}

function keep(od: OutcomeDocument, id: ProposalId): CommandResult {
  if (!recordGet(od, `affected/${id}`))
    return refuse('not-affected', 'No decision has affected this proposal.')
  const anchor = od.anchors.get(id)
  if (anchor && (anchor.kind === 'range' || anchor.kind === 'point') && !isLiveHost(od, anchor.host))
    return refuse('host-closed', 'What it amends is no longer on the table.')
  od.record.delete(`affected/${id}`)
  return { ok: true, affected: [] }
}
