import type { Command, CommandResult } from '../model/command.ts'
import { refuse } from '../model/command.ts'
import type { Decision, Disposition } from '../model/decision.ts'
import type { ProposalId } from '../model/ids.ts'
import type { Actor } from '../model/participant.ts'
import { can } from '../model/role.ts'
import { accept } from './accept.ts'
import { isLiveHost, openOn, saysSomething } from './open.ts'
import { reopen } from './reopen.ts'
import type { OutcomeDocument } from './schema.ts'
import { decisionOf, headOf, recordGet, recordSet } from './schema.ts'

/**
 * Executes a command or refuses it, changing nothing then. The server calls it inside one transaction and logs it;
 * `now` is the server's clock. All checks come before the first change.
 */
export function execute(od: OutcomeDocument, command: Command, actor: Actor, now: number): CommandResult {
  const { proposal } = command
  const head = headOf(od, proposal)
  if (!head) return refuse('no-such-proposal', 'This proposal does not exist.')
  const owns = actor.participant !== null && head.by === actor.participant
  switch (command.kind) {
    case 'proposal-accept': {
      if (!can(actor.role, 'decide')) return notAllowed('accept a proposal')
      return undecided(od, proposal) ?? accept(od, proposal, command, sign(actor, now))
    }
    case 'proposal-not-retain': {
      if (!can(actor.role, 'decide')) return notAllowed('decide on a proposal')
      return undecided(od, proposal) ?? close(od, proposal, 'not-retained', sign(actor, now))
    }
    case 'proposal-withdraw': {
      if (!owns || !can(actor.role, 'withdraw'))
        return refuse('not-allowed', `Only ${head.by} may withdraw its proposal.`)
      return undecided(od, proposal) ?? close(od, proposal, 'withdrawn', sign(actor, now))
    }
    case 'proposal-keep': {
      if (!owns && !can(actor.role, 'decide')) return notAllowed('say what becomes of this proposal')
      return undecided(od, proposal) ?? keep(od, proposal)
    }
    case 'decision-undo': {
      if (!can(actor.role, 'decide')) return notAllowed('take back a decision')
      return reopen(od, proposal)
    }
  }
}

/** Who decided and when: the part of a decision that is the same for all. */
export type Signature = Pick<Decision, 'by' | 'person' | 'at'>

function sign(actor: Actor, now: number): Signature {
  if (actor.participant === null) throw new Error('an observer cannot decide')
  return { by: actor.participant, person: actor.name, at: now }
}

const notAllowed = (what: string) => refuse('not-allowed', `Your role may not ${what}.`)

const SPOKEN: Record<Disposition, string> = {
  accepted: 'Accepted',
  'accepted-as-amended': 'Accepted with changes',
  'not-retained': 'Not retained',
  withdrawn: 'Withdrawn',
}

/** Null while it is open; else a refusal that says who was first, and when. */
function undecided(od: OutcomeDocument, id: ProposalId): CommandResult | null {
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
  if (anchor && anchor.kind !== 'after' && !isLiveHost(od, anchor.host))
    return refuse('host-closed', 'What it amends is no longer on the table.')
  od.record.delete(`affected/${id}`)
  return { ok: true, affected: [] }
}
