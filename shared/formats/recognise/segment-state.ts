import type { DivisionHead } from './division.ts'
import type { Furniture } from './furniture.ts'
import { isSeparator } from './furniture.ts'
import type { Vocabulary } from './join.ts'
import { dropsHyphen, gapBetween, isHyphenated } from './join.ts'
import type { Line, Lines } from './line.ts'
import { ENDS, firstFew, startsBlock, warningAt } from './line.ts'
import type { Marker } from './marker.ts'
import type { Notes } from './notes.ts'
import { isStatusMark } from './phrases.ts'
import { isOpening } from './resolution.ts'
import type { SegmentKind } from './segment.ts'
import type { SeriesReader } from './series.ts'

/** What was found out about the lines before they are divided into segments. */
export interface Found {
  readonly source: Lines
  readonly series: SeriesReader
  readonly furniture: Furniture
  readonly notes: Notes
  readonly rows: ReadonlySet<number>
  readonly vocabulary: Vocabulary
}

export interface Open {
  kind: SegmentKind
  at: number
  indent: number
  marker: Marker | null
  division: DivisionHead | null
  text: string
  depth?: number
  /** The end of its text, kept separately because searching a long text at every line would take quadratic time. */
  tail: string
  /** Its last line. */
  line: Line
}

const TAIL = 60

/** What is known while lines become segments: the segments so far, and where the reading stands. */
export class SegmentState {
  readonly segments: Open[] = []
  readonly warnings: string[] = []
  readonly found: Found
  readonly lines: readonly Line[]
  /** The lines that ended in a hyphen inside a word. */
  readonly hyphens: number[] = []
  /** Whether only furniture was read since the last line of text. */
  afterFurniture = false
  /** Whether the line that says where a text was signed has been read; names follow it. */
  signed = false
  /** Whether the clauses of a preamble are being read. */
  preamble = false

  constructor(found: Found) {
    this.found = found
    this.lines = found.source.lines
  }

  /** Whether the text before is a complete sentence, or a heading. */
  finished(): boolean {
    const last = this.segments.at(-1)
    if (!last || last.kind === 'separator' || last.kind === 'row' || last.kind === 'dateline') return true
    if (last.kind === 'heading' || last.kind === 'opening') return true
    return last.text !== '' && (ENDS.test(last.tail) || isStatusMark(last.line.text))
  }

  /** Whether the line begins something that cannot belong to a heading above it. */
  stops(index: number): boolean {
    const line = this.lines[index]
    if (!line) return true
    if (this.found.series.begins(index) || this.found.furniture.dropped.has(index)) return true
    return isSeparator(line.text) || isOpening(line.text, this.lines[index + 1]?.text ?? '')
  }

  breaksBehind(i: number): boolean {
    const next = this.lines[i + 1]
    return !next || startsBlock(next) || this.stops(i + 1)
  }

  push(
    kind: SegmentKind,
    line: Line,
    given: Partial<Pick<Open, 'marker' | 'division' | 'text' | 'depth'>>,
  ): void {
    const text = given.text ?? line.text
    const { marker = null, division = null, depth } = given
    const { at, indent } = line
    const tail = text.slice(-TAIL)
    this.segments.push({
      kind,
      at,
      indent,
      marker,
      division,
      text,
      tail,
      line,
      ...(depth === undefined ? {} : { depth }),
    })
  }

  join(line: Line, text: string): void {
    const last = this.segments.at(-1)
    if (!last) return
    let gap = last.line.broken ? '' : gapBetween(last.tail, text)
    if (isHyphenated(last.tail, text) && last.text !== '') {
      this.hyphens.push(last.line.at)
      gap = ''
      if (dropsHyphen(last.tail, text, this.found.vocabulary)) {
        last.text = last.text.slice(0, -1)
        last.tail = last.tail.slice(0, -1)
      }
    }
    last.text += gap + text
    last.tail = (last.tail + gap + text).slice(-TAIL)
    last.line = line
  }

  warn(line: Line, what: string): void {
    this.warnings.push(warningAt(line, what))
  }

  /** Returns the warnings about hyphens, which may belong to the word or to the line break. */
  hyphenWarnings(): string[] {
    const at = this.hyphens
    if (at.length === 0) return []
    const [line, ends] = at.length > 1 ? ['Lines', 'end'] : ['Line', 'ends']
    return [`${line} ${firstFew(at)} ${ends} in a hyphen: look at the words joined there.`]
  }
}
