import type { Line } from '../lines/line.ts'
import { ENDS, ENDS_CLAUSE, isFull, startsLower } from '../lines/line.ts'
import { isOperative, isPreambular } from '../lines/resolution.ts'
import type { Open, SegmentState } from './segment-state.ts'

/** Reads a line that begins nothing: it goes on with the paragraph before it, or is one of its own. */
export function readWords(state: SegmentState, line: Line, opens: boolean, cut: boolean): void {
  const last = state.segments.at(-1)
  if (last && goesOn(state, last, line, opens, cut)) {
    state.join(line, line.text)
    return
  }
  if (last && opens && !cut && state.found.series.begun && !state.preamble && last.kind === 'paragraph')
    state.doubt('unnumbered', line, 'has no number; it stands as a paragraph of its own')
  if (state.preamble && isOperative(line.text) && !isPreambular(line.text)) state.preamble = false
  state.push('paragraph', line, {})
}

/** Whether a line without a mark belongs to the paragraph before it. */
function goesOn(state: SegmentState, last: Open, line: Line, opens: boolean, cut: boolean): boolean {
  if (last.kind !== 'paragraph' && last.kind !== 'note') return false
  if (last.text === '') return true
  const { text } = line
  const clause = state.preamble && ENDS_CLAUSE.test(last.tail)
  const finished = ENDS.test(last.tail) || clause
  if (state.preamble && opens && !cut && (isPreambular(text) || isOperative(text)) && !startsLower(text))
    return false
  if (!opens) return goesOnBelow(state, last, line, finished)
  if (cut) return !finished || startsLower(text) || goesOnBehindPage(state, last, line)
  if (finished) return false
  if (startsLower(text) || /^\p{Nd}/u.test(text)) return true
  return isFull(last.line, state.found.source.wrap) || last.tail.endsWith(',')
}

/** Whether a sentence behind the end of a page belongs to the numbered paragraph before it. */
function goesOnBehindPage(state: SegmentState, last: Open, line: Line): boolean {
  const hanging = last.line.at === last.at
  if (state.preamble || last.marker === null || (!hanging && line.indent >= last.line.indent + 3))
    return false
  state.doubt('joined-over-page', line, 'was joined to the paragraph before it, across the end of a page')
  return true
}

/** The same for a line directly below the last one. */
function goesOnBelow(state: SegmentState, last: Open, line: Line, finished: boolean): boolean {
  if (!finished) return true
  const { wrap } = state.found.source
  const hanging = last.marker !== null && last.line.at === last.at
  if (line.indent >= last.line.indent + 3 && !hanging && !startsLower(line.text)) return false
  // Where the first lines of paragraphs are indented, one that is not belongs to the paragraph above.
  const indents = last.line.at > last.at && last.indent >= last.line.indent + 3
  if (
    state.preamble &&
    !indents &&
    !startsLower(line.text) &&
    (isPreambular(line.text) || isOperative(line.text))
  )
    return false
  // A line is broken where its next word had no room.
  const room = wrap * 0.75 - last.line.indent - last.line.text.length
  const full = line.text.split(' ', 1).join('').length >= room
  if (wrap > 0) return startsLower(line.text) || full || line.indent !== last.line.indent
  if (state.preamble) return false
  const { length } = last.line.text
  return startsLower(line.text) || (length > 45 && length < 110)
}
