import type { Writing } from '#client/editor/contract.ts'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can } from '#shared/model/role.ts'
import type { Desk } from './desk.ts'
import { useValue } from '../hooks/use-value.ts'

/**
 * The participant for whom a person takes positions: a delegation for itself, facilitators and the secretariat for the
 * delegation whose words they write down; null for none.
 */
export function speakerOf(actor: Actor, { onBehalfOf }: Writing): ParticipantId | null {
  if (can(actor.role, 'write-for-others')) return onBehalfOf
  return can(actor.role, 'propose') ? actor.participant : null
}

export const speakerAt = (desk: Desk): ParticipantId | null => speakerOf(desk.actor.get(), desk.writing.get())

export const useSpeaker = (desk: Desk): ParticipantId | null =>
  speakerOf(useValue(desk.actor), useValue(desk.writing))

/** Whether a name or alias is the person's own. */
export const isOwnName = (actor: Actor, who: ParticipantId): boolean =>
  who === actor.participant || who === actor.alias

/** The name or alias under which a person writes now; the view and filter of own brackets use it. */
export const writesUnder = ({ alias, participant }: Actor): ParticipantId | null => alias ?? participant

/** All names and aliases under which statements of this person's side may be recorded. */
export const answersTo = (actor: Actor, who: ParticipantId): readonly ParticipantId[] =>
  actor.alias !== undefined && who === actor.participant ? [who, actor.alias] : [who]

/** The command field that names the speaker, if that is not the person's own participant. */
export const asSpeaker = (actor: Actor, who: ParticipantId): { readonly onBehalfOf?: ParticipantId } =>
  isOwnName(actor, who) ? {} : { onBehalfOf: who }

/** The proponent of a proposal if the person may speak for it; null otherwise. */
export function proponentFor(actor: Actor, writing: Writing, row: ProposalRow): ParticipantId | null {
  const speaks = isOwnName(actor, row.proponent) || row.proponent === speakerOf(actor, writing)
  return can(actor.role, 'withdraw') && speaks ? row.proponent : null
}
