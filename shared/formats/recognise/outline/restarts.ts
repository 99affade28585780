import type { DivisionKind } from '../../../model/division.ts'
import type { DivisionHead } from '../markers/division.ts'
import { headingClass, HeadingStack, type HeadingClass } from './heading-class.ts'
import type { Marker } from '../markers/marker.ts'
import { optionStyle } from '../markers/option.ts'
import type { Segment } from '../segments/segment.ts'
import { numberOf } from '../markers/series.ts'

/** What is known of the numbers of a draft before labels are made. */
export interface Restarts {
  /** The paragraphs whose number belongs to a list below another paragraph. */
  readonly nested: ReadonlySet<Segment>
  /** The headings below which numbers begin again at 1. */
  readonly containers: ReadonlySet<Segment>
  /** The kinds of divisions whose own numbers begin again. */
  readonly kinds: ReadonlySet<DivisionKind>
  /** The paragraphs at which numbers begin again without a heading before them. */
  readonly bare: readonly Segment[]
}

const MAIN = /^(?:dot|paren|parens|dash|colon|space|alone)$/

export type Numbered = Segment & { readonly marker: Marker }

/** Whether a segment is a paragraph with a decimal number that is neither dotted nor PP or OP. */
export const isNumbered = (segment: Segment): segment is Numbered =>
  segment.kind === 'paragraph' && segment.marker !== null && MAIN.test(segment.marker.style)

/**
 * Finds where numbers begin again, and which of them are lists within a paragraph. `headings`: the numbered segments
 * that are headings.
 */
export function findRestarts(segments: readonly Segment[], headings: ReadonlySet<Segment>): Restarts {
  const reader = new RestartReader(headings)
  for (const segment of segments) reader.read(segment)
  const { nested, kinds, bare, classes } = reader
  const containers = [...reader.first].filter(
    ([heading, number]) => number === 1 && classes.has(heading.class),
  )
  return { nested, kinds, bare, containers: new Set(containers.map(([{ segment }]) => segment)) }
}

interface Heading {
  readonly class: HeadingClass
  readonly segment: Segment
}

class RestartReader {
  readonly nested = new Set<Segment>()
  readonly bare: Segment[] = []
  readonly kinds = new Set<DivisionKind>()
  /** The number of the first paragraph below each heading. */
  readonly first = new Map<Heading, number>()
  /** The kinds of headings below which numbers begin again. Those of articles and annexes always may. */
  readonly classes = new Set<HeadingClass>(['article', 'annex'])
  readonly #begun = new Set<DivisionKind>()
  readonly #stack = new HeadingStack<Heading>()
  readonly #headings: ReadonlySet<Segment>
  /** The headings since the last number. */
  readonly #since = new Set<Heading>()
  /** The segment before this one. A heading without a number begins a series only when it stands right above it. */
  #before: Segment | null = null
  /** The last main number, and how it is printed. */
  #last = 0
  #style = ''
  #indent = 0
  /** Whether its paragraph begins with an option. */
  #optional = false
  /** The last numbers of the nested lists that are open, from the outermost in. */
  #inner: readonly { readonly last: number; readonly indent: number; readonly style: string }[] = []
  /** Whether the last paragraph ends in a colon, and whether it is an item of a list then. */
  #chapeau = false
  #itemChapeau = false

  constructor(headings: ReadonlySet<Segment>) {
    this.#headings = headings
  }

  read(segment: Segment): void {
    this.#readSegment(segment)
    this.#before = segment
  }

  #readSegment(segment: Segment): void {
    const { kind, division, marker } = segment
    if (kind === 'heading' && division?.kind === 'option' && this.#optional) {
      // It stands for an alternative of the paragraph above, to which the numbers below belong.
      this.#chapeau = true
      this.#inner = []
    } else if (kind === 'heading' || this.#headings.has(segment)) this.#readHeading(segment)
    else if (isNumbered(segment)) {
      this.#readNumber(segment, numberOf(segment.marker), segment.marker.style)
      this.#chapeau = endsInColon(segment.text)
      this.#itemChapeau = false
    } else if (kind === 'paragraph') {
      this.#chapeau = endsInColon(segment.text)
      this.#itemChapeau = this.#chapeau && marker !== null && marker.style.startsWith('letter')
    }
  }

