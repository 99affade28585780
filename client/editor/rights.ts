import type { Projection } from '#shared/document/projection.ts'
import { baseTextOf } from '#shared/document/schema.ts'
import type { HostId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { DEPTH_LIMIT } from '#shared/model/proposal.ts'
import { can } from '#shared/model/role.ts'
import { depthOf } from './own.ts'

/** What typing into a host does: change it, propose on it, or nothing. */
export type Access = 'direct' | 'propose' | 'none'

/** The server decides; this is so that a gesture becomes something the server will admit. */
export function accessTo(projection: Projection, actor: Actor, host: HostId): Access {
  if (actor.participant === null || !can(actor.role, 'propose')) return 'none'
  if (!isProposalId(host)) {
    if (!baseTextOf(projection.od, host)) return 'none'
    return can(actor.role, 'edit-base') ? 'direct' : 'propose'
  }
  const proposal = projection.proposals.get(host)
  if (!proposal) return 'none'
  if (proposal.head.by === actor.participant) return 'direct'
  return depthOf(projection, host) < DEPTH_LIMIT - 1 ? 'propose' : 'none'
}
