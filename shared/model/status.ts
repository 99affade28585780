import type { ParticipantId } from './ids.ts'

/**
 * How far a paragraph is. `reopened` is open again after it was agreed, and says so. An agreed paragraph (of either
 * kind) takes no text and no proposal.
 */
export const STATUSES = ['open', 'under-discussion', 'agreed-ad-ref', 'agreed', 'reopened'] as const
export type StatusName = (typeof STATUSES)[number]

/** One state of a paragraph, and who brought it there. */
export interface StatusStep {
  readonly status: StatusName
  readonly by: ParticipantId
  readonly person: string
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  /** Given when an agreed paragraph is reopened. */
  readonly reason?: string
  /** The silence procedure that nobody broke. */
  readonly silence?: number
}

export interface ParagraphStatus extends StatusStep {
  /** "(Agreed, pending X)". */
  readonly pending: readonly ParticipantId[]
  /** Agreed, but where it will stand is to be decided. */
  readonly placement: boolean
  /** Oldest first. */
  readonly earlier: readonly StatusStep[]
}

export const isAgreed = (status: StatusName | undefined): boolean =>
  status === 'agreed' || status === 'agreed-ad-ref'
