import type { Board } from '#shared/document/composition/board.ts'
import { strings } from '../strings.ts'
import type { Filter } from './filter.ts'

/** "of KEN", "Second informal consultation". */
export function filterName(board: Board, filter: Filter): string {
  switch (filter.kind) {
    case 'participant':
      return strings.filtering.showing(strings.filtering.of(filter.participant))
    case 'meeting': {
      const title = board.meetings.find((meeting) => meeting.id === filter.meeting)?.title ?? ''
      return strings.filtering.showing(title)
    }
    default:
      return strings.filtering.plain[filter.kind]
  }
}
