import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { InvitationList, InviteResponse, ListedInvitation } from '#shared/protocol/http.ts'
import { NameTaken, issueLink } from '../../operate/links.ts'
import type { Invitation } from '../../store/port.ts'
import { baseUrl, callerIn } from '../caller.ts'
import type { HttpContext } from '../context.ts'
import { isInvitationId } from '../cookies.ts'
import { RequestProblem } from '../problem.ts'
import { inviteRequest, parse } from './schemas.ts'

/** Routes for creating, listing and revoking links. A link's token is returned only once, when it is created. */

interface DocumentRoute {
  Params: { document: string }
}

interface InvitationRoute {
  Params: { document: string; invitation: string }
}

export function invitationRoutes(app: FastifyInstance, context: HttpContext): void {
  const rateLimit = { max: context.rates.commands, timeWindow: '1 minute' }
  const often = { config: { rateLimit, needs: 'invite' } } as const
  app.post<DocumentRoute>('/api/documents/:document/invitations', often, (request, reply) => {
    reply.code(201)
    return postInvitation(context, request)
  })
  app.get<DocumentRoute>('/api/documents/:document/invitations', often, (request) =>
    getInvitations(context, request),
  )
  app.delete<InvitationRoute>('/api/documents/:document/invitations/:invitation', often, (request) =>
    deleteInvitation(context, request),
  )
}

async function postInvitation(
  context: HttpContext,
  request: FastifyRequest<DocumentRoute>,
): Promise<InviteResponse> {
  const caller = callerIn(request)
  const wish = parse(inviteRequest, request.body)
  const now = context.now()
  if (wish.expiresAt !== undefined && wish.expiresAt <= now)
    throw new RequestProblem('invalid', 'The request is not valid: expiresAt is in the past.')
  const { store, random } = context
  const publicUrl = baseUrl(context, request)
  return issueLink(
    { store, random, now, publicUrl, createdBy: caller.visit.person },
    caller.document,
    wish.role,
    wish.participant ?? null,
    wish.expiresAt ?? null,
  ).catch((error: unknown) => {
    throw error instanceof NameTaken ? new RequestProblem('invalid', error.message, 'name-taken') : error
  })
}

async function getInvitations(
  context: HttpContext,
  request: FastifyRequest<DocumentRoute>,
): Promise<InvitationList> {
  const caller = callerIn(request)
  const all = await context.store.invitations(caller.document)
  return { invitations: all.map((one) => listed(one, caller.invitation)) }
}

/** Revokes a link, closes the connections of all who used it, and refuses what they have waiting. */
async function deleteInvitation(
  context: HttpContext,
  request: FastifyRequest<InvitationRoute>,
): Promise<ListedInvitation> {
  const { invitation } = request.params
  const caller = callerIn(request)
  if (invitation === caller.invitation.id) throw new RequestProblem('own-invitation')
  const revoked = isInvitationId(invitation)
    ? await context.store.revokeInvitation(caller.document, invitation, context.now())
    : null
  if (!revoked) throw new RequestProblem('no-invitation')
  context.registry.revoke(revoked.id)
  return listed(revoked, caller.invitation)
}

const listed = (invitation: Invitation, own: Invitation): ListedInvitation => {
  const { id, role, participant, createdAt, expiresAt, revokedAt, followedAt } = invitation
  return { id, role, participant, createdAt, expiresAt, revokedAt, followedAt, own: id === own.id }
}
