import { superscript } from '../../../model/superscript.ts'
import type { Line } from './line.ts'

/** Finds the marks of footnotes among the words of a source. */

/** The mark of a note in a line, in UTF-16 units of its text. */
export interface SourceMark {
  readonly line: Line
  readonly index: number
  /** With the space before it: `¹`, ` 1`, `[1]`. */
  readonly printed: string
  /** Which note it is of, from 0. */
  readonly note: number
}

/** How sure it is that a figure is the mark of a note: 0 is surest. */
type Doubt = 0 | 1 | 2

interface Candidate {
  /** The index of its line. */
  readonly at: number
  readonly index: number
  readonly printed: string
  readonly doubt: Doubt
}

/** Words before a figure that belongs to them. */
const COUNTED =
  /(?:articles?|paragraphs?|paras?|sections?|parts?|chapters?|annex|options?|resolutions?|decisions?|goal|target|rules?|no|nos|pages?|figures?|tables?|top|least|most|than|over|under|about|and|or|of|in|by|to|for|with|from|at|the|every|per|phase|level|class|tier|item|step|version|only|these|all) $/iu
/** Words behind a figure that it counts. */
const COUNTING =
  /^ (?:million|billion|thousand|hundred|per|percent|years?|months?|weeks?|days?|hours?|minutes?|members?|times|tons?|metres?|kilomet|degrees?|and \d|or \d|to \d|paragraph)/iu

/** The stretches of a line in which marks may stand: those of the text. */
export interface TextLine {
  readonly line: Line
  readonly stretches: readonly Stretch[]
}

/** In UTF-16 units of the line; `to` is exclusive. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** A note whose mark is looked for. */
export interface SoughtNote {
  /** Which note it is, from 0. */
  readonly note: number
  /** Its mark as plain characters. */
  readonly mark: string
  /** The indexes of the lines among which its mark stands: `from` included, `to` excluded. */
  readonly from: number
  readonly to: number
  /** Where its mark is known to stand; it is not looked for then. Null: nowhere. */
  readonly known?: SourceMark | null
}

/**
 * Returns the marks of notes in the lines of a text: those of the notes of one page stand on that page, in the order of the
 * notes. A note whose mark is not found has none. `others`: marks that are known already, whose figures are of no other note.
 */
export function findNoteMarks(
  lines: readonly TextLine[],
  notes: readonly SoughtNote[],
  others: readonly SourceMark[],
): readonly SourceMark[] {
  const taken = Map.groupBy([...others, ...notes.flatMap(({ known }) => known ?? [])], ({ line }) => line)
  const isFree = ({ at, index, printed }: Candidate): boolean =>
    !taken
      .get(lines[at]!.line)
      ?.some((other) => index < other.index + other.printed.length && other.index < index + printed.length)
  const indexes = new Map([...lines.entries()].map(([at, { line }]) => [line, at]))
  const found: SourceMark[] = []
  let after = { at: 0, index: 0 }
  for (const { note, mark, from, to, known } of notes) {
    if (from > after.at) after = { at: from, index: 0 }
    if (known !== undefined) {
      if (known) found.push(known)
      const at = known ? (indexes.get(known.line) ?? 0) : 0
      if (known && (at > after.at || (at === after.at && known.index > after.index)))
        after = { at, index: known.index + known.printed.length }
      continue
    }
    const best = bestOf(candidates(lines, mark, { from: after.at, to }).filter(isFree), after)
    const line = best && lines[best.at]?.line
    if (!line) continue
    found.push({ line, index: best.index, printed: best.printed, note })
    after = { at: best.at, index: best.index + best.printed.length }
  }
  return found
}

/**
 * Returns what stands at a place of a line as the mark of a note: the figure that begins or ends there, else nothing. Null when
 * no word stands before that place.
 */
export function markAtPlace(
  text: string,
  { from, to }: Stretch,
  column: number,
  mark: string,
): Pick<SourceMark, 'index' | 'printed'> | null {
  const exactly = text.slice(column).startsWith(mark) && mark !== ''
  const figure = exactly
    ? { index: column - (text[column - 1] === ' ' ? 1 : 0), end: column + mark.length }
    : null
  if (figure && figure.index > from && figure.end <= to && !/^\p{Nd}/u.test(text.slice(figure.end)))
    return { index: figure.index, printed: text.slice(figure.index, figure.end) }
  for (const { pattern } of patternsOf(mark))
    for (const { 0: printed, index } of text.matchAll(pattern)) {
      const end = index + printed.length
      const begins = index + printed.length - printed.trimStart().length
      if (index > from && end <= to && begins <= column && column <= end) return { index, printed }
    }
  const index = text.slice(0, column).trimEnd().length
  return index > from && index <= to ? { index, printed: '' } : null
}

/** Returns the first of the surest ones. */
function bestOf(all: readonly Candidate[], after: { at: number; index: number }): Candidate | undefined {
  const behind = all.filter(({ at, index }) => at > after.at || index >= after.index)
  return ([0, 1, 2] as const)
    .map((doubt) => behind.find((one) => one.doubt === doubt))
    .find((one) => one !== undefined)
}

function candidates(lines: readonly TextLine[], mark: string, { from, to }: Stretch): Candidate[] {
  const patterns = patternsOf(mark)
  const all: Candidate[] = []
  for (let at = from; at < to; at++) {
    const { line, stretches } = lines[at]!
    const { text } = line
    if (!MARKED.test(text)) continue
    for (const { pattern, doubt } of patterns)
      for (const { 0: printed, index } of text.matchAll(pattern)) {
        const weak = doubt === 2
        if (
          weak &&
          (COUNTED.test(text.slice(0, index + 1)) || COUNTING.test(text.slice(index + printed.length)))
        )
          continue
        if (stretches.some((one) => index > one.from && index < one.to))
          all.push({ at, index, printed, doubt })
      }
  }
  return all
}

/** What every mark has one of. */
const MARKED = /[\p{Nd}*⁰¹²³⁴-⁹]/u

interface Pattern {
  readonly pattern: RegExp
  readonly doubt: Doubt
}

function patternsOf(mark: string): Pattern[] {
  if (/^\*+$/.test(mark))
    return [{ pattern: new RegExp(` ?(?<!\\*)\\*{${mark.length}}(?!\\*)`, 'gu'), doubt: 0 }]
  if (!/^\p{Nd}+$/u.test(mark)) return []
  const raised = superscript(mark)
  const [before, next] = [String(Number(mark) - 1), String(Number(mark) + 1)]
  return [
    { pattern: new RegExp(` ?(?<![⁰¹²³⁴-⁹])${raised}(?![⁰¹²³⁴-⁹])`, 'gu'), doubt: 0 },
    { pattern: new RegExp(` ?\\[${mark}\\]| ?(?<!\\p{Nd})${mark}/(?=[\\s.,;:)]|$)`, 'gu'), doubt: 0 },
    {
      pattern: new RegExp(
        `(?<=\\p{Ll}{2}(?:${before})?|\\p{L}{3}|[\\p{L})”’"'][.,;:]|[)\\]”’"])${mark}(?=[\\s.,;:!?)\\]”’]|$|${next}(?!\\p{Nd}))`,
        'gu',
      ),
      doubt: 0,
    },
    { pattern: new RegExp(`(?<=[\\p{L}\\p{N})”’"'][.,;:”’)]) ${mark}(?= \\p{Ll}|$|[.,;])`, 'gu'), doubt: 1 },
    { pattern: new RegExp(`(?<=\\p{L}{2}|\\p{Nd}{4}) ${mark}(?= \\p{Ll}|$|[.,;])`, 'gu'), doubt: 2 },
  ]
}
