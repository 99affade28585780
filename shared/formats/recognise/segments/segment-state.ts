import type { DivisionHead } from '../markers/division.ts'
import type { Furniture } from '../lines/furniture.ts'
import { isSeparator } from '../lines/furniture.ts'
import type { Vocabulary } from '../lines/join.ts'
import { jointBetween } from '../lines/join.ts'
import type { Line, Lines } from '../lines/line.ts'
import type { DoubtCode } from '../../../model/understanding.ts'
import type { FoundDoubt } from '../lines/doubts.ts'
import { doubtAt } from '../lines/doubts.ts'
import { ENDS, startsBlock } from '../lines/line.ts'
import type { Marker } from '../markers/marker.ts'
import type { Notes } from '../lines/notes.ts'
import { isStatusMark } from '../lines/phrases.ts'
import { isOpening } from '../lines/resolution.ts'
import type { LineSpan, SegmentKind, SourceCell } from './segment.ts'
import type { Grid } from './table.ts'
import type { SeriesReader } from '../markers/series.ts'

/** What was found out about the lines before they are divided into segments. */
export interface Found {
  readonly source: Lines
  /** Whether the draft has neither numbers nor the clauses of a resolution. */
  readonly plain: boolean
  readonly series: SeriesReader
  readonly furniture: Furniture
  readonly notes: Notes
  /** The tables, by the index of the line with which each begins. */
  readonly grids: ReadonlyMap<number, Grid>
  readonly vocabulary: Vocabulary
}

export interface Open {
  kind: SegmentKind
  readonly spans: LineSpan[]
  at: number
  indent: number
  marker: Marker | null
  division: DivisionHead | null
  text: string
  depth?: number
  cell?: SourceCell
  /** The end of its text, kept separately because searching a long text at every line would take quadratic time. */
  tail: string
  /** Its last line. */
  line: Line
}

const TAIL = 60

/** What is known while lines become segments: the segments so far, and where the reading stands. */
export class SegmentState {
  readonly segments: Open[] = []
  readonly doubts: FoundDoubt[] = []
  readonly found: Found
  readonly lines: readonly Line[]
  /** Whether only furniture was read since the last line of text. */
  afterFurniture = false
  /** Whether the line that says where a text was signed has been read; names follow it. */
  signed = false
  /** The index of the last line of the last table; -1 before the first. */
  tableEnd = -1
  /** Whether the clauses of a preamble are being read. */
  preamble = false

  constructor(found: Found) {
    this.found = found
    this.lines = found.source.lines
  }

  /** Whether the text before is a complete sentence, or a heading. */
  finished(): boolean {
    const last = this.segments.at(-1)
    if (!last || last.kind === 'separator' || last.kind === 'cell' || last.kind === 'dateline') return true
    if (last.kind === 'heading' || last.kind === 'opening' || last.kind === 'caption') return true
    // A proposed paragraph ends with `– EU]`, whether or not a full stop stands before it.
    const proposed = this.found.plain && /^[[［]/u.test(last.text) && /[\]］]$/u.test(last.tail)
    return last.text !== '' && (proposed || ENDS.test(last.tail) || isStatusMark(last.line.text))
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
    given: Partial<Pick<Open, 'marker' | 'division' | 'text' | 'depth'> & Pick<LineSpan, 'from' | 'to'>>,
  ): void {
    const text = given.text ?? line.text
    const { marker = null, division = null, depth, from = 0, to = line.text.length } = given
    const { at, indent } = line
    const tail = text.slice(-TAIL)
    this.segments.push({
      kind,
      spans: [{ line, from, to }],
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

  /** Adds a line, or a part of one, to the last segment. `from`: the column at which `text` begins in it. */
  join(line: Line, text: string, from = 0, to = line.text.length): void {
    const last = this.segments.at(-1)
    if (!last) return
    last.spans.push({ line, from, to })
    const { gap, hyphenated, drops } = jointBetween(last.tail, text, last.line.broken, this.found.vocabulary)
    if (hyphenated) this.doubts.push(hyphenDoubt(last.line))
    if (drops) {
      last.text = last.text.slice(0, -1)
      last.tail = last.tail.slice(0, -1)
    }
    last.text += gap + text
    last.tail = (last.tail + gap + text).slice(-TAIL)
    last.line = line
  }

  doubt(code: DoubtCode, line: Line, what: string): void {
    this.doubts.push(doubtAt(code, line, what))
  }
}

/** The hyphen at the end of a line may belong to the word or to the line break. */
const hyphenDoubt = ({ at }: Line): FoundDoubt => ({
  code: 'hyphen',
  line: at,
  message: `Line ${at} ends in a hyphen: look at the words joined there.`,
  listed: String(at),
})