  #readHeading(segment: Segment): void {
    const of = headingClass(segment)
    const heading = { class: of, segment }
    this.#stack.closeFor(of)
    this.#stack.push(heading)
    this.#since.add(heading)
    this.#inner = []
    this.#chapeau = false
    this.#itemChapeau = false
    this.#optional = false
    this.#readDivision(segment.division)
  }

  #readDivision(division: DivisionHead | null): void {
    if (!division || division.suffix > 0 || !division.numerals.some(({ number }) => number === 1)) return
    if (this.#begun.has(division.kind)) this.kinds.add(division.kind)
    this.#begun.add(division.kind)
  }

  #readNumber(segment: Segment, number: number, style: string): void {
    if (this.#isNested(segment, number, style)) {
      this.nested.add(segment)
      return
    }
    const open = this.#stack.open.filter(
      (heading) =>
        this.#since.has(heading) && (heading.class !== 'plain' || heading.segment === this.#before),
    )
    if (number === 1 && segment.marker?.suffix === 0 && segment.marker.alt === 0 && this.#last > 0) {
      // The highest heading since the last number is the one that begins a new series.
      const [heading] = open
      if (heading) this.classes.add(heading.class)
      else this.bare.push(segment)
    }
    for (const heading of open) this.first.set(heading, number)
    this.#since.clear()
    this.#inner = []
    this.#last = number
    this.#style = style
    this.#indent = segment.indent
    this.#optional = optionStyle(segment.text) !== null
  }

  /** Whether a number belongs to a list within a paragraph; then the list is noted. */
  #isNested(segment: Segment, number: number, style: string): boolean {
    const { indent } = segment
    const item = { last: number, indent, style }
    const suffixed = (segment.marker?.suffix ?? 0) > 0
    if (number === 1 && !suffixed && this.#opensList(indent, style)) {
      const outer = this.#inner.findLastIndex((list) => list.indent < indent || this.#chapeau)
      this.#inner = [...this.#inner.slice(0, outer + 1), item]
      return true
    }
    if (this.#inner.length === 0 || (this.#since.size > 0 && this.#last > 0)) return false
    const at = this.#continued(number, indent, style, suffixed)
    if (at < 0) return false
    this.#inner = [...this.#inner.slice(0, at), item]
    return true
  }

  /** Returns which of the open lists goes on with a number; -1 when the main series does. */
  #continued(number: number, indent: number, style: string, suffixed: boolean): number {
    const main = (style === this.#style && number === this.#last + 1) || (suffixed && number === this.#last)
    const deeper = indent >= this.#indent + 2
    const next = this.#inner.findLastIndex(
      ({ last, indent: own, style: printed }) =>
        printed === style &&
        (number === last + 1 || (suffixed && number === last)) &&
        (!main || (deeper && indent >= own)),
    )
    if (next >= 0 || main || !deeper) return next
    return this.#inner.findLastIndex((list) => list.indent === indent && number > list.last)
  }

  /** Whether a number 1 begins a list within a paragraph. */
  #opensList(indent: number, style: string): boolean {
    if (this.#itemChapeau) return true
    if (this.#since.size > 0 || this.#last === 0) return false
    return this.#chapeau || style !== this.#style || indent >= this.#indent + 2
  }
}

/** Whether a paragraph governs what follows it. `Chair's proposal:` stands before another wording of what is there. */
const endsInColon = (text: string): boolean =>
  /[:：]["'”’»)\]]*$/.test(text.slice(-8)) &&
  !(
    text.length < 80 &&
    /(?:proposal|text|language|wording|version|alternative)s?["'”’»)\]]*[:：]$/iu.test(text)
  )
