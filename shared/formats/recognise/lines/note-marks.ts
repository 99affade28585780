import { superscript } from '../../../model/superscript.ts'
import type { Line } from './line.ts'
import type { Note } from './notes.ts'

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

/**
 * Returns the marks of the notes in the lines that are not `apart`: those of the notes of one page stand on that page, in
 * the order of the notes. A note whose mark is not found has none.
 */
export function findNoteMarks(
  lines: readonly Line[],
  notes: readonly Note[],
  apart: ReadonlySet<number>,
): readonly SourceMark[] {
  const found: SourceMark[] = []
  let after = { at: 0, index: 0 }
  for (const [note, { mark, from, to }] of notes.entries()) {
    if (from > after.at) after = { at: from, index: 0 }
    const best = bestOf(candidates(lines, mark, { from: after.at, to }, apart), after)
    const line = best && lines[best.at]
    if (!line) continue
    found.push({ line, index: best.index, printed: best.printed, note })
    after = { at: best.at, index: best.index + best.printed.length }
  }
  return found
}

/** Returns the first of the surest ones. */
function bestOf(all: readonly Candidate[], after: { at: number; index: number }): Candidate | undefined {
  const behind = all.filter(({ at, index }) => at > after.at || index >= after.index)
  return ([0, 1, 2] as const)
    .map((doubt) => behind.find((one) => one.doubt === doubt))
    .find((one) => one !== undefined)
}

function candidates(
  lines: readonly Line[],
  mark: string,
  { from, to }: { readonly from: number; readonly to: number },
  apart: ReadonlySet<number>,
): Candidate[] {
  const patterns = patternsOf(mark)
  const all: Candidate[] = []
  for (let at = from; at < to; at++) {
    const text = lines[at]?.text ?? ''
    if (apart.has(at) || !MARKED.test(text)) continue
    for (const { pattern, doubt } of patterns)
      for (const { 0: printed, index } of text.matchAll(pattern)) {
        const weak = doubt === 2
        if (
          weak &&
          (COUNTED.test(text.slice(0, index + 1)) || COUNTING.test(text.slice(index + printed.length)))
        )
          continue
        if (index > 0) all.push({ at, index, printed, doubt })
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
