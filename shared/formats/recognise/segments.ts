import type { DivisionHead } from './division.ts'
import { headsDivision, readDivision } from './division.ts'
import type { Furniture } from './furniture.ts'
import { isSeparator } from './furniture.ts'
import { endsAsHeading, headingSign, isNumberedHeading, looksLikeHeading } from './headings.ts'
import type { Vocabulary } from './join.ts'
import { dropsHyphen, gapBetween, isHyphenated } from './join.ts'
import type { Line, Lines } from './line.ts'
import { ENDS, ENDS_CLAUSE, firstFew, isFull, startsBlock, startsLower, warningAt } from './line.ts'
import type { Marker } from './marker.ts'
import type { Notes } from './notes.ts'
import { isDateline, isStatusMark } from './phrases.ts'
import { isDeclaring, isOpening, isOperative, isPreambular } from './resolution.ts'
import type { Segment, SegmentKind } from './segment.ts'
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

interface Open {
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
/** A line of fewer characters, without a sign at its end, is no sentence that goes on behind a blank line. */
const BRIEF = 100

/**
 * Divides lines into segments. Every line that is neither furniture nor a note goes into exactly one, in order.
 * Lines are read one after the other with {@link read}.
 */
export class SegmentReader {
  readonly segments: Open[] = []
  readonly warnings: string[] = []
  readonly #found: Found
  readonly #lines: readonly Line[]
  /** The lines that ended in a hyphen inside a word. */
  readonly #hyphens: number[] = []
  /** Whether only furniture was read since the last line of text. */
  #afterFurniture = false
  /** Whether the clauses of a preamble are being read. */
  #preamble = false

  constructor(found: Found) {
    this.#found = found
    this.#lines = found.source.lines
  }

