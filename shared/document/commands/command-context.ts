import type { Command, CommandKind, CommandResult, Refusal } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import type { Decision } from '../../model/decision.ts'
import type { ParticipantId } from '../../model/ids.ts'
import type { Meeting } from '../../model/meeting.ts'
import type { Actor } from '../../model/participant.ts'
import { isDelegationName } from '../../directory/delegation-name.ts'
import { inSentence, isAlias, serves } from '../../model/participant.ts'
import type { Stated } from '../../model/position.ts'
import { can } from '../../model/role.ts'
import type { Draft } from '../drafts.ts'
import { isUnattributed, spellingOf, writesAs } from '../attribution.ts'
import type { OutcomeDocument } from '../schema.ts'
import { entriesOf } from '../records.ts'

/** What a command is executed in: the document, who asks, and what only the server knows. */
export interface CommandContext {
  readonly od: OutcomeDocument
  readonly actor: Actor
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  /** The place that this command will have in the log. */
  readonly sequence: number
  /** In an unattributed round: what stands for a delegation on whose behalf something is said. Null: it takes no part. */
  readonly aliasOf?: (participant: ParticipantId) => ParticipantId | null
  /** Whether a name is the alias of somebody who takes part in the round; absent: nobody can tell here. */
  readonly isAliasInRound?: (alias: ParticipantId) => boolean
  /** At a tabling: the drafts, as the private space has them. */
  readonly drafts?: readonly Draft[]
}

/** All checks come before the first change. */
export type Handlers<K extends CommandKind = CommandKind> = {
  readonly [Kind in K]: (
    executing: CommandContext,
    command: Extract<Command, { kind: Kind }>,
  ) => CommandResult
}

/** Who decided and when: the part of a decision that is the same for all. */
export type Signature = Pick<Decision, 'by' | 'person' | 'at' | 'meeting'>

export function sign({ od, actor, now }: CommandContext): Signature {
  const by = writesAs(od, actor)
  if (by === null) throw new Error('who has no name cannot decide')
  const meeting = openMeeting(od)
  return { by, person: personOf(by, actor), at: now, ...(meeting ? { meeting: meeting.id } : {}) }
}

/** Beside an alias stands no person. */
const personOf = (by: ParticipantId, { name }: Actor): string => (isAlias(by) ? '' : name)

/** The meeting that is on. */
export function openMeeting(od: OutcomeDocument): Meeting | null {
  for (const [, meeting] of entriesOf(od, 'meeting')) if (meeting.closedAt === null) return meeting
  return null
}

export const notAllowed = (what: string): Refusal => refuse('not-allowed', `Your role may not ${what}.`)

/**
 * For whom the actor speaks: for itself, or (facilitators and the secretariat) for a delegation whose words it writes
 * down. Then both are recorded. In an unattributed round a delegation speaks under its alias; but of what is known to
 * be its own (`of`: whose that is), because it was made before, it goes on speaking under its name.
 */
export function speaker(
  executing: CommandContext,
  onBehalfOf: ParticipantId | undefined,
  of?: ParticipantId,
): Stated | Refusal {
  const { od, actor, now, aliasOf } = executing
  const { participant, role } = actor
  if (participant === null) return notAllowed('speak in this consultation')
  const other = onBehalfOf === undefined || onBehalfOf === participant ? null : onBehalfOf
  const for_ = other && spellingOf(od, other)
  if (for_ && !can(role, 'write-for-others'))
    return refuse('not-allowed', `You do not speak for ${inSentence(for_)}.`)
  const refusal = for_ && unspoken(executing, for_, of)
  if (refusal) return refusal
  const known = for_ ?? participant
  const hidden = for_ && isUnattributed(od) && !isAlias(for_) ? (aliasOf?.(for_) ?? null) : for_
  const as = known === of ? known : for_ ? hidden : writesAs(od, actor)
  if (as === null) return notAllowed('speak in this round')
  return { participant: as, person: personOf(as, actor), ...(for_ ? { via: participant } : {}), at: now }
}

/**
 * Why nothing may be said on behalf of this name: it would be misread for what a bracket says, or it stands for nobody in
 * this round. Null: it may; as whatever is the name of that of which it is said (`of`).
 */
function unspoken(
  { od, aliasOf, isAliasInRound }: CommandContext,
  name: ParticipantId,
  of: ParticipantId | undefined,
): Refusal | null {
  if (serves(name) || name === of) return null
  const hidden = isUnattributed(od)
  if (isAlias(name)) return hidden && (isAliasInRound?.(name) ?? true) ? null : NOBODYS_ALIAS
  return badName(name) ?? (hidden && aliasOf?.(name) === null ? takesNoPart(name) : null)
}

const NOBODYS_ALIAS = refuse(
  'not-allowed',
  'This stands for no delegation of this round: choose the delegation for which you speak again.',
)
const takesNoPart = (name: ParticipantId): Refusal =>
  refuse('not-allowed', `“${name}” takes no part in this round: invite it first.`)

/** Whether a name can stand in a bracket and be read as nothing else. Null: it can. */
export function badName(name: ParticipantId): Refusal | null {
  const text: string = name
  if (isDelegationName(name)) return null
  return refuse(
    'not-allowed',
    `“${text}” does not read as the name of a delegation: give its code, such as KEN.`,
  )
}

export const isRefusal = (value: object): value is Refusal => 'ok' in value && value.ok === false
