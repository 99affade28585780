import type { MeetingId, ParagraphId, ParticipantId } from './ids.ts'

/** One informal consultation. Decisions taken while it is open record it. */
export interface Meeting {
  readonly id: MeetingId
  readonly title: string
  readonly agenda: readonly ParagraphId[]
  readonly by: ParticipantId
  readonly person: string
  readonly openedAt: number
  /** Null while it is open. At most one meeting is. */
  readonly closedAt: number | null
}

/**
 * Whether proposals bear names. In an unattributed round no delegation or observer is sent who proposed what;
 * the facilitators and the log know.
 */
export interface Policy {
  readonly attribution: 'attributed' | 'unattributed'
  readonly by: ParticipantId
  readonly person: string
  readonly at: number
  /** When each unattributed round began, oldest first. Every alias in the document is of one of these rounds. */
  readonly rounds?: readonly number[]
}
