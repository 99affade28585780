import type { Projection } from '#shared/document/composition/projection.ts'
import type { OpenProposal } from '#shared/document/composition/proposals.ts'
import { isInAgreed } from '#shared/document/agreement.ts'
import { isOwnedBy, isUnattributed, proponentAndScribe, writesAs } from '#shared/document/attribution.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { baseTextOf, isTabled, spaceOf } from '#shared/document/schema.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { DEPTH_LIMIT } from '#shared/model/proposals/proposal.ts'
import { can } from '#shared/model/role.ts'
import type { Writing } from '../contract.ts'
import { depthOf } from './own.ts'

/** What typing into a host does: `direct` changes its text, `propose` makes a proposal on it, `none` does nothing. */
export type Access = 'direct' | 'propose' | 'none'

/** Who writes, under which name, and into which document. */
export interface Writer extends Actor {
  /** The private space that is written in. If there is one, nothing that is typed may be written into the room. */
  readonly space?: ParticipantId | null
  /** The participant who writes down proposals in the name of `participant`. */
  readonly via?: ParticipantId
}

/**
 * As whom a person writes. On behalf of a delegation, it is that delegation with its rights; in an unattributed round
 * it is an alias. `participant` is null while the alias is not known, and then nothing can be typed.
 */
export function writerOf(od: OutcomeDocument, actor: Actor, writing: Writing): Writer {
  const { onBehalfOf, alias, space } = writing
  const { role, participant } = actor
  const via = onBehalfOf !== null && can(role, 'write-for-others') ? participant : null
  const behalf = isUnattributed(od) ? (alias ?? null) : onBehalfOf
  const as = via ? behalf : writesAs(od, actor)
  const common = { ...actor, participant: as }
  return via ? { ...common, role: 'delegation', via, space: null } : { ...common, space }
}

/** The access of a writer to a host. It must allow only what the server admits; the server judges independently. */
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
  // A draft that is being tabled is amended and not changed, privately as before.
  const leaving = isLeaving(projection.od, host)
  if (!leaving && isWritten(projection, proposal, writer)) return 'direct'
  // A draft is amended in its own space only; an amendment elsewhere would reveal it to others.
  if (space && (!leaving || (writer.space ?? space.participant) !== space.participant)) return 'none'
  return isBelowLimit(projection, host) ? 'propose' : 'none'
}

/** Whether a draft is being tabled: its space has it as tabled, and the room does not have it yet. */
export function isLeaving(od: OutcomeDocument, id: ProposalId): boolean {
  const space = spaceOf(od, id)
  return space !== null && isTabled(space.od, id)
}

const isBelowLimit = (projection: Projection, host: HostId): boolean =>
  depthOf(projection, host) < DEPTH_LIMIT - 1

/** Whether the only reason for no access to a bracket is that it is nested too deep to be amended. */
export function isTooDeep(projection: Projection, writer: Writer, host: HostId): boolean {
  if (!isProposalId(host) || isBelowLimit(projection, host)) return false
  if (writer.participant === null || !can(writer.role, 'propose')) return false
  return projection.proposals.get(host) !== undefined && !isAgreedTo(projection, writer, host)
}

/** Whether a host is in an agreed paragraph, into which nothing is typed. Private drafts are never in one. */
export function isAgreedTo({ od }: Projection, { space }: Writer, host: HostId): boolean {
  if (space || (isProposalId(host) && spaceOf(od, host))) return false
  return isInAgreed(od, host)
}

/** Whether the writer changes a proposal's wording directly. In a private space own tabled proposals are amended. */
function isWritten({ od }: Projection, { id, standing }: OpenProposal, writer: Writer): boolean {
  const { via, space = null } = writer
  if (standing.space !== null) return space === null || standing.space === space
  if (space !== null) return false
  // Whoever writes on behalf of a delegation may change only those of its brackets that they wrote down.
  return via === undefined ? isOwnedBy(od, id, writer) : isSaidBy(od, id, writer)
}

/** Whether a proposal has the proponent, and the same writer in its name, that a new one of this writer would have. */
export function isSaidBy(
  od: OutcomeDocument,
  id: ProposalId,
  { participant, via }: Pick<Writer, 'participant' | 'via'>,
): boolean {
  const stated = proponentAndScribe(od, id)
  return stated?.by === participant && (via === undefined || stated?.via === via)
}

/** The private space for a new proposal on a host; null for the room. On a draft it is the draft's own space. */
export function spaceFor({ od }: Projection, { space }: Writer, host: HostId): ParticipantId | null {
  if (space) return space
  return isProposalId(host) ? (spaceOf(od, host)?.participant ?? null) : null
}
