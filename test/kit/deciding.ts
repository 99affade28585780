import { execute } from '#shared/document/commands/execute.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { asSeen } from './as-seen.ts'
import type { Drafter, Room } from './drafting.ts'
import { facilitator } from './drafting.ts'

/** Deciding in a drafting room, and what its document then reads. */

export const chair = facilitator('fay').actor

export const text = (room: Room): string => writeText(room.od).replace('Draft\n\n', '').trimEnd()

/** Commands that need no more than the proposal. */
type Plain = Extract<
  Command['kind'],
  'proposal-accept' | 'proposal-not-retain' | 'proposal-withdraw' | 'proposal-keep' | 'decision-undo'
>

export const decide = (room: Room, kind: Plain, proposal: ProposalId): CommandResult =>
  room.command({ kind, proposal }, chair)

export const accept = (room: Room, proposal: ProposalId): CommandResult =>
  decide(room, 'proposal-accept', proposal)

export const takeBack = (room: Room, proposal: ProposalId): CommandResult =>
  decide(room, 'decision-undo', proposal)

/** At a given moment, in milliseconds: the room's own clock starts at 0 and moves by one with each command. */
export const commandAt = ({ od }: Room, now: number, command: Command, actor: Actor = chair): CommandResult =>
  od.doc.transact(() => execute({ od, actor, now, sequence: 1 }, asSeen(od, command)))

/** The proposal with this wording. */
export function proposalOf({ room }: Pick<Drafter, 'room'>, wording: string): ProposalId {
  for (const [id, map] of room.od.proposals.entries()) {
    if (String(map.get('content')) === wording) return id as ProposalId
  }
  throw new Error(`nobody proposed “${wording}”`)
}

export function proposalBy({ room }: Pick<Drafter, 'room'>, participant: string): ProposalId {
  for (const [id, map] of room.od.proposals.entries()) {
    if ((map.get('head') as { by: string }).by === participant) return id as ProposalId
  }
  throw new Error(`${participant} proposed nothing`)
}
