import type { DocumentId, ParticipantId, PersonId, RandomBytes } from '#shared/model/ids.ts'
import { participantOf } from '#shared/model/participant.ts'
import type { Role } from '#shared/model/role.ts'
import type { Invitation, Store } from '../store/port.ts'
import { invitationId, newToken, tokenHash } from './token.ts'

export interface InvitationTerms {
  readonly document: DocumentId
  readonly role: Role
  /** The delegation's participant; ignored for other roles, which determine it. */
  readonly participant: ParticipantId | null
  readonly expiresAt: number | null
  readonly createdBy: PersonId | 'operator'
}

/**
 * Creates and stores an invitation. The returned token is stored nowhere. Throws for a delegation without
 * participant.
 */
export async function invite(
  store: Store,
  terms: InvitationTerms,
  random: RandomBytes,
  now: number,
): Promise<{ token: string; invitation: Invitation }> {
  const participant = participantOf(terms.role, terms.participant)
  if (terms.role === 'delegation' && participant === null)
    throw new Error('a delegation is invited with its participant')
  const token = newToken(random)
  const hash = tokenHash(token)
  const invitation: Invitation = {
    ...terms,
    id: invitationId(hash),
    tokenHash: hash,
    participant,
    createdAt: now,
    revokedAt: null,
    followedAt: null,
  }
  await store.addInvitation(invitation)
  return { token, invitation }
}

export type InvitationState = 'good' | 'revoked' | 'expired'

export function invitationState(invitation: Invitation, now: number): InvitationState {
  if (invitation.revokedAt !== null) return 'revoked'
  return invitation.expiresAt !== null && invitation.expiresAt <= now ? 'expired' : 'good'
}

export const linkUrl = (publicUrl: string, token: string): string => `${publicUrl}/i/${token}`
