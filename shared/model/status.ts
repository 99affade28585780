import type { ParticipantId } from './ids.ts'

/**
 * The status of a paragraph. `reopened` means open again after it was agreed. A paragraph that is `agreed` or
 * `agreed-ad-ref` takes no text and no proposal.
 */
export const STATUSES = ['open', 'under-discussion', 'agreed-ad-ref', 'agreed', 'reopened'] as const
export type StatusName = (typeof STATUSES)[number]

/** One status of a paragraph, and who set it. */
export interface StatusStep {
  readonly status: StatusName
  readonly by: ParticipantId
  readonly person: string
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  /** Why an agreed paragraph was reopened. */
  readonly reason?: string
  /** The silence procedure by which it was agreed. */
  readonly silence?: number
}

export interface ParagraphStatus extends StatusStep {
  /** Whose approval is pending, as in "(Agreed, pending X)". */
  readonly pending: readonly ParticipantId[]
  /** Agreed, while its place in the text is still to be decided. */
  readonly placement: boolean
  /** What else the mark of an imported text says, such as `in small group, 3 June`. */
  readonly note?: string
  /** Oldest first. */
  readonly earlier: readonly StatusStep[]
}

/** Returns the step of a status, to be kept among the earlier ones. */
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
  state: Pick<ParagraphStatus, 'status' | 'pending' | 'placement' | 'note'> | undefined,
): string {
  if (!state || !isAgreed(state.status)) return ''
  const full = state.status === 'agreed'
  const said = [full ? 'Agreed' : 'Agreed ad ref']
  if (state.pending.length > 0) said.push(`pending ${state.pending.join(', ')}`)
  if (state.placement) said.push('placement to be decided')
  if (state.note) said.push(state.note)
  return full ? `(${said.join(', ')})` : `[${said.join(', ')}]`
}
