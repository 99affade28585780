import { spellParticipant } from '../directory/directory.ts'
import type { ParticipantId, PersonId, ProposalId } from '../model/ids.ts'
import type { Actor } from '../model/participant.ts'
import { isAlias, serves } from '../model/participant.ts'
import type { ProposalHead } from '../model/proposal.ts'
import { can } from '../model/role.ts'
import type { OutcomeDocument } from './schema.ts'
import { headOf } from './schema.ts'
import { recordGet } from './records.ts'

/** Under which name somebody writes, and what is whose. */

export const isUnattributed = (od: OutcomeDocument): boolean =>
  recordGet(od, 'policy')?.attribution === 'unattributed'

type Speaker = Pick<Actor, 'role' | 'participant' | 'alias'>

/** In an unattributed round a delegation's alias, and nothing if it has none. Those who serve all use their own name. */
export function writesAs(od: OutcomeDocument, actor: Speaker): ParticipantId | null {
  const { role, participant, alias } = actor
  if (participant === null || can(role, 'write-for-others') || !isUnattributed(od)) return participant
  return alias ?? null
}

/** Whose a proposal is now, and who wrote it down for them: its author's, or whoever took it over. */
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
 * May this actor write in a proposal's wording, as long as it is open? Those who speak under the name that it bears; and
 * who wrote it down on their behalf. What a delegation proposed under its name is not its own in an unattributed round:
 * by going on there it would tell whose its other words are.
 */
export function isOwnedBy(od: OutcomeDocument, id: ProposalId, actor: Speaker): boolean {
  const stated = proponentAndScribe(od, id)
  if (!stated || actor.participant === null) return false
  if (stated.by === writesAs(od, actor)) return true
  return stated.via === actor.participant && can(actor.role, 'write-for-others')
}

/** How a name is written here: by the directory, or as whoever first proposed something under it wrote it. */
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
 * Whose a client id is, is said for each round anew: of those who may be hidden none takes one along from one round to
 * the next. As long as nothing was said of attribution, it is simply the person's.
 */
export function writerIn(od: OutcomeDocument, { person, role }: Actor): PersonId {
  const policy = recordGet(od, 'policy')
  return policy && !can(role, 'write-for-others')
    ? (`${person}~${policy.attribution}~${policy.at}` as PersonId)
    : person
}
