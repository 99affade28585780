import type { Command, CommandKind, CommandResult, Refusal } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import type { Decision } from '../../model/decision.ts'
import { isParticipantId } from '../../model/ids.ts'
import type { ParticipantId } from '../../model/ids.ts'
import type { Meeting } from '../../model/meeting.ts'
import type { Actor } from '../../model/participant.ts'
import type { Stated } from '../../model/position.ts'
import { can } from '../../model/role.ts'
import type { Draft } from '../drafts.ts'
import type { OutcomeDocument } from '../schema.ts'

/** What a command is executed in: the document, who asks, and what only the server knows. */
export interface Executing {
  readonly od: OutcomeDocument
  readonly actor: Actor
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  /** The place that this command will have in the log. */
  readonly sequence: number
  /** At a tabling: the drafts, as the private space has them. */
  readonly drafts?: readonly Draft[]
}

/** All checks come before the first change. */
export type Handlers<K extends CommandKind = CommandKind> = {
  readonly [Kind in K]: (executing: Executing, command: Extract<Command, { kind: Kind }>) => CommandResult
}

/** Who decided and when: the part of a decision that is the same for all. */
export type Signature = Pick<Decision, 'by' | 'person' | 'at' | 'meeting'>

export function sign({ od, actor, now }: Executing): Signature {
  if (actor.participant === null) throw new Error('an observer cannot decide')
  const meeting = openMeeting(od)
  return { by: actor.participant, person: actor.name, at: now, ...(meeting ? { meeting: meeting.id } : {}) }
}

/** The meeting that is on. */
export function openMeeting(od: OutcomeDocument): Meeting | null {
  for (const [key, value] of od.record.entries()) {
    if (key.startsWith('meeting/') && (value as Meeting).closedAt === null) return value as Meeting
  }
  return null
}

export const notAllowed = (what: string): Refusal => refuse('not-allowed', `Your role may not ${what}.`)

/**
 * For whom the actor speaks: for itself, or (facilitators and the secretariat) for a delegation whose words it writes
 * down. Then both are recorded.
 */
export function speaker({ actor, now }: Executing, onBehalfOf: ParticipantId | undefined): Stated | Refusal {
  const { participant, name, role } = actor
  if (participant === null) return notAllowed('speak in this consultation')
  if (onBehalfOf === undefined || onBehalfOf === participant) return { participant, person: name, at: now }
  if (!can(role, 'write-for-others') || !isParticipantId(onBehalfOf))
    return refuse('not-allowed', `You do not speak for ${onBehalfOf}.`)
  return { participant: onBehalfOf, person: name, via: participant, at: now }
}

export const isRefusal = (value: object): value is Refusal => 'ok' in value && value.ok === false
