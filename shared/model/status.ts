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

/** The step that a state was, for those that came before another one. */
export const stepOf = ({ status, by, person, at, reason, silence }: ParagraphStatus): StatusStep => ({
  status,
  by,
  person,
  at,
  ...(reason === undefined ? {} : { reason }),
  ...(silence === undefined ? {} : { silence }),
})

export const isAgreed = (status: StatusName | undefined): boolean =>
  status === 'agreed' || status === 'agreed-ad-ref'

/**
 * What stands behind the last word of an agreed paragraph, as in a printed text; empty for any other.
 *
 *     [Agreed ad ref]    (Agreed)    (Agreed, pending KEN)    (Agreed, placement to be decided)
 */
export function agreedMark(
  state: Pick<ParagraphStatus, 'status' | 'pending' | 'placement'> | undefined,
): string {
  if (!state || !isAgreed(state.status)) return ''
  const full = state.status === 'agreed'
  const said = [full ? 'Agreed' : 'Agreed ad ref']
  if (state.pending.length > 0) said.push(`pending ${state.pending.join(', ')}`)
  if (state.placement) said.push('placement to be decided')
  return full ? `(${said.join(', ')})` : `[${said.join(', ')}]`
}
