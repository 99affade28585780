import {
  endsAsHeading,
  headingSign,
  isBracketedSentence,
  isNumberedHeading,
  looksLikeHeading,
} from '../lines/headings.ts'
import type { Line } from '../lines/line.ts'
import { BRIEF, ENDS, isFull, startsBlock, startsLower } from '../lines/line.ts'
import { isDeclaring, isOperative, isPreambular } from '../lines/resolution.ts'
import type { Open, SegmentState } from './segment-state.ts'

/** Reads the line as a heading, or as the rest of one; returns false when it is neither. */
export function readHeading(
  state: SegmentState,
  line: Line,
  i: number,
  opens: boolean,
  cut: boolean,
): boolean {
  const last = state.segments.at(-1)
  if (isDeclaring(line.text) || (state.found.plain && isBracketedSentence(state.lines, i))) return false
  if (last?.division?.kind === 'option' && last.kind === 'heading' && !isNumberedOrCapital(line.text))
    return false
  if (last && goesOnHeading(state, last, line, i, opens)) {
    state.join(line, line.text)
    return true
  }
  const bare = last?.kind === 'paragraph' && last.text === ''
  if (bare || (state.preamble && (isPreambular(line.text) || isOperative(line.text)))) return false
  if (state.preamble && !isNumberedOrCapital(line.text)) return false
  const finished = state.finished()
  const sign = headingSign(state.lines, i, (index) => state.stops(index), opens, finished)
  const heads =
    asks(state, line, i, finished) ||
    headsDeclaration(state, line, i, finished) ||
    headsBlock(state, line, i, opens, finished)
  // The rest of a sentence behind a blank line ends with a sign; what ends without one heads what follows.
  if (
    sign === 'certain' ||
    (sign === 'likely' && !state.found.furniture.dropped.has(i + 1)) ||
    heads ||
    (sign === 'possible' && !cut)
  ) {
    if (sign !== 'certain') state.doubt('heading-guessed', line, 'was taken for a heading')
    state.preamble = false
    state.push('heading', line, {})
    return true
  }
  if (sign === 'possible')
    state.doubt('heading-joined', line, 'may be a heading; it was kept with the words before it')
  return false
}

/** The number of a heading alone on its line. */
const NUMERAL = /^(?:[IVXLC]{1,7}|[A-Z])[.):]?$/u

/** Whether the line goes on with the heading before it, or is the title of a division whose number stands there. */
function goesOnHeading(state: SegmentState, last: Open, line: Line, i: number, opens: boolean): boolean {
  if (last.kind !== 'heading' || last.division?.kind === 'option') return false
  const ends = endsAsHeading(state.lines, i, (index) => state.stops(index))
  if (NUMERAL.test(last.text)) return looksLikeHeading(line.text) && !isNumberedHeading(line.text) && ends
  if (last.text === '') return last.division !== null && looksLikeHeading(line.text) && ends
  if (ENDS.test(last.tail)) return false
  if (startsLower(line.text) && line.text.length < BRIEF && !ENDS.test(line.text) && ends) return true
  return !opens && !isNumberedHeading(line.text) && goesOnAsHeading(state, last, line, i)
}

/** Whether a line directly below a heading belongs to it. */
function goesOnAsHeading(state: SegmentState, last: Open, line: Line, i: number): boolean {
  if (startsLower(line.text)) return true
  if (!looksLikeHeading(line.text)) return false
  const { wrap } = state.found.source
  return wrap === 0 || isFull(last.line, wrap) || endsAsHeading(state.lines, i, (index) => state.stops(index))
}

/** Whether lines that can be headings lead to the paragraph that opens a declaration. */
function headsDeclaration(state: SegmentState, line: Line, i: number, finished: boolean): boolean {
  if (state.found.series.begun || !finished || !looksLikeHeading(line.text)) return false
  for (let j = i + 1; j < i + 6; j++) {
    const next = state.lines[j]
    if (!next || next.blanks > 0) return false
    if (isDeclaring(next.text)) return true
  }
  return false
}

/** Whether a short line above a wrapped paragraph heads it: a line within a paragraph would be full. */
function headsBlock(state: SegmentState, line: Line, i: number, opens: boolean, finished: boolean): boolean {
  const { wrap } = state.found.source
  const next = state.lines[i + 1]
  if (wrap === 0 || !opens || !finished || !next || startsBlock(next) || startsLower(next.text)) return false
  return looksLikeHeading(line.text) && line.text.length < wrap * 0.5 && isFull(next, wrap)
}

export function isNumberedOrCapital(text: string): boolean {
  return isNumberedHeading(text) || (/\p{Lu}/u.test(text) && text === text.toUpperCase())
}

/** Whether a line alone between paragraphs heads the next one, although it ends as a question or a chapeau. */
function asks(state: SegmentState, line: Line, i: number, finished: boolean): boolean {
  const next = state.lines[i + 1]
  if (!finished || !/[?:？：؟]$/u.test(line.text) || line.text.split(' ').length > 8 || line.blanks === 0)
    return false
  if (!next || next.blanks === 0 || startsLower(line.text)) return false
  return state.found.series.continuesAt(i + 1)
}
