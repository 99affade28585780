import type { Projection } from '#shared/document/composition/projection.ts'
import type { OpenProposal } from '#shared/document/composition/proposals.ts'
import { isInAgreed } from '#shared/document/agreement.ts'
import { isOwnedBy, isUnattributed, proponentAndScribe, writesAs } from '#shared/document/attribution.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { baseTextOf, isTabled, spaceOf } from '#shared/document/schema.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { DEPTH_LIMIT } from '#shared/model/proposal.ts'
import { can } from '#shared/model/role.ts'
import type { Writing } from './contract.ts'
import { depthOf } from './own.ts'

/** What typing into a host does: change it, propose on it, or nothing. */
export type Access = 'direct' | 'propose' | 'none'

/** Who writes, under which name, and where to. */
export interface Writer extends Actor {
  /** The private space that is written in: then nothing of what is typed may reach the room. */
  readonly space?: ParticipantId | null
  /** Who writes down what `participant` says. */
  readonly via?: ParticipantId
}

/** As whom a person writes: in an unattributed round under an alias, on behalf of a delegation as that would itself. */
export function writerOf(od: OutcomeDocument, actor: Actor, writing: Writing): Writer {
  const { onBehalfOf, alias, space } = writing
  const { role, participant } = actor
  const via = onBehalfOf !== null && can(role, 'write-for-others') ? participant : null
  const behalf = isUnattributed(od) ? (alias ?? null) : onBehalfOf
  const as = via ? behalf : writesAs(od, actor)
  const common = { ...actor, participant: as }
  return via ? { ...common, role: 'delegation', via, space: null } : { ...common, space }
}

/** The server decides; this is so that a gesture becomes something the server will admit. */
export function accessTo(projection: Projection, writer: Writer, host: HostId): Access {
  if (writer.participant === null || !can(writer.role, 'propose')) return 'none'
  if (isAgreedTo(projection, writer, host)) return 'none'
  if (!isProposalId(host)) {
    if (!baseTextOf(projection.od, host)) return 'none'
    return can(writer.role, 'edit-base') && !writer.space ? 'direct' : 'propose'
  }
  const proposal = projection.proposals.get(host)
  if (!proposal) return 'none'
  const space = spaceOf(projection.od, host)
  // What is typed meanwhile amends it, as private as it was.
  const leaving = isLeaving(projection.od, host)
  if (!leaving && isWritten(projection, proposal, writer)) return 'direct'
  // A draft is amended in its own space: in another one it would be told of to others.
  if (space && (!leaving || (writer.space ?? space.participant) !== space.participant)) return 'none'
  return isBelowLimit(projection, host) ? 'propose' : 'none'
}

/** A draft on its way to the room: the space knows that it was tabled, and here it is not there yet. */
export function isLeaving(od: OutcomeDocument, id: ProposalId): boolean {
  const space = spaceOf(od, id)
  return space !== null && isTabled(space.od, id)
}

const isBelowLimit = (projection: Projection, host: HostId): boolean =>
  depthOf(projection, host) < DEPTH_LIMIT - 1

/** Whether {@link accessTo} a bracket is none for the one reason that it stands too deep to be amended. */
export function isTooDeep(projection: Projection, writer: Writer, host: HostId): boolean {
  if (!isProposalId(host) || isBelowLimit(projection, host)) return false
  if (writer.participant === null || !can(writer.role, 'propose')) return false
  return projection.proposals.get(host) !== undefined && !isAgreedTo(projection, writer, host)
}

/** Nothing is typed in an agreed paragraph; what is private is not in it. */
export function isAgreedTo({ od }: Projection, { space }: Writer, host: HostId): boolean {
  if (space || (isProposalId(host) && spaceOf(od, host))) return false
  return isInAgreed(od, host)
}

/** In a private space even one's own tabled wording is amended: what is typed there is for nobody else yet. */
function isWritten({ od }: Projection, { id, standing }: OpenProposal, writer: Writer): boolean {
  const { via, space = null } = writer
  if (standing.space !== null) return space === null || standing.space === space
  if (space !== null) return false
  // Of a delegation's own brackets those who serve all may write only in those that they wrote down.
  return via === undefined ? isOwnedBy(od, id, writer) : isSaidBy(od, id, writer)
}

/** Under the very name, and written down by the same, that a new proposal would bear. */
export function isSaidBy(
  od: OutcomeDocument,
  id: ProposalId,
  { participant, via }: Pick<Writer, 'participant' | 'via'>,
): boolean {
  const stated = proponentAndScribe(od, id)
  return stated?.by === participant && (via === undefined || stated?.via === via)
}

/** Where a new proposal on a host goes; null: into the room. What stands on a draft is as private as the draft. */
export function spaceFor({ od }: Projection, { space }: Writer, host: HostId): ParticipantId | null {
  if (space) return space
  return isProposalId(host) ? (spaceOf(od, host)?.participant ?? null) : null
}
