import type { Writing } from '#client/editor/contract.ts'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can } from '#shared/model/role.ts'
import type { Desk } from './desk.ts'
import { useStore } from './store.ts'

/**
 * For whom a person says something of a proposal: a delegation for itself, facilitators and the secretariat for the
 * delegation whose words they write down; null for nobody.
 */
export function speakerOf(actor: Actor, { onBehalfOf }: Writing): ParticipantId | null {
  if (can(actor.role, 'write-for-others')) return onBehalfOf
  return can(actor.role, 'propose') ? actor.participant : null
}

export const speakerAt = (desk: Desk): ParticipantId | null => speakerOf(desk.actor.get(), desk.writing.get())

export const useSpeaker = (desk: Desk): ParticipantId | null =>
  speakerOf(useStore(desk.actor), useStore(desk.writing))

/** Its own name, also while the round is unattributed and the name is not sent. */
export const isOwnName = (actor: Actor, who: ParticipantId): boolean =>
  who === actor.participant || who === actor.alias

/** Under which name it writes: what the view and the filter of its own brackets show. */
export const writesUnder = ({ alias, participant }: Actor): ParticipantId | null => alias ?? participant

/** Every name under which what it said may stand. */
export const answersTo = (actor: Actor, who: ParticipantId): readonly ParticipantId[] =>
  actor.alias !== undefined && who === actor.participant ? [who, actor.alias] : [who]

/** What a command says of who speaks. */
export const asSpeaker = (actor: Actor, who: ParticipantId): { readonly onBehalfOf?: ParticipantId } =>
  isOwnName(actor, who) ? {} : { onBehalfOf: who }

/** Whose word on a proposal a person may speak as its proponent; null when it is somebody else’s. */
export function proponentFor(actor: Actor, writing: Writing, row: ProposalRow): ParticipantId | null {
  const speaks = isOwnName(actor, row.proponent) || row.proponent === speakerOf(actor, writing)
  return can(actor.role, 'withdraw') && speaks ? row.proponent : null
}
