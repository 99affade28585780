import type { Projection } from '#shared/document/projection.ts'
import type { OpenProposal } from '#shared/document/proposals.ts'
import { baseTextOf, isTabled, spaceOf } from '#shared/document/schema.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { DEPTH_LIMIT } from '#shared/model/proposal.ts'
import { can } from '#shared/model/role.ts'
import { depthOf } from './own.ts'

/** What typing into a host does: change it, propose on it, or nothing. */
export type Access = 'direct' | 'propose' | 'none'

/** Who writes, and where to. */
export interface Writer extends Actor {
  /** The private space that is written in: then nothing of what is typed may reach the room. */
  readonly space?: ParticipantId | null
}

/** The server decides; this is so that a gesture becomes something the server will admit. */
export function accessTo(projection: Projection, writer: Writer, host: HostId): Access {
  if (writer.participant === null || !can(writer.role, 'propose')) return 'none'
  if (!isProposalId(host)) {
    if (!baseTextOf(projection.od, host)) return 'none'
    return can(writer.role, 'edit-base') && !writer.space ? 'direct' : 'propose'
  }
  const proposal = projection.proposals.get(host)
  if (!proposal) return 'none'
  const space = spaceOf(projection.od, host)
  // On its way to the room: it is written there as soon as it has come.
  if (space && isTabled(space.od, host)) return 'none'
  if (isWritten(proposal, writer)) return 'direct'
  return depthOf(projection, host) < DEPTH_LIMIT - 1 ? 'propose' : 'none'
}

/** In a private space even one's own tabled wording is amended: what is typed there is for nobody else yet. */
function isWritten({ head, standing }: OpenProposal, { participant, space = null }: Writer): boolean {
  if (standing.space === null) return space === null && head.by === participant
  return standing.space === participant || space === null || standing.space === space
}

/** Where a new proposal on a host goes; null: into the room. What stands on a draft is as private as the draft. */
export function spaceFor({ od }: Projection, { space }: Writer, host: HostId): ParticipantId | null {
  if (space) return space
  return isProposalId(host) ? (spaceOf(od, host)?.participant ?? null) : null
}
