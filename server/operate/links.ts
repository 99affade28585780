import { spellParticipant } from '#shared/directory/directory.ts'
import type { DocumentId, ParticipantId, PersonId, RandomBytes } from '#shared/model/ids.ts'
import type { RoleLink } from '#shared/protocol/http.ts'
import type { Role } from '#shared/model/role.ts'
import { participantMistakenFor } from '#shared/directory/look-alike.ts'
import { invite, linkUrl } from '../access/invite.ts'
import type { Store } from '../store/port.ts'

/** Issues links for new documents: one for each role, and one for each delegation named. */

export interface IssuedLink extends RoleLink {
  readonly token: string
}

export interface Issuing {
  readonly store: Store
  readonly random: RandomBytes
  readonly now: number
  readonly publicUrl: string
  readonly createdBy: PersonId | 'operator'
}

/** Issues one link. Rejects with {@link NameTaken}. `expiresAt`: milliseconds since 1970; null for never. */
export async function issueLink(
  issuing: Issuing,
  document: DocumentId,
  role: Role,
  participant: ParticipantId | null,
  expiresAt: number | null = null,
): Promise<IssuedLink> {
  const { store, random, now, publicUrl, createdBy } = issuing
  const named = participant === null ? null : await spelling(store, document, participant)
  const terms = { document, role, participant: named, expiresAt, createdBy }
  const { token, invitation } = await invite(store, terms, random, now)
  return { role, participant: invitation.participant, url: linkUrl(publicUrl, token), token }
}

/** The name as this document already spells it, so that two spellings of one name give one participant. */
async function spelling(store: Store, document: DocumentId, name: ParticipantId): Promise<ParticipantId> {
  const known = (await store.invitations(document)).flatMap(({ participant }) => participant ?? [])
  const spelt = spellParticipant(name, known) as ParticipantId
  const other = participantMistakenFor(spelt, known)
  if (other !== null) throw new NameTaken(`“${name}” reads like “${other}”: give a name of its own.`)
  return spelt
}

/** Thrown for a participant's name that readers would take for another participant's in the same document. */
export class NameTaken extends Error {}

export async function issueLinks(
  issuing: Issuing,
  document: DocumentId,
  delegations: readonly ParticipantId[],
): Promise<IssuedLink[]> {
  const links = [
    await issueLink(issuing, document, 'facilitator', null),
    await issueLink(issuing, document, 'secretariat', null),
  ]
  for (const participant of delegations)
    links.push(await issueLink(issuing, document, 'delegation', participant))
  links.push(await issueLink(issuing, document, 'observer', null))
  return links
}
