import type { Board, BoardBlock, ConflictGroup, ProposalRow } from '#shared/document/composition/board.ts'
import type { HostId, MeetingId, ParticipantId } from '#shared/model/ids.ts'
import { inConflict } from '../state/walk.ts'

/** Which paragraphs the outline and the margin show. */
export type Filter =
  | { readonly kind: PlainFilter }
  | { readonly kind: 'participant'; readonly participant: ParticipantId }
  | { readonly kind: 'meeting'; readonly meeting: MeetingId }

export const PLAIN_FILTERS = ['everything', 'undecided', 'conflict', 'mine', 'changed'] as const
export type PlainFilter = (typeof PLAIN_FILTERS)[number]

/** What a filter needs beside the board. */
export interface FilterContext {
  readonly mine: ParticipantId | null
  /** Blocks that changed since the person last looked. */
  readonly changed: ReadonlySet<HostId>
}

/** The blocks that a filter leaves. A heading stays if a block under it does; separators only without a filter. */
export function filterBlocks(board: Board, filter: Filter, context: FilterContext): readonly BoardBlock[] {
  if (filter.kind === 'everything') return board.blocks
  const fits = matcher(board, filter, context)
  const shown: BoardBlock[] = []
  let signpost: BoardBlock | null = null
  for (const block of board.blocks) {
    const fitting = fits(block)
    if (block.kind === 'heading' && !fitting) signpost = block
    if (!fitting) continue
    if (signpost && block.kind !== 'heading') shown.push(signpost)
    signpost = null
    shown.push(block)
  }
  return shown
}

type Fits = (block: BoardBlock) => boolean

function matcher(board: Board, filter: Filter, { mine, changed }: FilterContext): Fits {
  switch (filter.kind) {
    case 'everything':
      return () => true
    case 'undecided':
      return (block) => block.open > 0
    case 'conflict':
      return (block) => block.places.some(inConflict)
    case 'mine':
      return (block) => mine !== null && concerns(block, mine)
    case 'changed':
      return (block) => changed.has(block.id)
    case 'participant':
      return (block) => concerns(block, filter.participant)
    case 'meeting':
      return ofMeeting(board, filter.meeting)
  }
}

/** Blocks on a meeting's agenda, with proposals decided in it, or whose status was set during it. */
function ofMeeting(board: Board, id: MeetingId): Fits {
  const meeting = board.meetings.find((candidate) => candidate.id === id)
  if (!meeting) return () => false
  const dealtWith = new Set<HostId>(meeting.agenda)
  for (const { decision, block } of board.decided)
    if (decision.meeting === id && block !== null) dealtWith.add(block)
  const end = meeting.closedAt ?? Infinity
  const during = (at: number): boolean => at >= meeting.openedAt && at <= end
  return ({ id: block, status }) =>
    dealtWith.has(block) || (status !== null && [status, ...status.earlier].some((step) => during(step.at)))
}

const concerns = (block: BoardBlock, participant: ParticipantId): boolean =>
  block.positions.some((entry) => entry.participant === participant && entry.position !== null) ||
  block.places.some((place) => place.rows.some((row) => isOf(row, participant)))

/** Whether a participant is a proposal's proponent or supporter, or has taken a position on it. */
const isOf = (row: ProposalRow, participant: ParticipantId): boolean =>
  row.proponent === participant ||
  row.sponsorship.cosponsors.some((stated) => stated.participant === participant) ||
  row.positions.some((entry) => entry.participant === participant && entry.position !== null)

/** The cards that a filter leaves in the margin. */
export function placeFits(place: ConflictGroup, filter: Filter, mine: ParticipantId | null): boolean {
  switch (filter.kind) {
    case 'conflict':
      return inConflict(place)
    case 'mine':
      return mine !== null && place.rows.some((row) => isOf(row, mine))
    case 'participant':
      return place.rows.some((row) => isOf(row, filter.participant))
    default:
      return true
  }
}

/** The heat of a paragraph in the strip, by its number of open proposals: 0 (none) to 4. */
export function heatOf(open: number): 0 | 1 | 2 | 3 | 4 {
  if (open === 0) return 0
  if (open === 1) return 1
  if (open <= 3) return 2
  return open <= 6 ? 3 : 4
}
