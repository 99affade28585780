import type { Command, CommandKind, CommandResult, Refusal } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import type { Decision } from '../../model/proposals/decision.ts'
import type { ParticipantId } from '../../model/ids.ts'
import type { Meeting } from '../../model/meeting.ts'
import type { Actor } from '../../model/participant.ts'
import { isDelegationName } from '../../directory/delegation-name.ts'
import { AS_RECEIVED, inSentence, isAlias, serves } from '../../model/participant.ts'
import type { Stated } from '../../model/proposals/position.ts'
import { can } from '../../model/role.ts'
import type { Draft } from '../drafts.ts'
import { isUnattributed, spellingOf, writesAs } from '../attribution.ts'
import type { OutcomeDocument } from '../schema.ts'
import { entriesOf } from '../records.ts'
import type { Steps } from '../steps.ts'

/** What a command is executed with: the document, who sent it, and what only the server knows. */
export interface CommandContext {
  readonly od: OutcomeDocument
  readonly actor: Actor
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  /** The sequence number that this command's row will have in the log. */
  readonly sequence: number
  /**
   * Only in an unattributed round: returns the alias of a delegation on whose behalf something is said, or null
   * when the delegation takes no part in the round.
   */
  readonly aliasOf?: (participant: ParticipantId) => ParticipantId | null
  /** Whether a name is the alias of a participant of this round. Absent where the caller has no way to know. */
  readonly isAliasInRound?: (alias: ParticipantId) => boolean
  /** Only for `drafts-table`: the drafts as they were read from the private space. */
  readonly drafts?: readonly Draft[]
}

/**
 * One handler for each kind of command. A handler makes all its checks before its first change, so a refusal
 * leaves the document as it was.
 */
export type Handlers<K extends CommandKind = CommandKind> = {
  readonly [Kind in K]: (
    executing: CommandContext,
    command: Extract<Command, { kind: Kind }>,
  ) => Kind extends SteppedKind ? Steps<CommandResult> : CommandResult
}

/** The commands that read or write so much that they are executed in steps. */
type SteppedKind = 'revision-issue' | 'drafts-table'

/** Who took a decision, when and in which meeting: these fields are the same in every record of a decision. */
export type Signature = Pick<Decision, 'by' | 'person' | 'at' | 'meeting'>

/**
 * Returns the signature of a decision by the actor. Throws for an actor without a name, whom capabilities
 * exclude.
 */
export function sign({ od, actor, now }: CommandContext): Signature {
  const by = writesAs(od, actor)
  if (by === null) throw new Error('who has no name cannot decide')
  const meeting = openMeeting(od)
  return { by, person: personOf(by, actor), at: now, ...(meeting ? { meeting: meeting.id } : {}) }
}

/** A record under an alias holds no person's name, because that would give away whose alias it is. */
const personOf = (by: ParticipantId, { name }: Actor): string => (isAlias(by) ? '' : name)

/** Returns the meeting that has been opened and not closed, or null. At most one is open. */
export function openMeeting(od: OutcomeDocument): Meeting | null {
  for (const [, meeting] of entriesOf(od, 'meeting')) if (meeting.closedAt === null) return meeting
  return null
}

export const notAllowed = (what: string): Refusal => refuse('not-allowed', `Your role may not ${what}.`)

/**
 * Returns under which name the actor speaks: its own, or, for facilitators and the secretariat, that of the
 * delegation given by `onBehalfOf`; then `via` records who wrote it down. Returns a refusal when the actor may
 * not speak so.
 *
 * In an unattributed round a delegation speaks under its alias. The exception is `of`, the name that owns what
 * is spoken of: who made something under its own name before the round goes on speaking of it under that name.
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
 * Returns why nothing may be said on behalf of `name`: it would be misread in a bracket, or it stands for
 * nobody in this round. Returns null when it may. `of`, the name that owns what is spoken of, is always
 * allowed.
 */
function unspoken(
  { od, aliasOf, isAliasInRound }: CommandContext,
  name: ParticipantId,
  of: ParticipantId | undefined,
): Refusal | null {
  if (name === AS_RECEIVED) return badName(name)
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

/**
 * Returns a refusal when `name` in a bracket could be read as something other than a delegation's name; else
 * null.
 */
export function badName(name: ParticipantId): Refusal | null {
  const text: string = name
  if (isDelegationName(name)) return null
  return refuse(
    'not-allowed',
    `“${text}” does not read as the name of a delegation: give its code, such as KEN.`,
  )
}

export const isRefusal = (value: object): value is Refusal => 'ok' in value && value.ok === false
