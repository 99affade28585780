import type { MeetingId, ParagraphId, ParticipantId } from './ids.ts'

/** One informal consultation. What is decided while it is open belongs to it. */
export interface Meeting {
  readonly id: MeetingId
  readonly title: string
  readonly agenda: readonly ParagraphId[]
  readonly by: ParticipantId
  readonly person: string
  readonly openedAt: number
  /** Null while it is on; at most one is. */
  readonly closedAt: number | null
}

/**
 * Whether names stand beside what is proposed. In an unattributed round no delegation or observer is sent who proposed
 * what; the facilitators and the log keep it.
 */
export interface Policy {
  readonly attribution: 'attributed' | 'unattributed'
  readonly by: ParticipantId
  readonly person: string
  readonly at: number
  /** When each unattributed round began, oldest first: what bears an alias bears one of these rounds'. */
  readonly rounds?: readonly number[]
}
