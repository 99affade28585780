import { headsDivision, readDivision } from '../markers/division.ts'
import { isSeparator } from '../lines/furniture.ts'
import { isClosing } from '../lines/letter.ts'
import { looksLikeHeading } from '../lines/headings.ts'
import type { Line } from '../lines/line.ts'
import { BRIEF, ENDS, ENDS_CLAUSE, isFull, startsBlock } from '../lines/line.ts'
import { beginsPreamble } from '../lines/preamble.ts'
import { isClosingFormula, isDateline, isStatusMark } from '../lines/phrases.ts'
import { isOpening } from '../lines/resolution.ts'
import { readHeading } from './segment-headings.ts'
import { dividedOptions } from './inline-options.ts'
import type { Open, SegmentState } from './segment-state.ts'
import { readGrid } from './segment-tables.ts'
import { readWords } from './segment-words.ts'
import type { Segment } from './segment.ts'

/**
 * Reads the next line into the segments. Every line that is neither furniture nor a note goes into exactly one segment, in order.
 */
export function readLine(state: SegmentState, i: number): void {
  const line = state.lines[i]
  if (!line) return
  if (state.found.furniture.dropped.has(i) || state.found.notes.lines.has(i)) {
    state.afterFurniture = true
    return
  }
  if (i <= state.tableEnd) return
  const cut = state.afterFurniture || line.newPage
  const opens = startsBlock(line) || cut || state.segments.length === 0
  state.afterFurniture = false
  const grid = state.found.grids.get(i)
  if (grid) {
    readGrid(state, grid)
    state.tableEnd = grid.last
  } else if (isSeparator(line.text)) state.push('separator', line, {})
  else if (readDivisionHead(state, line, i, opens)) return
  else if (readMarked(state, line, i, opens, cut)) return
  else readUnmarked(state, line, i, opens, cut)
}

function readDivisionHead(state: SegmentState, line: Line, i: number, opens: boolean): boolean {
  const head = readDivision(line.text)
  if (
    !head ||
    !headsDivision(head) ||
    !(opens || state.finished() || state.segments.at(-1)?.kind === 'heading')
  )
    return false
  if (!opens && !state.finished() && isFull(state.lines[i - 1] ?? line, state.found.source.wrap)) return false
  state.preamble = false
  const words = head.opened + head.rest + head.closed
  if (head.kind === 'option' && head.rest !== '' && !head.rest.startsWith('(par'))
    state.push('paragraph', line, { division: head, text: words })
  else if (head.rest.length > BRIEF && (ENDS.test(head.rest) || !state.breaksBehind(i))) {
    const from = line.text.length - head.rest.length
    state.push('heading', line, { division: head, text: '', to: from })
    if (head.kind === 'action') state.join(line, words, from)
    else state.push('paragraph', line, { text: words, from })
  } else state.push('heading', line, { division: head, text: words })
  return true
}

function readMarked(state: SegmentState, line: Line, i: number, opens: boolean, cut: boolean): boolean {
  const last = state.segments.at(-1)
  const finished =
    state.finished() || last?.kind !== 'paragraph' || (state.preamble && ENDS_CLAUSE.test(last.tail))
  const read = state.found.series.accept(i, {
    opens,
    finished,
    chapeau: /[:：]$/u.test(last?.tail ?? ''),
    listed: last?.marker?.style === 'bullet',
    cut,
  })
  if (read && 'code' in read) state.doubts.push(read)
  if (!read || 'code' in read) return false
  if (read.style !== 'PP' && read.style !== 'bullet' && !read.style.startsWith('letter'))
    state.preamble = false
  const text = read.style === 'bullet' ? line.text : read.lead + read.rest
  if (read.style === 'han' && looksLikeHeading(line.text) && opens && state.breaksBehind(i)) {
    state.push('heading', line, {})
    return true
  }
  state.push('paragraph', line, { marker: read, text })
  return true
}

function readUnmarked(state: SegmentState, line: Line, i: number, opens: boolean, cut: boolean): void {
  const last = state.segments.at(-1)
  const next = state.lines[i + 1]
  if (heads(last) && beginsPreamble(state.lines, i, (index) => state.found.series.begins(index)))
    state.preamble = true
  if (line.heading !== undefined) state.push('heading', line, { depth: line.heading })
  else if (isStatusMark(line.text) && last?.kind === 'paragraph') state.join(line, line.text)
  else if (
    isOpening(line.text, next?.text ?? '') &&
    (opens || state.finished() || last?.kind === 'heading')
  ) {
    state.push('opening', line, {})
    state.preamble = true
  } else if (endsText(state, line) && (state.finished() || last?.kind === 'dateline') && !state.preamble)
    state.push('dateline', line, {})
  else if (!readHeading(state, line, i, opens, cut)) readWords(state, line, opens, cut)
}

/** Whether nothing precedes the line in its division. */
const heads = (last: Segment | undefined): boolean =>
  !last || last.kind === 'heading' || last.kind === 'separator'

const LONGEST_NAME = 80

/** Whether a line stands below the text: when and where it was adopted or signed, and by whom. */
function endsText(state: SegmentState, { text }: Line): boolean {
  if (isDateline(text)) return true
  if (isClosingFormula(text) || (isClosing(text) && text.length < LONGEST_NAME)) {
    state.signed = true
    return true
  }
  return state.signed && state.segments.at(-1)?.kind === 'dateline' && text.length < LONGEST_NAME
}

/** Returns the segments read, without what only reading needs. */
export const segmentsOf = (state: SegmentState): Segment[] =>
  state.segments.map(segmentOf).flatMap(dividedOptions)

const segmentOf = ({ kind, spans, at, indent, marker, division, text, depth, cell }: Open): Segment => ({
  kind,
  spans,
  at,
  indent,
  marker,
  division,
  text,
  ...(depth === undefined ? {} : { depth }),
  ...(cell ? { cell } : {}),
})