  read(i: number): void {
    const line = this.#lines[i]
    if (!line) return
    if (this.#found.furniture.dropped.has(i) || this.#found.notes.lines.has(i)) {
      this.#afterFurniture = true
      return
    }
    const cut = this.#afterFurniture || line.newPage
    const opens = startsBlock(line) || cut || this.segments.length === 0
    this.#afterFurniture = false
    if (this.#found.rows.has(i)) this.#push('row', line, { text: (line.cells ?? []).join(' | ') })
    else if (isSeparator(line.text)) this.#push('separator', line, {})
    else if (this.#readDivision(line, i, opens)) return
    else if (this.#readMarked(line, i, opens, cut)) return
    else this.#readUnmarked(line, i, opens, cut)
  }

  /** Returns the warnings about hyphens, which may belong to the word or to the line break. */
  hyphenWarnings(): string[] {
    const at = this.#hyphens
    if (at.length === 0) return []
    const [line, ends] = at.length > 1 ? ['Lines', 'end'] : ['Line', 'ends']
    return [`${line} ${firstFew(at)} ${ends} in a hyphen: look at the words joined there.`]
  }

  #readDivision(line: Line, i: number, opens: boolean): boolean {
    const head = readDivision(line.text)
    if (
      !head ||
      !headsDivision(head) ||
      !(opens || this.#finished() || this.segments.at(-1)?.kind === 'heading')
    )
      return false
    if (!opens && !this.#finished() && isFull(this.#lines[i - 1] ?? line, this.#found.source.wrap))
      return false
    this.#preamble = false
    const words = head.opened + head.rest + head.closed
    if (head.kind === 'option' && head.rest !== '' && !head.rest.startsWith('(par'))
      this.#push('paragraph', line, { division: head, text: words })
    else if (head.rest.length > BRIEF && (ENDS.test(head.rest) || !this.#breaksBehind(i))) {
      this.#push('heading', line, { division: head, text: '' })
      if (head.kind === 'action') this.#join(line, words)
      else this.#push('paragraph', line, { text: words })
    } else this.#push('heading', line, { division: head, text: words })
    return true
  }

  #readMarked(line: Line, i: number, opens: boolean, cut: boolean): boolean {
    const last = this.segments.at(-1)
    const finished =
      this.#finished() || last?.kind !== 'paragraph' || (this.#preamble && ENDS_CLAUSE.test(last.tail))
    const read = this.#found.series.accept(i, {
      opens,
      finished,
      chapeau: /[:：]$/u.test(last?.tail ?? ''),
      listed: last?.marker?.style === 'bullet',
      cut,
    })
    if (typeof read === 'string') this.warnings.push(read)
    if (!read || typeof read === 'string') return false
    if (read.style !== 'PP' && read.style !== 'bullet' && !read.style.startsWith('letter'))
      this.#preamble = false
    const text = read.style === 'bullet' ? line.text : read.lead + read.rest
    if (read.style === 'han' && looksLikeHeading(line.text) && opens && this.#breaksBehind(i)) {
      this.#push('heading', line, {})
      return true
    }
    this.#push('paragraph', line, { marker: read, text })
    return true
  }

  #readUnmarked(line: Line, i: number, opens: boolean, cut: boolean): void {
    const last = this.segments.at(-1)
    const next = this.#lines[i + 1]
    if (line.heading !== undefined) this.#push('heading', line, { depth: line.heading })
    else if (isStatusMark(line.text) && last?.kind === 'paragraph') this.#join(line, line.text)
    else if (
      isOpening(line.text, next?.text ?? '') &&
      (opens || this.#finished() || last?.kind === 'heading')
    ) {
      this.#push('opening', line, {})
      this.#preamble = true
    } else if (isDateline(line.text) && (this.#finished() || last?.kind === 'dateline') && !this.#preamble)
      this.#push('dateline', line, {})
    else if (!this.#readHeading(line, i, opens, cut)) this.#readWords(line, opens, cut)
  }

  /** Whether the line goes on with the heading before it, or is the title of a division whose number stands there. */
  #goesOnHeading(last: Open, line: Line, i: number, opens: boolean): boolean {
    if (last.kind !== 'heading' || last.division?.kind === 'option') return false
    const ends = endsAsHeading(this.#lines, i, (index) => this.#stops(index))
    if (last.text === '') return last.division !== null && looksLikeHeading(line.text) && ends
    if (ENDS.test(last.tail)) return false
    if (startsLower(line.text) && line.text.length < BRIEF && !ENDS.test(line.text) && ends) return true
    return !opens && !isNumberedHeading(line.text) && this.#goesOnAsHeading(last, line, i)
  }

  /** Reads the line as a heading, or as the rest of one; returns false when it is neither. */
  #readHeading(line: Line, i: number, opens: boolean, cut: boolean): boolean {
    const last = this.segments.at(-1)
    if (isDeclaring(line.text)) return false
    if (last?.division?.kind === 'option' && last.kind === 'heading' && !this.#isNumberedOrCapital(line.text))
      return false
    if (last && this.#goesOnHeading(last, line, i, opens)) {
      this.#join(line, line.text)
      return true
    }
    const bare = last?.kind === 'paragraph' && last.text === ''
    if (bare || (this.#preamble && (isPreambular(line.text) || isOperative(line.text)))) return false
    if (this.#preamble && !this.#isNumberedOrCapital(line.text)) return false
    const finished = this.#finished()
    const sign = headingSign(this.#lines, i, (index) => this.#stops(index), opens, finished)
    const heads =
      this.#asks(line, i, finished) ||
      this.#headsDeclaration(line, i, finished) ||
      this.#headsBlock(line, i, opens, finished)
    // The rest of a sentence behind a blank line ends with a sign; what ends without one heads what follows.
    if (
      sign === 'certain' ||
      (sign === 'likely' && !this.#found.furniture.dropped.has(i + 1)) ||
      heads ||
      (sign === 'possible' && !cut)
    ) {
      if (sign !== 'certain') this.#warn(line, 'was taken for a heading')
      this.#preamble = false
      this.#push('heading', line, {})
      return true
    }
    if (sign === 'possible') this.#warn(line, 'may be a heading; it was kept with the words before it')
    return false
  }

  /** Whether a line directly below a heading belongs to it. */
  #goesOnAsHeading(last: Open, line: Line, i: number): boolean {
    if (startsLower(line.text)) return true
    if (!looksLikeHeading(line.text)) return false
    const { wrap } = this.#found.source
    return (
      wrap === 0 || isFull(last.line, wrap) || endsAsHeading(this.#lines, i, (index) => this.#stops(index))
    )
  }

  /** Whether lines that can be headings lead to the paragraph that opens a declaration. */
  #headsDeclaration(line: Line, i: number, finished: boolean): boolean {
    if (this.#found.series.begun || !finished || !looksLikeHeading(line.text)) return false
    for (let j = i + 1; j < i + 6; j++) {
      const next = this.#lines[j]
      if (!next || next.blanks > 0) return false
      if (isDeclaring(next.text)) return true
    }
    return false
  }

  /** Whether a short line above a wrapped paragraph heads it: a line within a paragraph would be full. */
  #headsBlock(line: Line, i: number, opens: boolean, finished: boolean): boolean {
    const { wrap } = this.#found.source
    const next = this.#lines[i + 1]
    if (wrap === 0 || !opens || !finished || !next || startsBlock(next) || startsLower(next.text))
      return false
    return looksLikeHeading(line.text) && line.text.length < wrap * 0.5 && isFull(next, wrap)
  }

  #isNumberedOrCapital(text: string): boolean {
    return isNumberedHeading(text) || (/\p{Lu}/u.test(text) && text === text.toUpperCase())
  }

  /** Whether a line alone between paragraphs heads the next one, although it ends as a question or a chapeau. */
  #asks(line: Line, i: number, finished: boolean): boolean {
    const next = this.#lines[i + 1]
    if (!finished || !/[?:？：؟]$/u.test(line.text) || line.text.split(' ').length > 8 || line.blanks === 0)
      return false
    if (!next || next.blanks === 0 || startsLower(line.text)) return false
    return this.#found.series.continuesAt(i + 1)
  }

  #readWords(line: Line, opens: boolean, cut: boolean): void {
    const last = this.segments.at(-1)
    if (last && this.#goesOn(last, line, opens, cut)) {
      this.#join(line, line.text)
      return
    }
    if (last && opens && !cut && this.#found.series.begun && !this.#preamble && last.kind === 'paragraph')
      this.#warn(line, 'has no number; it stands as a paragraph of its own')
    if (this.#preamble && isOperative(line.text) && !isPreambular(line.text)) this.#preamble = false
    this.#push('paragraph', line, {})
  }

  /** Whether a line without a mark belongs to the paragraph before it. */
  #goesOn(last: Open, line: Line, opens: boolean, cut: boolean): boolean {
    if (last.kind !== 'paragraph' && last.kind !== 'note') return false
    if (last.text === '') return true
    const { text } = line
    const clause = this.#preamble && ENDS_CLAUSE.test(last.tail)
    const finished = ENDS.test(last.tail) || clause
    if (this.#preamble && opens && !cut && (isPreambular(text) || isOperative(text)) && !startsLower(text))
      return false
    if (!opens) return this.#goesOnBelow(last, line, finished)
    if (cut) return !finished || startsLower(text) || this.#goesOnBehindPage(last, line)
    if (finished) return false
    if (startsLower(text) || /^\p{Nd}/u.test(text)) return true
    return isFull(last.line, this.#found.source.wrap) || last.tail.endsWith(',')
  }

  /** Whether a sentence behind the end of a page belongs to the numbered paragraph before it. */
  #goesOnBehindPage(last: Open, line: Line): boolean {
    const hanging = last.line.at === last.at
    if (this.#preamble || last.marker === null || (!hanging && line.indent >= last.line.indent + 3))
      return false
    this.#warn(line, 'was joined to the paragraph before it, across the end of a page')
    return true
  }

  /** The same for a line directly below the last one. */
  #goesOnBelow(last: Open, line: Line, finished: boolean): boolean {
    if (!finished) return true
    const { wrap } = this.#found.source
    const hanging = last.marker !== null && last.line.at === last.at
    if (line.indent >= last.line.indent + 3 && !hanging && !startsLower(line.text)) return false
    // Where the first lines of paragraphs are indented, one that is not belongs to the paragraph above.
    const indents = last.line.at > last.at && last.indent >= last.line.indent + 3
    if (
      this.#preamble &&
      !indents &&
      !startsLower(line.text) &&
      (isPreambular(line.text) || isOperative(line.text))
    )
      return false
    // A line is broken where its next word had no room.
    const room = wrap * 0.75 - last.line.indent - last.line.text.length
    const full = line.text.split(' ', 1).join('').length >= room
    if (wrap > 0) return startsLower(line.text) || full || line.indent !== last.line.indent
    if (this.#preamble) return false
    const { length } = last.line.text
    return startsLower(line.text) || (length > 45 && length < 110)
  }

  /** Whether the text before is a complete sentence, or a heading. */
  #finished(): boolean {
    const last = this.segments.at(-1)
    if (!last || last.kind === 'separator' || last.kind === 'row' || last.kind === 'dateline') return true
    if (last.kind === 'heading' || last.kind === 'opening') return true
    return last.text !== '' && (ENDS.test(last.tail) || isStatusMark(last.line.text))
  }

  /** Whether the line begins something that cannot belong to a heading above it. */
  #stops(index: number): boolean {
    const line = this.#lines[index]
    if (!line) return true
    if (this.#found.series.begins(index) || this.#found.furniture.dropped.has(index)) return true
    return isSeparator(line.text) || isOpening(line.text, this.#lines[index + 1]?.text ?? '')
  }

  #breaksBehind(i: number): boolean {
    const next = this.#lines[i + 1]
    return !next || startsBlock(next) || this.#stops(i + 1)
  }

  #push(
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

  #join(line: Line, text: string): void {
    const last = this.segments.at(-1)
    if (!last) return
    let gap = last.line.broken ? '' : gapBetween(last.tail, text)
    if (isHyphenated(last.tail, text) && last.text !== '') {
      this.#hyphens.push(last.line.at)
      gap = ''
      if (dropsHyphen(last.tail, text, this.#found.vocabulary)) {
        last.text = last.text.slice(0, -1)
        last.tail = last.tail.slice(0, -1)
      }
    }
    last.text += gap + text
    last.tail = (last.tail + gap + text).slice(-TAIL)
    last.line = line
  }

  #warn(line: Line, what: string): void {
    this.warnings.push(warningAt(line, what))
  }
}

/** Returns the segments read, without what only reading needs. */
export const segmentsOf = (reader: SegmentReader): Segment[] =>
  reader.segments.map(({ kind, at, indent, marker, division, text, depth }) => ({
    kind,
    at,
    indent,
    marker,
    division,
    text,
    ...(depth === undefined ? {} : { depth }),
  }))
