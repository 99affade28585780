import { spellParticipant } from '../directory/directory.ts'
import type { ParticipantId, PersonId, ProposalId } from '../model/ids.ts'
import type { Actor } from '../model/participant.ts'
import { isAlias, serves } from '../model/participant.ts'
import type { ProposalHead } from '../model/proposals/proposal.ts'
import { can } from '../model/role.ts'
import type { OutcomeDocument } from './schema.ts'
import { headOf } from './schema.ts'
import { recordGet } from './records.ts'

/** Under which name somebody writes, and who owns a proposal. */

export const isUnattributed = (od: OutcomeDocument): boolean =>
  recordGet(od, 'policy')?.attribution === 'unattributed'

type Speaker = Pick<Actor, 'role' | 'participant' | 'alias'>

/**
 * Returns the name under which an actor writes. In an unattributed round that is a delegation's alias, or null
 * when it has none; facilitators and the secretariat always use their own name.
 */
export function writesAs(od: OutcomeDocument, actor: Speaker): ParticipantId | null {
  const { role, participant, alias } = actor
  if (participant === null || can(role, 'write-for-others') || !isUnattributed(od)) return participant
  return alias ?? null
}

/**
 * Returns who owns a proposal now, its author or the delegation that took it over, and who wrote it down on
 * their behalf.
 */
export function proponentAndScribe(
  od: OutcomeDocument,
  id: ProposalId,
): { readonly by: ParticipantId; readonly via: ParticipantId | undefined } | null {
  const owner = recordGet(od, `owner/${id}`)
  if (owner) return { by: owner.participant, via: owner.via }
  const head = headOf(od, id)
  return head ? { by: head.by, via: head.via } : null
}

/**
 * Whether this actor may write in a proposal's wording as long as it is open: whoever writes under the name
 * that it bears, and whoever wrote it down on their behalf. In an unattributed round a delegation does not own
 * what it proposed under its name before: its further changes would show whose its alias is.
 */
export function isOwnedBy(od: OutcomeDocument, id: ProposalId, actor: Speaker): boolean {
  const stated = proponentAndScribe(od, id)
  if (!stated || actor.participant === null) return false
  if (stated.by === writesAs(od, actor)) return true
  return stated.via === actor.participant && can(actor.role, 'write-for-others')
}

/**
 * Returns the spelling of a name in this document: the directory's, or that of the first proposal made under
 * it.
 */
export function spellingOf(od: OutcomeDocument, name: ParticipantId): ParticipantId {
  if (isAlias(name) || serves(name)) return name
  return spellParticipant(name, proponents(od)) as ParticipantId
}

function* proponents({ proposals }: OutcomeDocument): Generator<ParticipantId> {
  for (const map of proposals.values()) {
    const head = map.get('head') as ProposalHead | undefined
    if (head) yield head.by
  }
}

/**
 * Returns the person that owns Yjs client ids in this round. Once attribution was set, delegations and
 * observers own theirs for one round only, because an id used in two rounds would link a name to an alias.
 */
export function writerIn(od: OutcomeDocument, { person, role }: Actor): PersonId {
  const policy = recordGet(od, 'policy')
  return policy && !can(role, 'write-for-others')
    ? (`${person}~${policy.attribution}~${policy.at}` as PersonId)
    : person
}
